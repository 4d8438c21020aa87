from django.core.paginator import Paginator
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from editing.pages.breadcrumbs import breadcrumbs

from .events import Kind, events, loaded
from .forms import ChangesForm
from .rows import RowNames
from .words import EventInWords

PER_PAGE = 25


def changes(request):
    """Every public change, the newest first."""
    form, names = ChangesForm(request.GET), RowNames()
    request.refused = form.errors
    found = events(form.row)
    chosen = form.chosen(found)
    paginator = Paginator(chosen, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    start = loaded()
    context = {
        "form": form,
        "page": page,
        "pages": paginator.get_elided_page_range(page.number),
        "events": [EventInWords(one, names) for one in page],
        "count": len(chosen),
        "of": names.title(*form.row.split("/", 1)) if found and form.row else "",
        "rewordings": sum(one.kind == Kind.WORDING for one in found),
        "loaded": start,
        "loaded_before": place_of(start, chosen, page) if start else None,
        "crumbs": breadcrumbs(_("Changes")),
    }
    return render(request, "changes.html", context)


def place_of(start, chosen, page):
    """Before which event of the page the beginning of the ledger stands; None where it stands on another page."""
    at = next((place for place, one in enumerate(chosen) if one.known < start["known"]), len(chosen))
    first, last = page.start_index() - 1, page.end_index()
    return at - max(first, 0) if first <= at < last or (at == len(chosen) and not page.has_next()) else None


def moved(request):
    """Corrections had a page and a feed of their own."""
    return HttpResponsePermanentRedirect(reverse("changes"))
