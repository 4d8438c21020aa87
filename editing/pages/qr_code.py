"""Addresses on paper."""

import segno
from django.utils.safestring import mark_safe

MOST = 1000  # letters of an address: a code with more is too fine to be read from paper


def qr_code(url):
    """The address as SVG for paper, without style attributes, which our policy forbids; nothing of one too long."""
    if len(url) > MOST:
        return ""
    code = segno.make(url, error="l", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None))  # noqa: S308 - paths only
