"""Rows of the ledger in words: what each is called, where its page is, and what differs between two states of it."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draws.models import DrawField, Missing
from draws.wording import value_text
from editing.facts import NOTHING, changed_cells, label
from editing.ledger.write import tables
from editing.pages.typography import colon
from occupations.models import Category
from occupations.search.index import search_index
from programs.models import ABBREVIATIONS, Program

# Rows that belong to another one, which has the page: how many parts of their key name it, and its table.
OWNERS = {"listing": (2, "edition"), "requirement": (1, "program"), "occupationrule": (1, "program"),
          "discrepancy": (1, "draw"), "correction": (1, "draw"), "formercode": (0, "occupation")}  # fmt: skip


def owner(table, key):
    """The row whose page tells of a row: the edition of a listing, the program of a rule, or the row itself."""
    parts, name = OWNERS.get(table, (None, table))
    if parts is None:
        return table, key
    return (name, "/".join(key.split("/")[:parts])) if parts else (name, key.rpartition("/")[2])


@dataclass(frozen=True)
class Difference:
    """One fact in two states, in words; ``field`` is the name of its column."""

    field: str
    label: str
    old: str
    new: str


class RowNames:
    """Names of rows in the language of the page; each kind of name is asked for once."""

    @cached_property
    def categories(self):
        return {row.slug: row.name for row in Category.objects.all()}

    @cached_property
    def programs(self):
        return {row.code: row for row in Program.objects.all()}

    @cached_property
    def index(self):
        return search_index()

    def occupation(self, code):
        """“21231 Software engineers and designers”."""
        if code not in self.index:
            return code
        english, french = self.index.official_titles(code)
        return f"{code} {french if get_language() == 'fr' else english}"

    def category(self, slug):
        return self.categories.get(slug, slug)

    def edition(self, key):
        slug, _stroke, version = key.partition("/")
        return _("%(name)s, %(version)s edition") % {"name": self.category(slug), "version": version}

    def title(self, table, key, facts=None):
        """What a row is called: facts name it where its key does not."""
        named = getattr(self, f"title_of_{table}", None)
        if named:
            return named(key)
        if text := in_language(facts or {}, "label", "in_short", "text", "name", "title", "title_2016"):
            return text
        model = tables().get(table)
        return f"{label_of(model)} {key}" if model else f"{table} {key}"

    def title_of_draw(self, key):
        return _("Draw %(number)s") % {"number": key}

    def title_of_discrepancy(self, key):
        """“Where sources disagree: Invitations issued”."""
        words = dict(DrawField.choices)
        return f"{colon(_('Where sources disagree'))} {words.get(key.split('/')[1], key)}"

    def title_of_edition(self, key):
        return self.edition(key)

    def title_of_listing(self, key):
        return self.occupation(key.rpartition("/")[2])

    def title_of_occupation(self, key):
        return self.occupation(key)

    def title_of_category(self, key):
        return self.category(key)

    def title_of_program(self, key):
        return self.programs[key].name if key in self.programs else key

    def title_of_poolsnapshot(self, key):
        return _("Pool of %(date)s") % {"date": date_format(parse_date(key))}

    def title_of_occupationrule(self, key):
        program, prefix, *_more = key.split("/")
        words = {"program": ABBREVIATIONS.get(program, program), "prefix": prefix}
        return _("%(program)s, codes that begin with %(prefix)s") % words

    def url(self, table, key):
        """The page that tells of a row; nothing where it is gone with its row or there is none."""
        table, key = owner(table, key)
        parts = key.split("/")
        pages = {"draw": "draws:detail", "edition": "categories:edition", "category": "categories:detail",
                 "poolsnapshot": "pool:detail", "occupation": "occupations:detail"}  # fmt: skip
        if table in pages:
            return reverse(pages[table], args=parts)
        if table == "program":
            return self.programs[key].get_absolute_url() if key in self.programs else ""
        return {"milestone": reverse("timeline"), "pointgrid": reverse("crs-grid")}.get(
            table, reverse("programs:list")
        )

    def differences(self, table, old, new):
        """What differs between two states of a row, in the order of its columns; those of a translation once."""
        names = [name for name in new if name in old and old[name] != new[name]]
        return [self.difference(table, name, old, new) for name in names]

    def difference(self, table, name, old, new):
        if isinstance(new[name], dict):
            return Difference(name, field_label(table, name), *changed_cells(old[name], new[name]))
        return Difference(name, field_label(table, name), *(self.value(table, name, facts) for facts in (old, new)))

    def value(self, table, name, facts):
        """A fact as readers write it; where it is missing, why."""
        value = facts[name]
        if value in (None, "", []):
            missing = facts.get(f"{name}_missing")
            return str(Missing(missing).label) if missing else NOTHING
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if name == "edition":
            return self.edition(value)
        if isinstance(value, list):
            return ", ".join(str(ABBREVIATIONS.get(one, one)) for one in value)
        choices = dict(getattr(field_of(table, name), "flatchoices", ()))
        return str(choices.get(value) or value_text(str(value)))


def in_language(facts, *names):
    """The first of these texts that a row has, in the language of the page or else in English."""
    languages = ["fr", "en"] if get_language() == "fr" else ["en"]
    found = (facts.get(f"{name}_{code}") for name in names for code in languages)
    return next(filter(None, found), "")


def field_of(table, name):
    try:
        return tables()[table]._meta.get_field(name)
    except (KeyError, FieldDoesNotExist):  # the ledger outlives tables and columns
        return None


def field_label(table, name):
    field = field_of(table, name)
    return label(field) if field else name


def label_of(model):
    return str(model._meta.verbose_name).capitalize()


def is_wording(table, name):
    """Whether a field of a row only words what it says, or names its source."""
    model = tables().get(table)
    return model is not None and model.is_wording(name)
