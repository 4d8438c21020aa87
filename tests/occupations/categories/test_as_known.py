"""An edition as this record showed it: a link made then keeps its word, and says what changed since."""

import json

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from draws.models import Draw
from editing.ledger import read
from editing.ledger.forms import written
from occupations.categories.revisions import EditionHistory
from occupations.models import Edition, Listing
from tests.editing.admin.forms import SAID, address, save
from tests.editing.ledger import remove
from tests.markup import markup
from tests.occupations.categories.pages import STEM_2023, listed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE, API = "/categories/stem/2023/", "/api/v1/categories/stem/2023"


@pytest.fixture
def publisher(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client, user = Client(), User.objects.create(username="paula", is_staff=True)
    user.groups.add(Group.objects.get(name="Publishers"))
    client.force_login(user)
    return client


def listing(code):
    return Listing.objects.get(edition__category__slug="stem", edition__version="2023", occupation__code=code)


def lasting_link(client):
    """What the copy button of the page gives."""
    return client.get(PAGE).context["full_url"].removeprefix("http://testserver")


def test_link_made_before_a_correction_says_what_changed_and_shows_what_was(client, publisher, clock):
    link = lasting_link(client)
    clock(hours=1)
    publisher.post(address(Listing, "delete", listing("21220").pk), {"post": "yes"} | SAID)
    clock(hours=1)
    edition = Edition.objects.get(category__slug="stem", version="2023")
    save(publisher, edition, minimum_experience_months="12", change_reason="Misread")

    opened, today = client.get(link), client.get(PAGE)

    page = markup(opened)
    assert listed(opened) == STEM_2023
    assert listed(today) == STEM_2023.replace("21220 ", "")
    assert "21220 Cybersecurity specialists (STEM, 2023 edition): removed" in page
    assert "Months of experience 6 → 12" in page
    assert ": Misread)" in page
    assert [today.context["revision"].number, opened.context["revision"].number] == [3, 1]
    assert len({one.digest for one, _address in today.context["revisions"]}) == 3


def test_link_says_so_where_nothing_changed(client, clock):
    link = lasting_link(client)
    clock(days=1)
    Draw.objects.get(number="447").delete()

    page = client.get(link)

    assert "Nothing of it has changed since." in page.content.decode()
    assert (listed(page), page.context["revision"].number) == (STEM_2023, 1)
    assert lasting_link(client) != link


def test_api_gives_what_it_gave(client, clock):
    before = client.get(API).json()
    clock(days=1)
    wrong = listing("21220")
    wrong._change_reason = "It was never on that list"
    wrong.delete()
    edition = Edition.objects.get(category__slug="stem", version="2023")
    edition.minimum_experience_months, edition.note = 12, "Another"
    edition.save()
    Draw.objects.get(number="254").delete()

    then = client.get(API, {"known": before["known"]}).json()
    now = client.get(API).json()

    assert then == before
    assert (now["revision"], now["digest"] != before["digest"], len(now["occupations"])) == (2, True, 23)


def test_withdrawn_and_deleted_edition_answers_as_it_was(client, make_edition, make_draw, clock):
    edition = make_edition("new", "2026", ["21231"], note="Seen")
    clock(seconds=9)
    draw = make_draw("1", edition=edition, date=edition.effective_from)
    at = written(read.last_change())
    clock(days=1)
    draw.delete()
    edition.status = "draft"
    edition.save()
    edition.delete()
    clock(days=1)

    page = client.get("/categories/new/2026/", {"known": at})

    assert client.get("/categories/new/2026/").status_code == 404
    assert (listed(page), [one.number for one in page.context["draws"]]) == ("21231", ["1"])
    assert "It was withdrawn: there is no such page today." in page.content.decode()


def test_moment_between_two_changes_leads_to_the_one_before(client, clock):
    changed = read.last_change()
    clock(days=1)

    response = client.get(f"{PAGE}?known=2999-01-01T00:00:00Z&sort=code".replace("2999-01-01", f"{changed:%Y-%m-%d}")
                          .replace("00:00:00Z", "23:59:59%2B00:00"))  # fmt: skip

    assert (response.status_code, response.url) == (302, f"{PAGE}?known={written(changed)}&sort=code")


@pytest.mark.parametrize(
    ("moment", "fault", "status"),
    [
        ("yesterday", "is not a valid date and time", 422),
        ("2026-13-45T00:00:00Z", "is not a valid date and time", 422),
        ("2999-01-01T00:00:00Z", "in the future", 404),
        ("2001-01-01T00:00:00Z", "can’t say what it showed then", 404),
    ],
)
def test_bad_moment_is_named_and_the_page_of_now_is_shown(client, moment, fault, status):
    page, answer = client.get(PAGE, {"known": moment}), client.get(API, {"known": moment})

    assert (page.status_code, listed(page), fault in page.content.decode()) == (200, STEM_2023, True)
    assert (answer.status_code, fault in json.dumps(answer.json(), ensure_ascii=False)) == (status, True)


def test_digest_is_of_codes_and_conditions_alone(clock):
    digest = EditionHistory("stem/2023").revision().digest
    clock(seconds=5)
    one, edition = listing("21220"), Edition.objects.get(category__slug="stem", version="2023")
    one.title_as_published_en, edition.name_en, edition.name_fr = "Other", "Other", "Autre"
    one.save()
    edition.save()

    history = EditionHistory("stem/2023")

    assert ([one.number for one in history.revisions], history.revision().digest) == ([1], digest)
    assert len(digest) == 64


def test_moment_costs_at_most_four_queries_more(client, django_assert_max_num_queries):
    at = written(read.last_change())
    client.get(PAGE)
    with django_assert_max_num_queries(8) as today:
        client.get(PAGE)

    with django_assert_max_num_queries(len(today) + 4):
        client.get(PAGE, {"known": at})


CATEGORY, CATEGORY_API = "/categories/stem/", "/api/v1/categories/stem"


def codes(page):
    return [one.occupation.code for one in page.context["current"].listings.all()]


def test_category_link_says_what_changed_and_shows_what_was(client, clock):
    link = client.get(CATEGORY, {"on": "2023-07-10"}).context["full_url"].removeprefix("http://testserver")
    clock(hours=1)
    remove(listing("21220"))
    draw = Draw.objects.get(number="254")
    draw.cutoff, draw._change_reason = 488, "Misread"
    draw.save()
    clock(days=1)

    opened, today = client.get(link), client.get(CATEGORY, {"on": "2023-07-10"})

    page = markup(opened)
    assert "on=2023-07-10&known=" in link
    assert [len(codes(one)) for one in (opened, today)] == [24, 23]
    assert [one.context["draws"][0].cutoff for one in (opened, today)] == [486, 488]
    assert "Draw 254: CRS score of lowest-ranked candidate invited 486 → 488" in page
    assert "21220 Cybersecurity specialists (STEM, 2023 edition): removed" in page
    assert f'<a href="http://testserver{CATEGORY}?on=2023-07-10">See it as it is today</a>' in page
    assert client.get(f"/fr{link}").status_code == 200


def test_category_api_gives_what_it_gave(client, clock, settings):
    asked = {"on": "2026-10-01"}
    before = client.get(CATEGORY_API, asked).json()
    clock(days=1)
    remove(listing("21220"))
    Draw.objects.get(number="254").delete()
    edition = Edition.objects.get(category__slug="stem", version="2023")
    edition.note = "Another"
    edition.save()

    then = client.get(CATEGORY_API, asked | {"known": before["known"]}).json()

    assert then == before
    assert client.get(CATEGORY_API, asked).json() != before


def test_withdrawn_category_answers_as_it_was(client, make_edition, clock):
    clock(seconds=5)
    edition = make_edition("new", "2026", ["21231"])
    at = written(read.last_change())
    clock(days=1)
    edition.status = "draft"
    edition.save()
    clock(days=1)

    page, answer = client.get("/categories/new/", {"known": at}), client.get("/api/v1/categories/new", {"known": at})

    assert client.get("/categories/new/").status_code == 404
    assert "It was withdrawn: there is no such page today." in markup(page)
    assert [one["version"] for one in answer.json()["editions"]] == ["2026"]


def test_category_of_later_is_missing_with_its_first_moment(client, make_edition, clock):
    at = written(read.last_change())
    clock(days=1)
    make_edition("new", "2026", ["21231"])
    first = written(read.last_change())

    for path in ["/categories/new/", "/categories/new/2026/", "/api/v1/categories/new", "/api/v1/categories/new/2026"]:
        answer = client.get(path, {"known": at})

        assert (answer.status_code, first in answer.content.decode()) == (404, True)


def test_category_of_a_moment_costs_at_most_four_queries_more(client, django_assert_max_num_queries):
    at = written(read.last_change())
    client.get(CATEGORY)
    with django_assert_max_num_queries(8) as today:
        client.get(CATEGORY)

    with django_assert_max_num_queries(len(today) + 4):
        client.get(CATEGORY, {"known": at})
