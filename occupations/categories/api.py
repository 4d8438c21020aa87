from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query

from editing.api_forms import ReadingRouter, checked, query_parameters
from editing.ledger.forms import KnownForm
from occupations import answers
from occupations.forms import DayForm
from occupations.models import Category
from occupations.schemas import CategoryInFullOut, CategoryOut, ComparisonOut, EditionInFullOut

from .as_known import AsKnown
from .editions import compare_editions, in_force, standings_of
from .revisions import EditionHistory
from .views import found

router = ReadingRouter(tags=["Categories"])
KnownQuestion = query_parameters("KnownQuestion", KnownForm.base_fields)
DayQuestion = query_parameters("CategoryDayQuestion", DayForm.base_fields)


@router.get(
    "/categories", response=list[CategoryOut], summary=gettext_lazy("Categories with the edition in force on a day")
)
def categories(request, asked: Query[DayQuestion]):
    day = checked(DayForm(request.GET)).day
    return [answers.category_today(request, one) for one in standings_of(Category.objects.public(), day)]


@router.get(
    "/categories/{slug:slug}",
    response=CategoryInFullOut,
    summary=gettext_lazy("One category, with its editions and draws"),
)
def category(request, slug: str, asked: Query[DayQuestion]):
    day = checked(DayForm(request.GET)).day
    row, editions = held(slug)
    current = in_force(editions, day)
    return {
        **answers.category(request, row),
        "on": day,
        "edition": current and current.version,
        "editions": [answers.edition(request, one, editions[0]) for one in editions],
        "draws": [answers.draw(request, one) for one in row.editions.published().held(day)],
    }


@router.get(
    "/categories/{slug:slug}/{slug:version}",
    response=EditionInFullOut,
    summary=gettext_lazy("One edition: rules, dates and list"),
)
def edition(request, slug: str, version: str, asked: Query[KnownQuestion]):
    moment = checked(KnownForm(request.GET)).moment
    as_known, history = AsKnown(slug, moment), EditionHistory(f"{slug}/{version}")
    editions = as_known.editions() if moment else held(slug)[1]
    row = found(editions, version)
    listings = as_known.listings(row) if moment else row.listings.all()
    revision = history.revision(moment)
    return {
        **answers.edition(request, row, editions[0]),
        "known": moment or history.record_changed_at,
        "revision": revision and revision.number,
        "digest": revision and revision.digest,
        "occupations": [answers.listing_in_full(one) for one in listings],
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
    row = Category.objects.public().filter(slug=slug).first()
    if row is None:
        raise Http404(_("There is no category %(slug)s here.") % {"slug": slug})
    return row, [*row.editions.published().with_lists()]
