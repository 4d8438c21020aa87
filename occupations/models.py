from .categories.models import Category, Edition, Listing
from .categories.round_names import CategoryRoundName
from .noc import FormerCode, Occupation, OccupationGroup, OccupationTitle, TitleKind
from .search.synonyms import Synonym

__all__ = [
    "Category",
    "CategoryRoundName",
    "Edition",
    "FormerCode",
    "Listing",
    "Occupation",
    "OccupationGroup",
    "OccupationTitle",
    "Synonym",
    "TitleKind",
]
