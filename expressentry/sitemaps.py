"""Every public page for search engines, in both languages.

Django's own sitemap asks for the address of each row four times in each language: five times the work.
"""

from django.db.models import Max
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from draws.models import Draw, PoolSnapshot
from draws.streams.queries import streams
from editing.records import public_at
from occupations.models import Category, Edition, Occupation
from programs.models import Program

PAGES = [
    "home",
    "draws:list",
    "pool:current",
    "tools:list",
    "tools:invited",
    "tools:crs",
    "tools:fsw",
    "tools:language",
    "statistics",
    "categories:list",
    "occupations:list",
    "shortlist",
    "check",
    "search",
    "programs:list",
    "how-it-works",
    "crs-grid",
    "glossary",
    "timeline",
    "about",
    "about-data",
    "worked-cases",
    "changes",
    "feeds:list",
]
OF_DRAWS = {"home", "draws:list", "statistics"}  # a new draw changes them
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
ALTERNATES = "".join(
    f'<xhtml:link rel="alternate" hreflang="{code}" href="{{{language}}}"/>'
    for code, language in [("en", "english"), ("fr", "french"), ("x-default", "english")]
)


def sitemap(request):
    origin = f"{request.scheme}://{request.get_host()}"
    entries = "\n".join(entry(origin, escape(path), day) for path, day in pages(timezone.now()))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACES}>\n{entries}\n</urlset>\n'
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex, noodp, noarchive"})


def entry(origin, path, day):
    """A page in both languages, each naming the other."""
    english, french = f"{origin}{path}", f"{origin}/fr{path}"
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    links = ALTERNATES.format(english=english, french=french)
    return "\n".join(f"<url><loc>{location}</loc>{changed}{links}</url>" for location in (english, french))


def pages(now):
    """The path of each page, and the day that its data tell of as the last on which it changed, if they do."""
    editions = list(Edition.objects.published(now).select_related("category").order_by("checked_on"))
    checked = {edition.category_id: edition.checked_on for edition in editions}  # the newest comes last
    dated = [
        *((draw, max(draw.date, draw.corrected or draw.date)) for draw in corrected_draws(now)),
        *((stream, None) for stream in streams(now)),
        *((snapshot, snapshot.as_on) for snapshot in PoolSnapshot.objects.published(now)),
        *((category, checked[category.pk]) for category in Category.objects.public(now)),
        *((edition, edition.checked_on) for edition in editions),
        *((row, None) for model in (Occupation, Program) for row in model.objects.all()),
    ]
    newest = max((draw.date for draw, _day in dated if isinstance(draw, Draw)), default=None)
    yield from ((reverse(name), newest if name in OF_DRAWS else None) for name in PAGES)
    yield from ((row.get_absolute_url(), day) for row, day in dated)


def corrected_draws(now):
    """Public draws, each with the day of its last public correction."""
    corrected = Max("corrections__first_seen_new", filter=public_at(now, "corrections__"))
    return Draw.objects.published(now).only("number", "date").annotate(corrected=corrected)
