"""How wide words are in the site's own letters, which its drawings are set in too."""

from functools import cache

from django.conf import settings

FONTS = settings.BASE_DIR / "static" / "fonts"


@cache
def widths():
    """The width of every letter, in sizes of the type."""
    from fontTools.ttLib import TTFont  # for those who draw; pages do without

    with TTFont(FONTS / "literata-700.ttf") as font:
        per_size, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): advances[name][0] / per_size for code, name in font.getBestCmap().items()}


def width(text, size):
    known = widths()
    return size * sum(known.get(letter, 1) for letter in text)


def broken(text, size, room):
    """The lines of a text, each as long as the room allows; no-break spaces hold, and a longer word does."""
    lines = []
    for word in text.split(" "):
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
