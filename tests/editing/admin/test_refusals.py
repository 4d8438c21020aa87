"""What the database refuses is a sentence on the form."""

from datetime import date

import pytest
from django.urls import reverse

from draws.models import Draw
from tests.editing.admin.forms import said, save

pytestmark = pytest.mark.both_databases

RESULT = {"invitations": "500", "cutoff": "480", "drawn_at_0": "2026-10-14", "drawn_at_1": "15:00:00"}
ENTRY = RESULT | {
    "number": "900",
    "date": "2026-10-14",
    "name_en": "General",
    "kind": "general",
    "programs": ["1", "2"],
    "tie_break_missing": "not-published",
    "pool_missing": "not-published",
    "evidence": "official",
    "source": "A page",
    "checked_on": "2026-10-14",
    "discrepancies-TOTAL_FORMS": "0",
    "discrepancies-INITIAL_FORMS": "0",
    "corrections-TOTAL_FORMS": "0",
    "corrections-INITIAL_FORMS": "0",
}


@pytest.fixture
def add(sign_in):
    def post(**fields):
        """The answer of the form for a new draw."""
        return sign_in("Editors").post(reverse("admin:draws_draw_add"), ENTRY | fields)

    return post


def test_whole_draw_is_saved_as_a_draft(add):
    response = add()

    draw = Draw.objects.get(number="900")
    assert (response.status_code, draw.status, draw.cutoff, draw.programs.count()) == (302, "draft", 480, 2)


def test_doubled_number_is_refused(add):
    assert said(add(number="254")) == ["Draw with this Number already exists."]


def test_time_on_another_day_is_refused(add):
    sentences = said(add(drawn_at_0="2026-10-20"))

    assert sentences == [
        "The time (UTC) is not on the date of the draw, nor in the night after it. Correct one of the two."
    ]
    assert not Draw.objects.filter(number="900").exists()


def test_tie_break_after_the_day_is_refused(add):
    absent = {"drawn_at_0": "", "drawn_at_1": "", "drawn_at_missing": "not-held"}
    given = {"tie_break_missing": "", "tie_break_0": "2026-10-20", "tie_break_1": "10:00:00"}

    sentences = said(add(**absent, **given))

    assert sentences == [
        "The tie-break lies after the day of the draw. Profiles submitted before it were invited, so it lies before."
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"cutoff": "1201"}, "A CRS cut-off lies between 0 and 1200."),
        ({"invitations": "0"}, "Invitations are above zero; leave empty what nobody published."),
        ({"kind": "category"}, "A category draw names the edition in force; no other draw has one."),
        ({"number": "x"}, "A draw number is digits, with a letter where a number was used twice."),
        ({"pool_missing": ""}, "Give the value, or say whether it is not published or not recorded here."),
    ],
)
def test_wrong_value_is_refused_in_words(add, fields, sentence):
    assert said(add(**fields)) == [sentence]


def test_draw_outside_its_edition_is_refused(add, make_edition):
    edition = make_edition("trade", version="2025", effective_from=date(2025, 1, 1), effective_to=date(2025, 12, 31))

    sentences = said(add(kind="category", edition=str(edition.pk)))

    assert sentences == [
        f"{edition} was not in force on 2026-10-14. Choose the edition of that day, "
        "or correct the dates of the edition first."
    ]


def test_edition_that_would_lose_its_draw_is_refused(sign_in, make_edition, make_draw):
    edition = make_edition(version="2024", effective_from=date(2024, 1, 1))
    make_draw(edition=edition, date=date(2024, 5, 1))

    response = save(sign_in("Publishers"), edition, effective_from="2024-06-01")

    assert said(response) == [
        "A draw of this edition would lie outside its dates. Move the draw to another edition first, "
        "or choose dates that cover it."
    ]
