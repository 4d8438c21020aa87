"""A page as tests compare it: where a template breaks its lines does not count."""

import re


def markup(response):
    text = re.sub(r">\s*\n\s*<", "><", response.content.decode())
    return re.sub(r"\s*\n\s*", " ", text)
