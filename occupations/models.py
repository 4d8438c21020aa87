from .categories.models import Category, Edition, Listing
from .noc import FormerCode, Occupation, OccupationGroup, OccupationTitle, TitleKind

__all__ = [
    "Category",
    "Edition",
    "FormerCode",
    "Listing",
    "Occupation",
    "OccupationGroup",
    "OccupationTitle",
    "TitleKind",
]
