from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query

from editing.api_forms import ReadingRouter, checked, query_parameters
from editing.ledger.forms import KnownForm
from editing.ledger.lasting import changed_at, note_record_dates, with_record_dates
from occupations import answers
from occupations.forms import DatedForm, DayForm, day_shown
from occupations.models import Category
from occupations.schemas import CategoryInFullOut, CategoryOut, ComparisonOut, EditionInFullOut

from .as_known import CategoryAsKnown
from .editions import compare_editions, in_force, standings_of
from .revisions import EditionHistory
from .views import found

router = ReadingRouter(tags=["Categories"])
KnownQuestion = query_parameters("KnownQuestion", KnownForm.base_fields)
DatedQuestion = query_parameters("CategoryDatedQuestion", DatedForm.base_fields)
DayQuestion = query_parameters("CategoryDayQuestion", DayForm.base_fields)


@router.get(
    "/categories", response=list[CategoryOut], summary=gettext_lazy("Categories with the edition in force on a date")
)
def categories(request, asked: Query[DayQuestion]):
    day = day_shown(request, checked(DayForm(request.GET)))
    return [answers.category_today(request, one) for one in standings_of(Category.objects.public(), day)]


@router.get(
    "/categories/{slug:slug}",
    response=CategoryInFullOut,
    summary=gettext_lazy("One category, with its editions and draws"),
)
def category(request, slug: str, asked: Query[DatedQuestion]):
    form = checked(DatedForm(request.GET))
    day = day_shown(request, form)
    row, editions, draws = then(slug, form.moment, day) if form.moment else now(request, slug, day)
    current = in_force(editions, day)
    return {
        **answers.category(request, row),
        "on": day,
        "edition": current and current.version,
        "editions": [answers.edition(request, one, editions[0]) for one in editions],
        "draws": [answers.draw(request, one) for one in draws],
        "known": form.moment or changed_at(request),
    }


def now(request, slug, day):
    row, editions = held(slug)
    note_record_dates(request, row)
    return row, editions, row.editions.published().held(day)


def then(slug, moment, day):
    """The category, its editions and its draws up to the day, as this record showed them at the moment."""
    known = CategoryAsKnown(slug, moment)
    return known.category, known.editions, [draw for draw in known.draws if draw.date <= day]


@router.get(
    "/categories/{slug:slug}/{slug:version}",
    response=EditionInFullOut,
    summary=gettext_lazy("One edition: rules, dates and list"),
)
def edition(request, slug: str, version: str, asked: Query[KnownQuestion]):
    moment = checked(KnownForm(request.GET)).moment
    known, history = CategoryAsKnown(slug, moment), EditionHistory(f"{slug}/{version}")
    editions = known.editions if moment else held(slug)[1]
    row = known.edition(version) if moment else found(editions, version)
    revision = history.revision(moment)
    history.note_record_dates(request)
    return {
        **answers.edition(request, row, editions[0]),
        "known": moment or changed_at(request),
        "revision": revision and revision.number,
        "digest": revision and revision.digest,
        "occupations": [answers.listing_in_full(one) for one in row.listings.all()],
    }


@router.get(
    "/categories/{slug:slug}/compare/{slug:old}/{slug:new}",
    response=ComparisonOut,
    summary=gettext_lazy("Two editions of a category"),
)
def compare(request, slug: str, old: str, new: str):
    _, editions = held(slug)
    comparison = answers.comparison(compare_editions(found(editions, old), found(editions, new)))
    url = reverse("categories:compare", args=[slug, old, new])  # of editions that are there: others may have none
    return {"category": slug, "old": old, "new": new, **comparison, "url": request.build_absolute_uri(url)}


def held(slug):
    """A public category and its editions with their lists, newest first."""
    row = with_record_dates(Category.objects.public()).filter(slug=slug).first()
    if row is None:
        raise Http404(_("There is no category %(slug)s here.") % {"slug": slug})
    return row, [*row.editions.published().with_lists()]
