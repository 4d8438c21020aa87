"""Addresses on paper."""

import segno
from django.utils.safestring import mark_safe


def qr_code(url):
    """The address as SVG for paper, without style attributes, which our policy forbids."""
    code = segno.make(url, error="l", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None))  # noqa: S308 - paths only
