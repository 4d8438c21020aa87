from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from tablib import Dataset

from editing.ledger.forms import written
from editing.ledger.lasting import changed_at, last_complete
from editing.pages.breadcrumbs import breadcrumbs
from editing.pages.exports import Export, rows_as_file
from occupations.forms import ShortlistForm, day_shown
from occupations.search.index import search_index

from .as_known import ShortlistAsKnown
from .input import TOO_MANY, InputReader
from .table import Shortlist

EXAMPLE = ["21231", "22300", "63200"]
HEADERS = [
    *("code", "title_en", "title_fr", "teer", "fsw", "cec", "fst", "pnp", "categories", "latest_draw"),
    *("latest_draw_date", "latest_draw_category", "latest_draw_cutoff", "changes_since", "on", "evidence"),
    "lasting_link",
]


def shortlist(request):
    """Occupations pasted in any form, in one table as on a day; everything asked is in the address."""
    form = ShortlistForm(request.GET or None)
    if url := form.leads_to(request):
        return redirect(url)
    day = day_shown(request, form)
    index = search_index()
    pasted = InputReader(index).read(request.GET.getlist("noc"))
    found = shortlist_of(pasted.codes, form, day)
    if pasted.codes and Export.is_valid_format(request.GET.get("_export")):
        return export(found, request.GET["_export"], addresses(request, found, form.moment)["full_url"])
    request.canonical_query = query(pasted.codes, form.pinned, form.moment) if request.GET else ""
    context = {
        "form": form,
        "pasted": pasted,
        "day": day,
        "pinned": form.pinned,
        "not_known_yet": form.pinned if form.pinned != day else None,
        "known": form.moment,
        "crumbs": breadcrumbs((_("Occupations"), reverse("occupations:list")), _("Shortlist")),
        "unread": [unread(fault, index, found.codes, form.pinned) for fault in pasted.faults],
        "too_many": [fault for fault in pasted.faults if fault.reason == TOO_MANY],
    }
    return render(request, "occupations/shortlist.html", context | addresses(request, found, form.moment))


def shortlist_of(codes, form, day):
    """The table of the day as it is, or as this record showed it at the moment that was asked for."""
    if form.moment is None:
        return Shortlist(codes, day, form.today)
    return ShortlistAsKnown(codes, day, form.today, form.moment)


def addresses(request, found, moment):
    """The list and the links that lead to it: pinned to its day, and as an example where it is empty."""
    path, last_day = reverse("shortlist"), last_complete(request, found.day)
    if not found.codes:
        return {"shortlist": None, "example_url": path + query(EXAMPLE, last_day)}
    pinned_url = path + query(found.codes, last_day, moment or changed_at(request))
    full_url = request.build_absolute_uri(pinned_url)
    return {
        "shortlist": found,
        "pinned_url": pinned_url,
        "full_url": full_url,
        "follow_url": path + query(found.codes, None),
        "pinned_day": last_day,
        "differences": found.differences if moment else [],
        "is_there_today": True,
        "today_url": path + query(found.codes, found.day),
    }


def query(codes, day, moment=None):
    """The one way to write a list in an address: codes sorted, each once, and the day and moment if any."""
    on = [("on", day.isoformat())] if day else []
    known = [("known", written(moment))] if moment else []
    parts = [*(("noc", code) for code in sorted(set(codes))), *on, *known]
    return f"?{urlencode(parts, safe=':')}" if parts else ""


def unread(fault, index, codes, day):
    """What was not taken, with the unit groups that it may mean and the lists that would have them."""
    language = 1 if get_language() == "fr" else 0
    choices = [(code, index.official_titles(code)[language], query([*codes, code], day)) for code in fault.codes]
    return {"text": fault.text, "reason": fault.reason, "choices": choices}


def export(found, file_format, url):
    """The rows for other programs, in the words of the API."""
    dataset = Dataset(headers=HEADERS, title=_("Shortlist"))
    for row in found.rows:
        dataset.append([*cells(row, found.day, " " if file_format != "json" else None), url])
    return rows_as_file(dataset, file_format, f"shortlist-{found.day:%Y-%m-%d}.{file_format}")


def cells(row, day, glue):
    """The values of a row; lists are joined where a cell holds one text."""
    occupation, draw = row.occupation, row.draw
    answers = {fit.program: fit.answer for fit in row.fits}
    draw_cells = [draw.number, draw.date.isoformat(), draw.edition.category.slug, draw.cutoff] if draw else [None] * 4
    lists = {
        "categories": [f"{one.edition.category.slug}/{one.edition.version}" for one in row.listings],
        "changes": [f"{change.kind}:{change.category.slug}:{change.day}" for change in row.changes],
        "evidence": sorted({one.evidence for one in row.listings}),
    }
    if glue:
        lists = {name: glue.join(values) for name, values in lists.items()}
    return [
        *(occupation.code, occupation.title_en, occupation.title_fr, occupation.teer),
        *(answers.get(program) for program in ("FSW", "CEC", "FST", "PNP")),
        *(lists["categories"], *draw_cells, lists["changes"], day.isoformat(), lists["evidence"]),
    ]
