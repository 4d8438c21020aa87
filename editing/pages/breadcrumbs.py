"""The way to a page, as shown above its heading."""

from django.urls import reverse
from django.utils.translation import gettext as _


def breadcrumbs(*steps):
    """Home, pages on the way as pairs of name and address, and the name of the page itself, which is no link."""
    *between, here = steps
    return [(_("Home"), reverse("home")), *between, (here, "")]
