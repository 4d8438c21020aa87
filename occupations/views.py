from functools import cached_property
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView
from django_filters.views import FilterView
from django_tables2.views import SingleTableMixin

from editing.api_forms import CheckedExport
from editing.ledger.lasting import last_complete, note_record_dates, with_record_dates
from editing.pages.breadcrumbs import breadcrumbs
from editing.pages.exports import Export

from .as_known import OccupationAsKnown
from .categories.editions import last_listed, listed_since, memberships
from .categories.strip import strip
from .categories.views import DatedMixin
from .filters import OccupationFilter
from .models import Edition, FormerCode, Occupation, OccupationGroup, OccupationTitle, TitleKind
from .program_fit import Rules
from .tables import OccupationTable
from .teer import MEANINGS
from .tree import grow

DUTIES = {
    "en": "https://www23.statcan.gc.ca/imdb/p3VD.pl",
    "fr": "https://www23.statcan.gc.ca/imdb/p3VD_f.pl",
}
DUTIES_QUERY = "?Function=getVD&TVD=1322554&CVD=1322870&CPV={code}&CST=01052021&CLV=5&MLV=5"


class BoundedPaginator(Paginator):
    """Takes any number of rows per page, and keeps it between 1 and all unit groups."""

    def __init__(self, rows, per_page, **options):
        super().__init__(rows, min(max(per_page, 1), 1000), **options)


class OccupationListView(CheckedExport, SingleTableMixin, FilterView):
    template_name = "occupations/occupation_list.html"
    table_class = OccupationTable
    table_pagination = {"per_page": 50, "paginator_class": BoundedPaginator}
    filterset_class = OccupationFilter
    strict = False
    export_class = Export
    export_name = "occupations"

    def get_queryset(self):
        return Occupation.objects.all()

    def get_table_data(self):
        return self.object_list.with_listings(self.filterset.day)

    def get_table_kwargs(self):
        matches = {match.code: match for match in self.filterset.result.matches}
        return {"matches": matches, "day": self.filterset.day, "exclude": [] if matches else ["match"]}

    def get_context_data(self, **kwargs):
        self.request.refused, asked = self.filterset.errors, self.filterset.asked
        tree = [] if asked else grow(OccupationGroup.objects.all(), self.get_queryset())
        crumbs = breadcrumbs(_("Occupations"))
        later = self.filterset.value("on")
        return super().get_context_data(
            asked=asked,
            tree=tree,
            day=self.filterset.day,
            not_known_yet=later if later and later > self.filterset.day else None,
            crumbs=crumbs,
            **kwargs,
        )


class OccupationDetailView(DatedMixin, DetailView):
    template_name = "occupations/occupation_detail.html"

    @cached_property
    def as_known(self):
        """What this record showed at the moment that was asked for; None for now."""
        return OccupationAsKnown(self.kwargs["code"], self.day, self.day_form) if self.known else None

    def get_object(self):
        """The unit group; its neighbours in the minor group come with it, and those that it excludes."""
        code = self.kwargs["code"]
        around = [*with_record_dates(Occupation.objects.around(code)).with_groups()]
        self.neighbours = [occupation for occupation in around if occupation.code[:4] == code[:4]]
        self.excluded = [occupation for occupation in around if occupation.is_excluded]
        for occupation in self.neighbours:
            if occupation.code == code:
                return note_record_dates(self.request, occupation)
        raise Http404(_("There is no unit group with this code in NOC 2021."))

    def get_context_data(self, **kwargs):
        differences = self.as_known.differences if self.as_known else []
        return super().get_context_data(
            teer_meaning=MEANINGS[self.object.teer],
            neighbours=self.neighbours,
            excluded=self.excluded,
            fits=self.fits(),
            former=self.former(),
            **self.duties(),
            duties_url=DUTIES[get_language()] + DUTIES_QUERY.format(code=self.object.code),
            crumbs=breadcrumbs((_("Occupations"), reverse("occupations:list")), self.object.code),
            **self.of_day(str(self.object), differences),
            **self.presence(),
            **self.of_chart(),
            **self.titles(),
            **kwargs,
        )

    def presence(self):
        """The history, and a strip of it up to the day or the last one that the record knows."""
        found = self.history()
        return found | {"strip": strip(found["memberships"], found["draws"], last_complete(self.request, self.day))}

    def history(self):
        """The lists that named it, by time, and the draws held under them."""
        if self.as_known:
            return of_editions(self.as_known.editions, self.as_known.draws, self.day)
        published = Edition.objects.published()
        draws = published.filter(listings__occupation=self.object).held(self.day)
        return of_editions([*published.of_occupation(self.object)], [*draws], self.day)

    def titles(self):
        """Job titles, the page's language first, the illustrative ones apart."""
        titles = [*self.object.titles.all()]
        illustrative = [title for title in titles if title.kind == TitleKind.ILLUSTRATIVE]
        others = [title for title in titles if title.kind != TitleKind.ILLUSTRATIVE]
        languages = sorted(OccupationTitle.Language, key=lambda language: language != get_language())
        by_language = [(one, [title for title in others if title.language == one]) for one in languages]
        return {"illustrative": illustrative, "titles": [one for one in by_language if one[1]]}

    def duties(self):
        """What each profile does, in the page's language, and what all of several profiles require alike."""
        texts = [*self.object.texts.filter(language=get_language())]
        requirements = [text.requirements for text in texts]
        is_shared = len(texts) > 1 and requirements.count(requirements[0]) == len(texts)
        return {"texts": texts, "shared_requirements": requirements[0] if is_shared else []}

    def former(self):
        """Each NOC 2016 code that went into this unit group, with all unit groups that it went into."""
        return [[*group] for _, group in groupby(FormerCode.objects.of(self.object), lambda row: row.code_2016)]

    def fits(self):
        """Each program with its answer to experience in this occupation."""
        rules = self.as_known.rules if self.as_known else Rules(self.day)
        fits = rules.fits(self.object.code)
        return [(rules.programs[fit.program], fit) for fit in fits if fit.program in rules.programs]


def of_editions(editions, draws, day):
    """What the page says on ``day`` of the editions of each category that listed an occupation, and of its draws."""
    current = [edition for edition in editions if edition.lists_it and edition.is_in_force(day)]
    found = memberships(editions, day)
    return {
        "current": current,
        "on_lists": [(edition, listed_since(found, edition.category, day)) for edition in current],
        "left": last_listed(found, day),
        "joined": next((one for one in reversed(found) if one.listed and one.period.start > day), None),
        "memberships": found,
        "draws": draws,
    }
