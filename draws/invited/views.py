from django.shortcuts import render
from tablib import Dataset

from draws.filters import PAGE_SIZES
from draws.forms import InvitedForm
from draws.tables import VerdictTable
from draws.views import paginate
from editing.pages.exports import Export, rows_as_file

from .verdicts import chosen_draws, tally, verdicts

HEADERS = ["number", "date", "name", "cutoff", "tie_break", "outcome", "reason", "unchecked"]


def invited(request):
    """The form, and once a score is given a verdict on every draw chosen."""
    form = InvitedForm(request.GET or None)
    request.refused, context = form.errors, {"form": form}
    if form.is_valid():
        decided = decided_draws(form)
        if Export.is_valid_format(request.GET.get("_export")):
            return export(decided, request.GET["_export"])
        context |= answer(request, decided) | {"profile": form.profile()}
        request.refused = ["page"] if context["page_fault"] else []
    return render(request, "draws/invited.html", context)


def decided_draws(form):
    chosen = form.cleaned_data
    draws = chosen_draws(chosen["kind"], chosen["category"], chosen["from"], chosen["to"])
    return verdicts(form.profile(), draws)


def answer(request, decided):
    per_page = request.GET.get("per_page")
    per_page = per_page if per_page in dict(PAGE_SIZES) else "50"
    table = VerdictTable([{"draw": draw, "verdict": verdict, "group": draw.date.year} for draw, verdict in decided])
    page_fault = "" if per_page == "all" else paginate(table, request.GET.get("page", 1), int(per_page))
    sizes = [(size, label, size == per_page) for size, label in PAGE_SIZES]
    return {"table": table, "tally": tally(decided), "page_fault": page_fault, "per_page_choices": sizes}


def export(decided, file_format):
    """The verdicts for other programs, in the words of the API."""
    dataset = Dataset(headers=HEADERS, title="invited")
    for draw, verdict in decided:
        tie_break = draw.tie_break and f"{draw.tie_break:%Y-%m-%dT%H:%M:%SZ}"
        facts = [draw.number, draw.date.isoformat(), draw.name_en, draw.cutoff, tie_break]
        dataset.append([*facts, verdict.outcome, verdict.reason, " ".join(verdict.unchecked)])
    return rows_as_file(dataset, file_format, f"express-entry-invited.{file_format}")
