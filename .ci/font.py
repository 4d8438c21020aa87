"""Make static/fonts/ from Literata's bold TTF: ``python .ci/font.py Literata_700Bold.ttf``.

The file is in the npm package @expo-google-fonts/literata: that of Fontsource lacks arrows, ≤ and ≥.
The page gets WOFF2, drawings get TTF, both with what English and French are written with.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2030, 0x2039, 0x203A, 0x2044, 0x20AC]
SIGNS = [ord(sign) for sign in "←↑→↓−≈≠≤≥№™"]
SPACES = {0x202F: 0x2009, 0x2011: 0x2010}  # what the family lacks: the same without a break
FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "pnum", "tnum"]


def main(source):
    font = TTFont(source)
    for table in font["cmap"].tables:
        table.cmap |= {new: table.cmap[old] for new, old in SPACES.items() if old in table.cmap}
    options = subset.Options(layout_features=FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*LETTERS, *SIGNS, 0x2009, *SPACES])
    subsetter.subset(font)
    font.save(FONTS / "literata-700.ttf")
    font.flavor = "woff2"
    font.save(FONTS / "literata-700.woff2")


if __name__ == "__main__":
    main(sys.argv[1])
