from datetime import date

import pytest
from django.urls import reverse

from occupations.models import Category, Edition, Listing
from tests.occupations.categories.pages import STEM_2023, STEM_2025, codes, listed, unit_groups


@pytest.mark.django_db
def test_category_list_tells_what_is_in_force(client):
    response = client.get("/categories/", {"on": "2026-10-09"})

    held = {one["category"].slug: one for one in response.context["held"]}
    assert {slug: (one["current"].version, one["current"].size) for slug, one in held.items()} == {
        "education": ("2026", 5),
        "french": ("2026", 0),
        "healthcare": ("2026", 37),
        "military": ("2026", 3),
        "physicians": ("2026", 3),
        "researchers": ("2026", 2),
        "senior-managers": ("2026", 4),
        "stem": ("2026", 11),
        "trade": ("2026", 25),
        "transport": ("2026", 4),
    }
    assert (held["stem"]["latest"].number, held["stem"]["latest"].cutoff) == ("293", 491)
    assert [one["category"].slug for one in response.context["others"]] == ["agriculture"]
    assert [category.slug for category in response.context["undrawn"]] == ["researchers"]


@pytest.mark.django_db
def test_category_list_shows_the_last_edition_of_a_retired_category(html):
    page = html("/categories/")

    assert '<a href="/categories/agriculture/2025/">2025</a></td><td class="nowrap">February 17, 2026</td>' in page


@pytest.mark.django_db
def test_category_list_before_the_first_category(client):
    response = client.get("/categories/", {"on": "2023-05-30"})

    assert (response.context["held"], response.context["others"]) == ([], [])
    assert "No category was in force on that day." in response.content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_category_list_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    slugs = Category.objects.values_list("slug", flat=True)[:count]
    editions = [make_edition(slug) for slug in slugs]
    for number, edition in enumerate(editions, start=1):
        make_draw(number, edition=edition)

    with django_assert_num_queries(4):
        response = client.get(reverse("categories:list"))

    assert [one["current"] for one in response.context["held"]] == editions


@pytest.mark.django_db
def test_category_shows_its_list_of_today(client):
    response = client.get("/categories/stem/")

    assert codes(response.context["current"].listings.all()) == STEM_2025
    assert [draw.number for draw in response.context["draws"]] == ["293", "274", "254"]
    assert "The 2026 edition has been in force since February 18, 2026." in response.content.decode()


@pytest.mark.django_db
def test_category_shows_the_state_of_a_day(client):
    response = client.get("/categories/stem/", {"on": "2024-01-15"})

    assert codes(response.context["current"].listings.all()) == STEM_2023
    assert [draw.number for draw in response.context["draws"]] == ["274", "254"]
    assert "On January 15, 2024, the 2023 edition was in force, from May 31, 2023." in response.content.decode()


@pytest.mark.django_db
def test_category_names_a_bad_day(client):
    response = client.get("/categories/stem/", {"on": "15/01/2024"})

    assert response.status_code == 200
    assert response.context["day_form"].errors == {
        "on": ["“15/01/2024” is not a date. Write it as year-month-day: 2024-01-15."]
    }
    assert response.context["current"].version == "2026"
    assert "“15/01/2024” is not a date." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "day", "words"),
    [
        ("agriculture", "2026-10-09", "Not in force since February 18, 2026."),
        ("transport", "2025-06-01", "Not in force from February 27, 2025 to February 17, 2026."),
        ("education", "2024-01-01", "Not in force before February 27, 2025."),
    ],
)
def test_category_says_when_it_is_not_in_force(html, slug, day, words):
    page = html(f"/categories/{slug}/", on=day)

    assert f'<p class="lede">{words}' in page


@pytest.mark.django_db
def test_category_with_a_language_rule_has_no_list(client):
    response = client.get("/categories/french/")

    page = response.content.decode()
    assert response.context["matrix"] == []
    assert '<dd class="words"><span class="missing">no list</span></dd>' in page
    assert "NCLC 7 or higher in French, in all four abilities" in page


