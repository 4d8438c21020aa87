from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from draws.charts import statistics
from draws.charts.choice import ChoiceForm
from draws.charts.cutoffs import cutoffs_of_two_years, recent
from draws.models import Discrepancy, Kind
from draws.streams import gaps
from draws.streams.overview import overview, published_editions
from editing.days import canadian_day
from editing.ledger.excerpt import NotKnownThen
from editing.pages.alphabet import without_accents
from editing.pages.breadcrumbs import breadcrumbs
from editing.records import Evidence

from . import freshness
from .changes.events import newest
from .changes.rows import RowNames
from .changes.words import EventInWords
from .site_search import hits

LONGEST_QUERY = 200
NEWEST_CHANGES = 4


def home(request):
    """The last draw, and where every stream stands."""
    editions, today = published_editions(), canadian_day()
    rows = overview(today, editions)
    if not rows:
        return render(request, "home.html", {"draw": None})
    draw = rows[0].latest.last
    figures = recent(draw.date)
    form = ChoiceForm.asked_by(request, streams=statistics.slugs(figures))
    context = {
        "draw": draw,
        "row": rows[0],
        "current": [row for row in rows if row.is_current],
        "dormant": [row for row in rows if not row.is_current],
        "lists": sorted(
            (one for one in editions if one.is_in_force(today)), key=lambda one: without_accents(one.category.name)
        ),
        "programs": [row.stream for row in rows if row.stream.kind == Kind.PROGRAM],
        "year": gaps.year_to_date(draw.date),
        "cutoffs": cutoffs_of_two_years(figures, draw.date, form),
        "changes": newest_changes(rows, draw),
    }
    return render(request, "home.html", context)


def newest_changes(rows, draw):
    """What changed lately beside the draw that leads the page; names are those of its streams."""
    names, streams = RowNames(), [row.stream for row in rows]
    names.categories = {one.slug: one.name for one in streams if one.kind == Kind.CATEGORY}
    names.programs = {one.row.code: one.row for one in streams if one.kind == Kind.PROGRAM}
    found = newest(NEWEST_CHANGES, hidden=[f"draw/{draw.number}"])
    return [EventInWords(one, names) for one in found]


def search(request):
    """What the whole site has on a query."""
    query = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUERY].strip()
    crumbs = breadcrumbs(_("Search"))
    return render(request, "search.html", {"query": query, "hits": hits(query) if query else [], "crumbs": crumbs})


def about(request):
    context = {"evidence": Evidence.choices, "crumbs": breadcrumbs(_("About"))}
    return render(request, "about.html", context)


def about_data(request):
    context = {
        "freshness": list(freshness.freshness()),
        "not_held": freshness.not_held(),
        "not_published": freshness.not_published(),
        "discrepancies": Discrepancy.objects.of_public_draws().select_related("draw"),
        "crumbs": breadcrumbs((_("About"), reverse("about")), _("Data")),
    }
    return render(request, "about_data.html", context)


def robots(request):
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n", content_type="text/plain")


def security(request):
    """Whom to tell of a weakness (RFC 9116), where the operator names somebody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {canadian_day() + timedelta(days=180)}T00:00:00Z",
        "Preferred-Languages: en, fr",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def missing(request, exception):
    """A page that is not there has no address of its own to tell; the API answers in JSON."""
    if request.path_info.startswith("/api/"):
        fault = _("There is nothing at %(path)s. See /api/v1/docs.") % {"path": request.path_info}
        return JsonResponse({"error": fault}, status=404)
    not_then = exception if isinstance(exception, NotKnownThen) else None
    context = {"canonical_url": "", "alternate_urls": [], "not_then": not_then}
    return render(request, "404.html", context, status=404)
