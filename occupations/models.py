from .categories.models import Category, Edition, Listing
from .categories.round_names import CategoryRoundName
from .duties.models import OccupationText
from .noc import Exclusion, FormerCode, Occupation, OccupationGroup, OccupationTitle, TitleKind
from .search.synonyms import Synonym

__all__ = [
    "Category",
    "CategoryRoundName",
    "Edition",
    "Exclusion",
    "FormerCode",
    "Listing",
    "Occupation",
    "OccupationGroup",
    "OccupationText",
    "OccupationTitle",
    "Synonym",
    "TitleKind",
]
