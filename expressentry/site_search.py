"""Search over the whole site: draws, streams, categories, occupations, programs, terms and pages."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draws.models import Draw
from draws.streams.queries import streams
from occupations.search.index import search_index
from occupations.search.normalise import fold
from programs.glossary import terms

from .context_processors import footer_navigation, navigation

NUMBER = re.compile(r"(?:\D*\s)?#?([0-9]{1,4}[a-z]?)")
MOST_OCCUPATIONS = 8
PARTS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Hit:
    """A page that answers a search: its name, its address, and what it is."""

    name: str
    url: str
    kind: str


def hits(query):
    """What the site has on the query, the surest first; empty where it has nothing."""
    asked = words(query)
    if not asked:
        return []
    return [
        *draw(query),
        *named(asked, stream_pages()),
        *named(asked, terms_found()),
        *named(asked, pages()),
        *occupations(query),
    ]


def words(text):
    return [word for word in PARTS.split(fold(text)) if word]


def draw(query):
    """The draw of that number, also in "draw 447"."""
    number = NUMBER.fullmatch(fold(query).strip())
    for found in Draw.objects.published().filter(number=number[1]) if number else ():
        yield Hit(f"{found}, {found.name}", found.get_absolute_url(), _("Draw"))


def named(asked, candidates):
    """Those whose names have each word, or a word that begins with it."""
    for hit, names in candidates:
        held = words(" ".join(map(str, names)))
        if all(any(word.startswith(start) for word in held) for start in asked):
            yield hit


def stream_pages():
    """Each stream, and the page of its program or category."""
    for stream in streams():
        names = [stream.name, stream.slug, getattr(stream.row, "abbreviation", "")]
        yield Hit(_("Draws: %(name)s") % {"name": stream.name}, stream.get_absolute_url(), _("Draws")), names
        if stream.row:
            yield Hit(stream.name, stream.row.get_absolute_url(), stream.row._meta.verbose_name.capitalize()), names


def terms_found():
    for term in terms():
        names = [part for name in term.names() for part in name[:2]]
        yield Hit(term.names()[0][0], f"{reverse('glossary')}#{term.key}", _("Term")), names


def occupations(query):
    index = search_index()
    for match in index.search(query, MOST_OCCUPATIONS).matches:
        english, french = index.official_titles(match.code)
        title = french if get_language() == "fr" else english
        yield Hit(f"{match.code} {title}", reverse("occupations:detail", args=[match.code]), _("Occupation"))


def pages():
    for label, url in [*navigation(), *footer_navigation(), *tools()]:
        yield Hit(label, url, _("Page")), [label]


def tools():
    return [
        (_("Where do I stand?"), reverse("tools:invited")),
        (_("CRS calculator"), reverse("tools:crs")),
        (_("FSW calculator"), reverse("tools:fsw")),
        (_("Language levels"), reverse("tools:language")),
    ]
