import re
from datetime import date

import pytest

from draws.models import Draw
from draws.tables import DrawTable
from tests.markup import markup

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
    cells = DrawTable([]).cells(Draw.objects.get(number="92"))

    assert cells["invitations"] == '<span class="missing">not published</span>'
    assert cells["cutoff"] == '<span class="missing">not published</span>'


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("order", "years"), [("-date", [2018]), ("number", [2018]), ("cutoff", [None]), ("name", [None])]
)
def test_table_is_grouped_by_year_in_the_order_of_time(order, years):
    assert [year for year, _rows in DrawTable(Draw.objects.all(), order_by=order).bodies()] == years


@pytest.mark.usefixtures("four")
def test_table_has_a_row_of_its_columns_for_each_draw():
    [(_, rows)] = DrawTable(Draw.objects.filter(number="91a"), order_by="-date").bodies()

    head = '<tr><th scope="row" class="number numeric"><a href="/draws/91a/">91a</a></th><td class="date nowrap">'
    assert rows.startswith(head)
    assert rows.endswith('<td class="invitations numeric">500</td><td class="numeric score">288</td></tr>')


@pytest.mark.django_db
def test_empty_table_has_no_rows():
    assert DrawTable(Draw.objects.none(), order_by="-date").bodies() == []


@pytest.mark.django_db
def test_row_has_mark_official_name_and_a_short_one_for_a_phone():
    drawn = DrawTable([]).cells(Draw.objects.get(number="274"))["name"]

    assert "marks.svg#hexagon" in drawn
    official = '<span class="on-wide"><span>STEM occupations (Version 1)</span></span>'
    assert drawn.endswith(f'{official}<span class="on-phone">STEM</span></span>')


@pytest.mark.django_db
def test_row_escapes_the_name(make_draw):
    assert "&lt;b&gt;" in DrawTable([]).cells(make_draw(name_en="<b>General"))["name"]


@pytest.mark.django_db
def test_sorting_starts_at_the_first_page(client):
    text = markup(client.get("/draws/", {"page": "3", "year": "2020"}))

    links = re.findall(r'href="(\?[^"]*sort=[^"]*)" rel="nofollow"', text)

    assert len(links) == 5
    assert not [link for link in links if "page=" in link.replace("per_page=", "")]
