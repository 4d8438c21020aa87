"""The search index over all titles and codes, built once per version of the data in each process."""

from functools import lru_cache

from expressentry.models import DataVersion

from .models import FormerCode, Occupation, OccupationTitle
from .search import SearchIndex


def search_index():
    return build(DataVersion.objects.values_list("number", flat=True).filter(pk=1).first())


@lru_cache(maxsize=1)
def build(version):
    """The index of this data version; the number is only the key."""
    return SearchIndex(
        Occupation.objects.values_list("code", "title_en", "title_fr"),
        OccupationTitle.objects.values_list("occupation__code", "language", "title", "kind"),
        FormerCode.objects.values_list("code_2016", "title_2016_en", "occupation__code"),
    )
