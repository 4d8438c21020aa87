import re
from datetime import date

import pytest

from draws.models import Draw
from draws.tables import DrawTable, badge

pytestmark = pytest.mark.both_databases


def shown(order):
    return [row.record.number for row in DrawTable(Draw.objects.all(), order_by=order).rows]


@pytest.fixture
def four(make_draw):
    """91a and 91b on one day, one draw whose figures nobody published, one after it."""
    make_draw("91a", date=date(2018, 5, 30), cutoff=288, invitations=500)
    make_draw("91b", date=date(2018, 5, 30), cutoff=902, invitations=200)
    make_draw("92", date=date(2018, 6, 13), cutoff=None, invitations=None)
    make_draw("100", date=date(2018, 9, 24), cutoff=284, invitations=400)


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("number", ["91a", "91b", "92", "100"]),
        ("-number", ["100", "92", "91b", "91a"]),
        ("date", ["91a", "91b", "92", "100"]),
        ("-date", ["100", "92", "91b", "91a"]),
        ("cutoff", ["100", "91a", "91b", "92"]),
        ("-cutoff", ["91b", "91a", "100", "92"]),
        ("invitations", ["91b", "100", "91a", "92"]),
        ("-invitations", ["91a", "100", "91b", "92"]),
    ],
)
def test_table_orders_draws_with_unknown_figures_last(order, numbers):
    assert shown(order) == numbers


@pytest.mark.usefixtures("four")
def test_table_says_not_published_and_never_zero():
    row = next(row for row in DrawTable(Draw.objects.all()).rows if row.record.number == "92")

    assert row.get_cell("invitations") == '<span class="missing">not published</span>'
    assert row.get_cell("cutoff") == '<span class="missing">not published</span>'


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(("order", "grouped"), [("-date", True), ("number", True), ("cutoff", False), ("name", False)])
def test_table_is_grouped_by_year_in_the_order_of_time(order, grouped):
    assert DrawTable(Draw.objects.all(), order_by=order).grouped is grouped


@pytest.mark.django_db
def test_empty_table_is_not_grouped():
    assert DrawTable(Draw.objects.none(), order_by="-date").grouped is False


@pytest.mark.django_db
def test_badge_has_mark_and_official_name():
    drawn = badge(Draw.objects.get(number="274"))

    assert "marks.svg#hexagon" in drawn
    assert drawn.endswith("<span>STEM occupations (Version 1)</span></span>")


@pytest.mark.django_db
def test_badge_escapes_the_name(make_draw):
    assert "&lt;b&gt;" in badge(make_draw(name_en="<b>General"))


@pytest.mark.django_db
def test_sorting_starts_at_the_first_page(client):
    text = client.get("/draws/", {"page": "3", "year": "2020"}).content.decode()

    links = re.findall(r'href="(\?[^"]*sort=[^"]*)" rel="nofollow"', text)

    assert len(links) == 5
    assert not [link for link in links if "page=" in link.replace("per_page=", "")]
