"""Public pages as previews, shown in frames on our own admin pages and nowhere else."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.db import IntegrityError
from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from editing.constraint_messages import message_of
from editing.preview import preview
from editing.review import parent_of

shows_frames = csp_update({"frame-src": [SELF]})


def framed_here(view):
    return xframe_options_sameorigin(csp_replace({"frame-ancestors": [SELF]})(view))


def preview_in(request, row, address):
    """The preview in the language that is asked for; ``address`` says where the page is, in that of the moment."""
    with translation.override("fr" if request.GET.get("language") == "fr" else "en"):
        url = address()
    try:
        return preview(request, row, url)
    except IntegrityError as fault:  # the row can't be public as it is: an edition over draws of the one before
        return HttpResponse(message_of(fault), status=409, content_type="text/plain; charset=utf-8")


def page_address(site, row):
    """Where the public sees a row, or the row that it is a part of."""
    if found := getattr(site.get_model_admin(type(row)), "public_address", None):
        return found(row)
    part_of = parent_of(row)
    return page_address(site, part_of) if part_of else getattr(row, "get_absolute_url", lambda: "")()
