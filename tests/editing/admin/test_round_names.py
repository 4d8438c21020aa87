"""A new category by hand: its mark, the names of its rounds, and the import that refused them before."""

from html import unescape

import pytest
from django.urls import reverse

from draws.importing import runs
from draws.models import Draw
from occupations.models import Category, CategoryRoundName
from programs.models import Program
from tests.draws.feed_rows import file_of, row
from tests.editing.admin.forms import address, opened, said
from tests.editing.admin.imports import OFFICIAL, OLDER

NEW_ROUND = row(drawNumber="256", drawName="Builders of Houses, 2026-Version 1")


def add(client, model, **values):
    return client.post(address(model, "add"), values | {"_save": "1"})


def test_unknown_round_name_is_refused_with_a_link_to_add_it(editor, saved_feed):
    new, _rounds = runs.begin(file_of(*OLDER, NEW_ROUND), OFFICIAL)

    page = unescape(editor.get(new.get_absolute_url()).content.decode())
    url = reverse("admin:occupations_categoryroundname_add", query={"name": "Builders of Houses"})
    form = editor.get(url).context["adminform"].form

    assert f'<a href="{url}">Add “Builders of Houses” to the round names</a>' in page
    assert form["name"].value() == "Builders of Houses"


def test_new_category_is_imported_without_a_programmer(publisher, saved_feed, make_edition):
    add(publisher, Category, name_en="Builders", slug="builders", mark="house")
    category = Category.objects.get(slug="builders")
    make_edition(category)

    add(publisher, CategoryRoundName, name="Builders of houses", language="en", category=category.pk)
    add(publisher, CategoryRoundName, name="Bâtisseurs de maisons", language="fr", category=category.pk)
    new, _rounds = runs.begin(file_of(*OLDER, NEW_ROUND), OFFICIAL)
    runs.save_rows(new, ["256"], publish=True)
    french = row(drawNumber="256", drawName="Bâtisseurs de maisons 2026-version 1")
    runs.save_rows(runs.begin(file_of(*OLDER, french), OFFICIAL)[0], ["256"], publish=True)

    draw = Draw.objects.get(number="256")
    assert (draw.edition.category, draw.name_en) == (category, "Builders of Houses, 2026-Version 1")
    assert draw.name_fr == "Bâtisseurs de maisons 2026-version 1"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("STEM occupations (Version 1)", "Leave the version at the end out: every version has this name."),
        ("stem Occupations", "An import reads this name as “STEM occupations”, a round of STEM, already."),
        ("Education, occupations",
            "An import reads this name as “Education occupations”, a round of Education, already."),
    ],
)  # fmt: skip
def test_round_name_that_says_nothing_new_is_refused(editor, db, name, sentence):
    response = add(editor, CategoryRoundName, name=name, language="en", category=Category.objects.first().pk)

    assert sentence in said(response)


def test_new_category_chooses_among_the_free_marks(publisher, db):
    form = publisher.get(address(Category, "add")).context["adminform"].form

    free = {key for key, _label in form.fields["mark"].choices}
    assert len(free) == 8
    assert free & {"circle", *Category.objects.values_list("mark", flat=True)} == set()
    assert free & {*Program.objects.values_list("mark", flat=True)} == set()


def test_category_keeps_its_own_mark(publisher, db):
    category = Category.objects.get(slug="stem")

    assert opened(publisher, category)["mark"] == ["hexagon"]