@pytest.mark.django_db
def test_category_matrix_compares_all_editions(html):
    page = html("/categories/trade/")

    row = page[page.index('<a href="/occupations/63200/">Cooks</a></th><td class="numeric">63200</td>') :]
    assert row[: row.index("</tr>")].count("<td>listed</td>") == 1


@pytest.mark.parametrize("count", [1, 12])
def test_category_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    make_edition("stem", "2023", unit_groups(count), effective_to=date(2024, 12, 31))
    edition = make_edition("stem", "2025", unit_groups(count))
    draws = [make_draw(number, edition=edition) for number in range(count, 0, -1)]

    with django_assert_num_queries(6):
        response = client.get(reverse("categories:detail", args=["stem"]))

    assert [*response.context["draws"]] == draws


@pytest.mark.django_db
def test_compare_counts_added_removed_and_kept(html):
    page = html("/categories/stem/compare/2023/2025/")

    assert "6 added, 19 removed, 5 kept." in page
    assert [page.count(f'<tr class="{kind}">') for kind in ("added", "removed", "kept")] == [6, 19, 5]
    assert "The name and the rule are the same." in page


@pytest.mark.django_db
def test_compare_backwards_says_so(html):
    page = html("/categories/stem/compare/2025/2023/")

    assert "19 added, 6 removed, 5 kept." in page
    assert "Reverse chronological order." in page


@pytest.mark.django_db
def test_compare_equal_lists(html):
    page = html("/categories/healthcare/compare/2025/2026/")

    assert "The list is the same: 37 occupations." in page
    assert "at least 12 months in one listed occupation" in page
    assert "Titles written differently" in page


@pytest.mark.django_db
def test_compare_on_french_pages_has_french_names(html):
    page = html("/fr/categories/healthcare/compare/2023/2025/")

    assert "<td>Professions de la santé</td><td>Professions de la santé et des services sociaux</td>" in page


@pytest.mark.django_db
def test_compare_without_lists(html):
    assert "Neither edition has an occupation list." in html("/categories/french/compare/2023/2025/")


@pytest.mark.parametrize("count", [1, 12])
def test_compare_query_count(client, make_edition, count, django_assert_num_queries):
    make_edition("stem", "2023", unit_groups(count), effective_to=date(2024, 12, 31))
    make_edition("stem", "2025", unit_groups(count))

    with django_assert_num_queries(4):
        response = client.get(reverse("categories:compare", args=["stem", "2023", "2025"]))

    assert codes(both.new for both in response.context["comparison"].kept) == " ".join(unit_groups(count))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["nothing/", "stem/2024/", "nothing/2023/", "stem/compare/2023/2024/", "nothing/compare/2023/2025/"]
)
def test_unknown_category_or_edition_is_not_found(client, path):
    assert client.get(f"/categories/{path}").status_code == 404


def test_unpublished_editions_never_show(client, make_edition):
    make_edition("stem", "2023", effective_to=date(2024, 12, 31))
    make_edition("stem", "2025", ["21232"], status="draft")
    make_edition("trade", "2025", status="review")

    stem = client.get("/categories/stem/")
    occupation = client.get("/occupations/21232/")

    assert [edition.version for edition in stem.context["editions"]] == ["2023"]
    assert [one["category"].slug for one in client.get("/categories/").context["held"]] == []
    assert occupation.context["memberships"] == []
    assert client.get("/categories/stem/2025/").status_code == 404
    assert client.get("/categories/stem/compare/2023/2025/").status_code == 404
    assert client.get("/categories/trade/").status_code == 404


@pytest.mark.django_db
def test_every_edition_renders_with_its_whole_list(client):
    editions = [*Edition.objects.published().select_related("category")]

    shown = sum(len(listed(client.get(edition.get_absolute_url())).split()) for edition in editions)

    assert len(editions) == 22
    assert shown == Listing.objects.count() == 255


@pytest.mark.django_db
def test_category_has_the_name_of_that_day(html):
    for address in ["/categories/", "/categories/healthcare/"]:
        page = html(address, on="2023-07-05")
        then = page[page.index("<main") :]
        assert "Healthcare occupations" in then
        assert "Healthcare and social services</" not in then
    assert "Healthcare and social services</a>" in html("/categories/")
