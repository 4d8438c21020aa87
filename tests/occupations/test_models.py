from datetime import date, datetime, timezone

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from occupations.models import Edition, Listing, Occupation, OccupationGroup

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("code", ["2123", "212310", "26231", "2123a"])
def test_occupation_code_out_of_form_is_refused(make_occupation, code):
    with pytest.raises(DatabaseError), transaction.atomic():
        make_occupation(code)


@pytest.mark.parametrize(("code", "teer"), [("00010", 0), ("21231", 1), ("95109", 5)])
def test_occupation_teer_is_the_second_digit(db, code, teer):
    assert Occupation.objects.get(code=code).teer == teer


def test_occupation_names_the_groups_above(db):
    assert Occupation.objects.get(code="00010").group_codes == ["0", "00", "000", "0001"]


def test_occupations_in_group_share_its_prefix(db):
    codes = Occupation.objects.in_group("2123").values_list("code", flat=True)

    assert list(codes) == ["21230", "21231", "21232", "21233", "21234"]


def test_occupation_title_follows_the_language(make_occupation):
    occupation = make_occupation("21231", title_en="Software engineers", title_fr="Ingénieurs en logiciel")

    with translation.override("fr"):
        french = str(occupation)

    assert (str(occupation), french) == ("21231 Software engineers", "21231 Ingénieurs en logiciel")


@pytest.mark.parametrize("code", ["", "12a", "x"])
def test_group_code_out_of_form_is_refused(refused, code):
    with refused("occupationgroup_code_form"):
        OccupationGroup.objects.create(code=code, title_en="A", title_fr="B")


@pytest.mark.parametrize(
    ("code", "level"),
    [("0", "broad category"), ("00", "major group"), ("000", "sub-major group"), ("0001", "minor group")],
)
def test_group_knows_its_level(db, code, level):
    assert OccupationGroup.objects.get(code=code).level == level


def test_category_mark_is_used_once(make_category):
    make_category("stem", mark="hexagon")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_category("trade", mark="hexagon")


def test_edition_of_one_day_is_accepted(make_edition):
    edition = make_edition(effective_to=date(2023, 1, 1))

    edition.full_clean()

    assert [edition.is_in_force(date(2023, 1, day)) for day in (1, 2)] == [True, False]


def test_open_edition_is_in_force_from_its_first_day(make_edition):
    edition = make_edition(effective_from=date(2023, 1, 2))

    assert [edition.is_in_force(date(2023, 1, day)) for day in (1, 2)] == [False, True]
    assert edition.is_in_force() is True


def test_editions_in_force_hold_on_both_ends(make_edition):
    old = make_edition(version="2023", effective_to=date(2023, 12, 31))
    new = make_edition(version="2024")

    found = [list(Edition.objects.in_force(day)) for day in (date(2023, 12, 31), date(2024, 1, 1), date(2022, 12, 31))]

    assert found == [[old], [new], []]


def test_overlapping_edition_is_explained_in_the_form(make_edition):
    make_edition(version="2023")
    late = make_edition(version="2024", effective_from=date(2022, 1, 1), effective_to=date(2022, 12, 31))
    late.effective_to = None

    with pytest.raises(ValidationError) as fault:
        late.full_clean()

    assert fault.value.messages == [
        "The edition 2023 of this category is in force on some of these days. End it first."
    ]


def test_listing_title_in_french_falls_back_to_the_noc(make_edition):
    listing = make_edition(occupations=["21231"]).listings.get()

    with translation.override("fr"):
        held = listing.title_as_published
        listing.title_as_published_fr = "Comme publié"
        published = listing.title_as_published

    assert (held, published) == (listing.occupation.title_fr, "Comme publié")
    assert listing.title_as_published == listing.title_as_published_en


def test_listed_occupation_cannot_be_deleted(make_edition):
    make_edition(occupations=["21231"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Occupation.objects.get(code="21231").delete()

    assert Listing.objects.count() == 1


NOON = datetime(2099, 5, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("status", "publish_at", "until", "held"),
    [
        ("draft", None, None, False),
        ("published", None, None, True),
        ("published", NOON, None, True),
        ("published", None, NOON, True),
        ("published", NOON, NOON, False),
    ],
)
def test_edition_is_not_hidden_under_its_public_draws(make_edition, make_draw, status, publish_at, until, held):
    edition = make_edition()
    make_draw("7", edition=edition, status=status, publish_at=publish_at)

    faults = edition.withdrawing_faults(until)

    sentence = "Public draws lead to this edition: Draw 7. Withdraw them first, or leave it public."
    assert faults == ([sentence] if held else [])


def test_edition_that_is_new_can_be_hidden(db):
    assert Edition().withdrawing_faults() == []
