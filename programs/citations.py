"""How a reference to the law is written."""

import re

from django.utils.translation import get_language

FRENCH_LAWS = {"IRPA": "LIPR", "IRPR": "RIPR", "SOR": "DORS"}


def cited(reference):
    """A reference in the page's language: IRPR 82(2)(a) is RIPR 82(2)a) in French."""
    if get_language() != "fr":
        return reference
    named = re.sub("|".join(FRENCH_LAWS), lambda law: FRENCH_LAWS[law[0]], reference)
    return re.sub(r"\(([a-z])\)", r"\1)", named)
