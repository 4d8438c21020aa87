from datetime import date
from itertools import groupby

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from editing.days import canadian_day, runs_of_days
from editing.pages.breadcrumbs import breadcrumbs

from .glossary import terms
from .grids import crs_tables, fsw_tables
from .grids.labels import JOB_OFFERS
from .grids.validation import job_offer_points
from .models import Amount, Milestone, MilestoneKind, PointGrid, Program, Requirement
from .scores import ScoreForm
from .sources import SOURCES
from .tables import amount_table, comparison, proposals

LATEST_DRAWS = 5
CATEGORIES_DRAWN_FROM = date(2023, 7, 1)  # since then there are rounds on most weeks' days
ASK_FOR_FUNDS = ("FSW", "FST")  # sections 76(1)(b) and 87.2(5) of the Regulations


def program_list(request):
    programs = list(Program.objects.with_draw_counts())
    rules = Requirement.objects.by_state(canadian_day())
    context = {
        "programs": programs,
        "comparison": comparison(programs, rules["in_force"]),
        "proposed": proposals(rules["proposed"]),
        "reported": proposals(rules["reported"]),
        "sources": SOURCES,
        "crumbs": breadcrumbs(_("Programs")),
    }
    return render(request, "programs/program_list.html", context)


def program_detail(request, slug):
    program = get_object_or_404(Program.objects.with_draw_counts(), slug=slug)
    today = canadian_day()
    rules = program.requirements.by_state(today)
    times = [rule for rule in rules["in_force"] if rule.topic == Requirement.Topic.PROCESSING]
    context = {
        "program": program,
        "rules": rules | {"in_force": [rule for rule in rules["in_force"] if rule not in times]},
        "times": times,
        **amounts(program, today),
        **grid(program, today),
        **draws(program),
        "score_form": ScoreForm.asked_by(request),
        "crumbs": breadcrumbs((_("Programs"), reverse("programs:list")), program.name),
    }
    return render(request, "programs/program_detail.html", context)


def amounts(program, today):
    """Fees, and the proof-of-funds table where the program asks for it, with those of earlier dates."""
    rows = list(Amount.objects.published().filter(valid_from__lte=today))
    tables = {table: [row for row in rows if row.table == table] for table in Amount.Table.values}
    fees = amount_table(tables[Amount.Table.FEES])
    return {"fees": fees, "funds": amount_table(tables[Amount.Table.FUNDS]) if program.code in ASK_FOR_FUNDS else None}


def grid(program, today):
    """The selection grid of a program that has one."""
    held = PointGrid.objects.published().in_force("fsw", today) if program.code == "FSW" else None
    if held is None:
        return {"grid": None}
    return {
        "grid": held,
        "grid_outline": fsw_tables.outline(held.grid),
        "grid_tables": list(fsw_tables.factors(held.grid)),
        "situations": fsw_tables.situations(held.grid),
    }


def draws(program):
    """The latest draw that covered the program, and the latest ones that were for it alone."""
    public = program.draws.published().order_by("-sequence")
    alone = public.filter(kind="program")
    wanted = Q(pk__in=public.values("pk")[:1]) | Q(pk__in=alone.values("pk")[:LATEST_DRAWS])
    rows = list(public.filter(wanted))
    return {"latest_draw": rows[0] if rows else None, "own_draws": [row for row in rows if row.kind == "program"]}


def how_it_works(request):
    today = canadian_day()
    held = PointGrid.objects.published().in_force("crs", today)
    context = {
        "grid": held,
        "outline": crs_tables.outline(held.grid) if held else None,
        "job_offers_ended": job_offers_ended(held),
        "job_offers": job_offers(held),
        "kinds": dict.fromkeys(["general", "program", "category"])
        | {row["value"]: row for row in Program.objects.draws_by("kind")},
        "years": list(Program.objects.draws_by("date__year")),
        "runs": [run for run in runs_of_draw_days() if run[0] >= CATEGORIES_DRAWN_FROM],
        "fees": amount_table(Amount.objects.published().in_force(today).filter(table=Amount.Table.FEES)),
        "programs": Program.objects.all(),
        "times": Requirement.objects.processing_times(today),
        "sources": SOURCES,
        "crumbs": breadcrumbs(_("How it works")),
    }
    return render(request, "programs/how_it_works.html", context)


def runs_of_draw_days():
    """Every run of three or more draw days in a row."""
    return runs_of_days([row["value"] for row in Program.objects.draws_by("date")])


def crs_grid(request):
    held = PointGrid.objects.published().in_force("crs", canadian_day())
    context = {
        "grid": held,
        "job_offers_ended": job_offers_ended(held),
        "changes": Milestone.objects.published().filter(kind=MilestoneKind.CRS),
        "crumbs": breadcrumbs((_("How it works"), reverse("how-it-works")), _("CRS grid")),
    }
    if held:
        context |= crs_tables.sections(held.grid)
    return render(request, "programs/crs_grid.html", context)


def job_offers_ended(held):
    """The first day without points for job offers, from the grid itself; None where it says no such day."""
    ended = held and held.grid["D"].get("job_offer", {}).get("removed_on")
    return date.fromisoformat(ended) if ended else None


def job_offers(held):
    """What each kind of job offer brings, in words; empty where none brings points."""
    return [(JOB_OFFERS[kind], points) for kind, points in job_offer_points(held.grid).items()] if held else []


def glossary(request):
    return render(request, "programs/glossary.html", {"terms": terms(), "crumbs": breadcrumbs(_("Glossary"))})


def timeline(request):
    milestones = Milestone.objects.published()
    years = [(year, list(rows)) for year, rows in groupby(milestones, key=lambda row: row.date.year)]
    return render(request, "programs/timeline.html", {"years": years, "crumbs": breadcrumbs(_("Timeline"))})
