"""Which parameters of its address each page reads: its links keep them and drop all others, as a cache may."""

from draws.charts.choice import ChoiceForm
from draws.filters import DrawFilter
from draws.forms import InvitedForm
from editing.ledger.forms import KnownForm
from occupations.filters import OccupationFilter
from occupations.forms import DatedForm, DayForm, ShortlistForm
from programs.calculators.crs_forms import CrsForm
from programs.calculators.fsw_forms import FswForm
from programs.calculators.language_forms import LanguageForm
from programs.calculators.links import ELSEWHERE
from programs.scores import ScoreForm

from .changes.forms import ChangesForm

EXPORT = "_export"  # answers with a file, which is no page of its own


def fields(form):
    """The names of a form's fields in the order in which a browser sends them."""
    first = form.field_order or []
    return [*first, *(name for name in form.base_fields if name not in first)]


PARAMETERS = {
    "home": fields(ChoiceForm),
    "statistics": fields(ChoiceForm),
    "draws:stream": [*fields(ScoreForm), "page"],
    "draws:detail": [*fields(KnownForm), *fields(ScoreForm)],
    "programs:detail": fields(ScoreForm),
    "draws:list": [*DrawFilter.base_filters, "sort", "per_page", "page", EXPORT],
    "pool:current": fields(ScoreForm),
    "pool:detail": fields(ScoreForm),
    "categories:list": fields(DayForm),
    "categories:detail": [*fields(DatedForm), *fields(ScoreForm)],
    "categories:edition": [*fields(KnownForm), "sort", EXPORT],
    "occupations:list": [*OccupationFilter.base_filters, "sort", "per_page", "page", EXPORT],
    "occupations:detail": [*fields(DatedForm), *fields(ScoreForm)],
    "changes": [*fields(ChangesForm), "page"],
    "search": ["q"],
    "shortlist": [*fields(ShortlistForm), EXPORT],
    "tools:invited": [*fields(InvitedForm), *fields(CrsForm), "per_page", "page", EXPORT],
    "tools:crs": [*fields(CrsForm), *ELSEWHERE],
    "tools:fsw": fields(FswForm),
    "tools:language": fields(LanguageForm),
}
FEED_PARAMETERS = {name: [*DrawFilter.base_filters] for name in ("feeds:draws", "feeds:calendar")}
FEED_PARAMETERS["changes-feed"] = fields(ChangesForm)
FILE_PARAMETERS = {"charts:file": [*fields(ChoiceForm), *fields(DayForm)]}


def asked(view_name, query):
    """What the page reads of a query, in one order, bad and empty values too: these pairs decide its answer."""
    return [(name, value) for name in PARAMETERS.get(view_name, ()) for value in query.getlist(name)]


def used(pairs, refused):
    """Of what was asked, the values that shape the page: given, and not named on it as bad."""
    return [(name, value) for name, value in pairs if value and name not in refused and name != EXPORT]
