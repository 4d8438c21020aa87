from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from editing.days import canadian_day
from editing.pages.breadcrumbs import breadcrumbs
from programs.models import PointGrid

from . import crs, fsw, labels, links
from .checked_cases import CRS_GRID, crs_checked, fsw_checked
from .crs_forms import CrsForm
from .fsw_forms import FswForm
from .language_forms import LanguageForm
from .profiles import crs_facts, fsw_facts
from .steps import birthday_cost, single_steps
from .tables import ScoreChange, converted, crs_sections, fsw_lines, level_scores, sittings, test_tables


def tool_list(request):
    return render(request, "tools/tool_list.html", {"crumbs": breadcrumbs(_("Tools"))})


def crs_score(request):
    """The form, and once it is complete the score, its parts, and what would raise it."""
    form = CrsForm.asked_by(request.GET)
    request.refused = form.errors
    context = {"form": form, "crumbs": tool_crumbs(_("CRS calculator")), "held": form.in_force}
    context |= {"total_url": reverse("api:crs_score"), "elsewhere": links.kept(request.GET, links.ELSEWHERE)}
    if form.is_valid():
        context |= crs_answer(request, form)
    return render(request, "tools/crs.html", context)


def crs_answer(request, form):
    profile, held, found = form.profile, form.cleaned_data["grid"], form.score()
    levels = {"first": profile.first, "second": profile.second, "spouse": profile.spouse_first}
    elsewhere = links.kept(request.GET, links.ELSEWHERE)
    pinned = form.query() | {"grid": held.grid["id"]} | elsewhere
    standing = links.invited_query(profile, found.total) | elsewhere | form.query()
    notes = [labels.NOTES[code] for code in found.notes if code != "grid_superseded_reported"]  # said of the grid
    return {
        "held": held,
        "found": found,
        "profile": profile,
        "facts": list(crs_facts(profile)),
        "sections": crs_sections(found, crs.maxima(profile, held.grid)),
        "remarks": [*map(labels.cap_words, found.caps), *notes],
        "sittings": list(sittings(form, levels)),
        "changes": changes(form, elsewhere),
        "stand_url": reverse("tools:invited", query=standing),
        "next_age": profile.age + 1,
        "birthday_cost": birthday_cost(profile, held.grid),
        "full_url": request.build_absolute_uri(reverse("tools:crs", query=pinned)),
    }


def changes(form, elsewhere):
    """What each single change would add, with its own address."""
    query, profile, tests = form.query() | elsewhere, form.profile, form.tests
    return [
        ScoreChange(
            labels.step_words(step, profile),
            step,
            reverse("tools:crs", query=links.with_step(query, step, profile, tests)),
        )
        for step in single_steps(profile, form.cleaned_data["grid"].grid)
    ]


def fsw_points(request):
    """The form, and once it is complete the points and, apart from them, the minimum requirements."""
    form = FswForm.asked_by(request.GET)
    request.refused = form.errors
    context = {"form": form, "crumbs": tool_crumbs(_("FSW calculator")), "held": form.held}
    if form.is_valid():
        context |= fsw_answer(form)
    return render(request, "tools/fsw.html", context)


def fsw_answer(form):
    profile, found = form.profile, form.score()
    return {
        "found": found,
        "facts": list(fsw_facts(profile)),
        "lines": fsw_lines(found, fsw.maxima(form.held.grid)),
        "missing": [labels.REASONS[code] for code in found.reasons if code != "below_pass_mark"],
        "remarks": [labels.NOTES[code] for code in found.notes],
        "sittings": list(sittings(form, {"first": profile.first, "second": profile.second})),
    }


def language_levels(request):
    """Scores to levels and levels to scores, over all the tests that are accepted."""
    form = LanguageForm.asked_by(request.GET)
    request.refused = form.errors
    context = {"form": form, "crumbs": tool_crumbs(_("Language levels")), "held": form.held_tests}
    if form.is_valid():
        context |= {"converted": converted(form), "wanted": level_scores(form)}
    return render(request, "tools/language.html", context | {"tables": list(test_tables(form))})


def tool_crumbs(label):
    return breadcrumbs((_("Tools"), reverse("tools:list")), label)


def worked_cases(request):
    """Every worked case, computed now and set beside the figures worked out by hand."""
    published, today = PointGrid.objects.published(), canadian_day()
    crs_grid = published.filter(system="crs", valid_from=CRS_GRID).first()
    fsw_grid = published.in_force("fsw", today)
    parts = [
        (_("Comprehensive Ranking System (CRS)"), "crs", crs_grid, crs_checked),
        (_("Federal Skilled Worker selection factors"), "fsw", fsw_grid, fsw_checked),
    ]
    checked = [(label, key, held, list(check(held.grid)) if held else []) for label, key, held, check in parts]
    context = {
        "parts": checked,
        **counts([case for *_part, cases in checked for case in cases]),
        "crumbs": breadcrumbs((_("About"), reverse("about")), _("Worked cases")),
    }
    return render(request, "tools/worked_cases.html", context)


def counts(cases):
    """How many cases and figures there are, and how many figures differ."""
    figures = [figure for case in cases for figure in case.figures()]
    differing = sum(not figure.agrees for figure in figures)
    return {"case_count": len(cases), "figure_count": len(figures), "differing": differing}
