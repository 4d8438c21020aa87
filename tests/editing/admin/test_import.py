"""The import page of the admin: hand in, look, tick, save."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse, reverse_lazy

from draws.feed.file import MAX_BYTES
from draws.importing import runs
from draws.importing.models import Import, Outcome
from draws.models import Correction, Draw, FeedCheck
from tests.draws.feed_rows import file_of, row
from tests.draws.feed_server import feed_server
from tests.draws.importers import somebody_importing

ADD = reverse_lazy("admin:draws_import_add")
GENERAL = {"drawName": "No Program Specified", "drawText2": "Canadian Experience Class"}
OFFICIAL = {"source": "IRCC feed of a test", "source_url": "https://www.canada.ca/feed.json", "evidence": "official"}


def general(number, **changes):
    return row(drawNumber=str(number), **GENERAL | changes)


OLDER = [general(254), general(255)]
NEWER = [general(254), general(255, drawSize="501"), general(256), general(257)]


@pytest.fixture
def held(empty):
    """Draws 254 and 255, published."""
    new, _rounds = runs.begin(file_of(*OLDER), OFFICIAL)
    runs.save_rows(new, ["254", "255"], publish=True)


@pytest.fixture
def preview(held):
    """An import of two new draws and a changed one, waiting."""
    return runs.begin(file_of(*NEWER), OFFICIAL)[0]


def paste(client, text, **given):
    return client.post(ADD, {"way": "paste", "text": text} | given)


def act(client, waiting, action, *numbers):
    return client.post(waiting.get_absolute_url(), {"action": action, "row": numbers}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def faults(response):
    return {name: [str(one) for one in errors] for name, errors in response.context["form"].errors.items()}


def state():
    return list(Draw.objects.order_by("sequence").values_list("number", "invitations", "status"))


# Handing it in


def test_pasted_feed_is_previewed_and_nothing_saved(editor, held):
    response = paste(editor, file_of(*NEWER).decode())

    new = Import.objects.latest()
    assert (response.status_code, response["Location"]) == (302, new.get_absolute_url())
    assert (new.made_by, new.source, str(new.summary)) == (
        editor.user, "IRCC feed, pasted as text", "added 2, changed 1, unchanged 1, refused 0",
    )  # fmt: skip
    assert state() == [("254", 500, "published"), ("255", 500, "published")]


def test_uploaded_feed_is_previewed(editor, held):
    file = SimpleUploadedFile("ee_rounds.json", file_of(*NEWER))

    editor.post(ADD, {"way": "upload", "file": file, "complete_to": "2026-10-09"})

    new = Import.objects.latest()
    assert (new.source, new.complete_to) == ("IRCC feed, from the file ee_rounds.json", date(2026, 10, 9))


def test_feed_is_fetched_from_the_official_address(editor, held, settings, tmp_path):
    settings.FEED_FOLDER = tmp_path
    with feed_server() as server:
        server.content = file_of(*NEWER)
        settings.FEED_URL = server.address

        page = editor.get(ADD).content.decode()
        editor.post(ADD, {"way": "fetch", "address": server.address})

    assert f'value="{server.address}"' in page
    assert (Import.objects.latest().source_url, len([*tmp_path.glob("*.json")])) == (server.address, 1)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000/", "https://example.com/feed.json", "http://www.canada.ca/feed.json",
     "https://www.canada.ca@example.com/", "https://www.canada.ca:8443/"],
)  # fmt: skip
def test_other_addresses_are_not_fetched(editor, held, address):
    response = editor.post(ADD, {"way": "fetch", "address": address})

    assert (response.status_code, faults(response)) == (
        200, {"address": ["Only https addresses of www.canada.ca are fetched. Upload other copies."]},
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "<html>",
        "null",
        "[]",
        '{"rounds": []}',
        '{"rounds": [{}]}',
        '{"rounds": [1, null, "x"]}',
        "\ud7ff",
        "[" * 5000,
    ],
)
def test_text_that_is_no_feed_is_said_beside_the_field_and_kept(editor, held, text):
    before = Import.objects.count()

    response = paste(editor, text)

    assert (response.status_code, list(faults(response))) == (200, ["text"])
    assert (response.context["form"]["text"].value(), Import.objects.count()) == (text, before)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff\xfe{\x00", b" " * (MAX_BYTES + 1)])
def test_file_that_is_no_feed_is_said_beside_the_field(editor, held, content):
    response = editor.post(ADD, {"way": "upload", "file": SimpleUploadedFile("x.json", content)})

    assert (response.status_code, list(faults(response))) == (200, ["file"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "way"),
        ({"way": "x"}, "way"),
        ({"way": "fetch"}, "address"),
        ({"way": "fetch", "address": "x y"}, "address"),
        ({"way": "upload"}, "file"),
        ({"way": "paste", "text": "\x00"}, "text"),
        ({"way": "paste", "text": "{}", "complete_to": "soon"}, "complete_to"),
        ({"way": "paste", "text": "{}", "complete_to": "2999-01-01"}, "complete_to"),
    ],
)
def test_wild_input_is_answered_in_words(editor, held, given, field):
    response = editor.post(ADD, given)

    assert (response.status_code, field in faults(response)) == (200, True)


# Looking at it


def test_preview_shows_old_and_new_side_by_side(editor, preview):
    page = " ".join(editor.get(preview.get_absolute_url()).content.decode().split())

    assert "<td>Invitations issued</td><td><del>500</del></td><td><ins>501</ins></td>" in page
    assert "1 draw is as it is here" in page
    assert page.count('type="checkbox" name="row"') == 2


def test_preview_shows_what_is_refused_and_why(editor, held):
    new, _rounds = runs.begin(file_of(*OLDER, general(256, drawSize="many")), OFFICIAL)

    page = editor.get(new.get_absolute_url()).content.decode()

    assert "<td>drawSize</td><td>many</td><td>This is not a whole number.</td>" in page


def test_preview_escapes_what_the_feed_says(editor, held):
    new, _rounds = runs.begin(file_of(*OLDER, general(256, drawSize="<script>alert(1)</script>")), OFFICIAL)

    page = editor.get(new.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(("tick", "count"), [("", 0), ("new", 2), ("all", 3), ("x", 0)])
def test_link_ticks_rows(publisher, preview, tick, count):
    page = publisher.get(preview.get_absolute_url(), {"tick": tick}).content.decode()

    assert page.count("checked>") == count


def test_editor_sees_that_a_change_waits_for_a_publisher(editor, preview):
    page = editor.get(preview.get_absolute_url()).content.decode()

    assert ("waits for a publisher" in page, "Save and publish" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 30])
def test_preview_asks_few_queries(editor, held, count, django_assert_max_num_queries):
    new, _rounds = runs.begin(file_of(*OLDER, *[general(300 + number) for number in range(count)]), OFFICIAL)

    with django_assert_max_num_queries(12):
        editor.get(new.get_absolute_url())


@pytest.mark.parametrize("key", ["0", "999999999999999999999999", "x"])
def test_no_such_import_is_not_found(editor, key):
    assert editor.get(reverse("admin:draws_import_change", args=[key])).status_code == 404


# Saving


def test_editor_saves_ticked_rows_as_drafts(editor, preview):
    response = act(editor, preview, "draft", "256")

    assert told(response) == ["1 draw was saved."]
    assert state() == [("254", 500, "published"), ("255", 500, "published"), ("256", 500, "draft")]
    assert Draw.objects.get(number="256").history.get().history_user == editor.user


def test_publisher_saves_and_publishes(publisher, preview):
    response = act(publisher, preview, "publish", "255", "256", "257")

    preview.refresh_from_db()
    assert told(response) == ["3 draws were saved."]
    assert (preview.outcome, preview.finished_by, preview.packed) == (Outcome.SAVED, publisher.user, None)
    assert state() == [(str(number), 501 if number == 255 else 500, "published") for number in range(254, 258)]
    assert Correction.objects.published().get().new_value == "501"


def test_publisher_may_save_drafts_but_no_silent_change(publisher, preview):
    response = act(publisher, preview, "draft", "255", "256")

    assert told(response) == [
        "1 draw was saved.",
        "Changes of published draws are saved only with “Save and publish”.",
    ]
    assert state()[1:] == [("255", 500, "published"), ("256", 500, "draft")]


def test_editor_cannot_publish_by_hand_made_posts(editor, preview):
    assert act(editor, preview, "publish", "256").status_code == 403

    act(editor, preview, "draft", "255")
    assert state() == [("254", 500, "published"), ("255", 500, "published")]


def test_saving_twice_saves_once(publisher, preview):
    act(publisher, preview, "publish", "255", "256", "257")

    response = act(publisher, preview, "publish", "255", "256", "257")

    assert told(response) == ["This import is finished; nothing more was saved."]
    assert (Draw.objects.count(), Correction.objects.count()) == (4, 1)


def test_rest_can_be_saved_later(editor, publisher, preview):
    act(editor, preview, "draft", "256")

    response = act(publisher, preview, "publish", "255", "256", "257")

    assert told(response) == ["2 draws were saved."]
    assert state()[2:] == [("256", 500, "draft"), ("257", 500, "published")]


def test_row_changed_meanwhile_is_told_and_not_overwritten(publisher, preview):
    Draw.objects.filter(number="255").update(invitations=499)

    response = act(publisher, preview, "publish", "255", "256")

    assert told(response) == [
        "Nothing was saved: since this list was made the record has changed at draw 255. "
        "The list below is new; tick again what shall be saved."
    ]
    assert state() == [("254", 500, "published"), ("255", 499, "published")]
    assert "<del>499</del>" in response.content.decode()


@pytest.mark.parametrize("numbers", [[], ["999"], ["x"], ["254"]])
def test_nothing_ticked_saves_nothing(publisher, preview, numbers):
    assert told(act(publisher, preview, "publish", *numbers)) == ["Nothing was saved: tick the draws to save."]


def test_import_at_work_elsewhere_is_told(publisher, preview):
    with somebody_importing():
        response = act(publisher, preview, "publish", "256")

    assert told(response) == ["Another import is at work. Try again in a minute."]


def test_edition_that_is_a_draft_is_told(publisher, make_edition):
    make_edition("stem", "2023", status="draft")
    new, _rounds = runs.begin(file_of(row()), OFFICIAL)

    response = act(publisher, new, "publish", "254")

    assert told(response) == ["Draw 254 needs the edition STEM 2023: publish that first."]
    assert Draw.objects.count() == 0


def test_import_is_set_aside_and_stays_listed(editor, preview):
    response = act(editor, preview, "aside")

    preview.refresh_from_db()
    assert (preview.outcome, preview.finished_by, len(preview.difference.rows)) == ("set-aside", editor.user, 3)
    assert b'type="checkbox" name="row"' not in response.content


def test_official_feed_whose_rounds_are_all_public_is_a_check(publisher, held):
    FeedCheck.objects.all().delete()
    new, _rounds = runs.begin(file_of(*NEWER), OFFICIAL, complete_to=date(2026, 10, 12))

    act(publisher, new, "publish", "255", "256")
    assert FeedCheck.objects.count() == 0

    act(publisher, new, "publish", "257")
    assert FeedCheck.objects.get().newest_number == "257"


def test_all_draws_at_once_are_saved(publisher, empty):
    new, _rounds = runs.begin(file_of(*[general(number) for number in range(1, 449)]), OFFICIAL)

    response = act(publisher, new, "publish", *[str(number) for number in range(1, 449)])

    assert (told(response), Draw.objects.published().count()) == (["448 draws were saved."], 448)


# Who may


@pytest.mark.parametrize(("role", "status"), [("", 302), ("staff", 403)])
def test_other_people_may_not_import(sign_in, preview, role, status):
    client = sign_in(role)

    addresses = [ADD, preview.get_absolute_url(), reverse("admin:draws_import_changelist")]
    assert [client.get(address).status_code for address in addresses] == [status] * 3
    assert act_only(client, preview) == status
    assert Draw.objects.count() == 2


def act_only(client, waiting):
    return client.post(waiting.get_absolute_url(), {"action": "publish", "row": ["256"]}).status_code


def test_page_refuses_a_post_from_elsewhere(publisher, preview):
    publisher.handler.enforce_csrf_checks = True

    assert act_only(publisher, preview) == 403
    assert paste(publisher, "{}").status_code == 403


@pytest.mark.parametrize("role", ["Editors", "Publishers", "superuser"])
def test_every_page_answers(sign_in, preview, role):
    client = sign_in(role)

    pages = [reverse("admin:draws_import_changelist"), ADD, preview.get_absolute_url()]
    pages += [reverse(f"admin:draws_import_{page}", args=[preview.pk]) for page in ("history", "delete")]
    assert [client.get(page).status_code for page in pages] == [200] * 5
