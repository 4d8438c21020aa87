"""What "Where do I stand?" and the CRS calculator keep for each other, so that nobody types a profile twice."""

from django.urls import reverse

from programs.calculators.crs_forms import CrsForm
from programs.calculators.links import said_elsewhere


def with_crs_profile(query):
    """The profile of the CRS calculator as the address has it, and the way back there with it."""
    kept = {name: [query[name]] for name in CrsForm.base_fields if query.get(name)}
    return {"kept": kept, "crs_url": reverse("tools:crs", query=kept | said_elsewhere(query))}
