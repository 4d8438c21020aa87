import re
from pathlib import Path

import pytest

from editing.pages.marks import MARKS

STATIC = Path(__file__).resolve().parent.parent / "static"
LIGHT, DARK = (STATIC / "css/variables.css").read_text().split("@media screen and (prefers-color-scheme: dark)")
PAPER = {"light": "#fcfcf9", "dark": "#121614"}


def linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour):
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_sprite_draws_the_marks():
    sprite = (STATIC / "img/marks.svg").read_text()

    symbols = dict(re.findall(r'<symbol id="(\w+)" viewBox="0 0 16 16"><path d="([^"]+)"/></symbol>', sprite))

    assert symbols == {key: mark.path for key, mark in MARKS.items()}


@pytest.mark.parametrize(("theme", "css"), [("light", LIGHT), ("dark", DARK)])
def test_variables_hold_the_colours_of_the_marks(theme, css):
    colours = dict(re.findall(r"--mark-(\w+): (#\w{6});", css))

    assert colours == {key: getattr(mark, theme) for key, mark in MARKS.items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_mark_colours_are_readable_on_the_paper(theme):
    ratios = {key: contrast(getattr(mark, theme), PAPER[theme]) for key, mark in MARKS.items()}

    assert [key for key, ratio in ratios.items() if ratio < 4.5] == []


@pytest.mark.parametrize(("theme", "css"), [("light", LIGHT), ("dark", DARK)])
def test_paper_is_the_one_that_contrast_is_measured_on(theme, css):
    paper = re.search(r"--paper: (#\w{6});", css)[1]

    assert paper == PAPER[theme]
