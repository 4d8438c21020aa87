"""The import page of the admin: hand in, look, tick, save."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse, reverse_lazy

from draws.feed.file import MAX_BYTES
from draws.importing import runs
from draws.importing.models import Import
from draws.models import Draw
from tests.draws.feed_rows import file_of
from tests.draws.feed_server import feed_server
from tests.editing.admin.imports import NEWER, OFFICIAL, OLDER, READ, general, state
from tests.markup import markup

ADD = reverse_lazy("admin:draws_import_add")


def paste(client, text, **given):
    return client.post(ADD, {"way": "paste", "text": text} | READ | given)


def faults(response):
    return {name: [str(one) for one in errors] for name, errors in response.context["form"].errors.items()}


def test_pasted_feed_is_previewed_and_nothing_saved(editor, saved_feed):
    response = paste(editor, file_of(*NEWER).decode())

    new = Import.objects.latest()
    assert (response.status_code, response["Location"]) == (302, new.get_absolute_url())
    assert (new.made_by, new.source, str(new.summary)) == (
        editor.user, "Mail of a reader", "added 2, changed 1, unchanged 1, refused 0",
    )  # fmt: skip
    assert state() == [("254", 500, "published"), ("255", 500, "published")]


def test_uploaded_feed_is_previewed(editor, saved_feed):
    file = SimpleUploadedFile("ee_rounds.json", file_of(*NEWER))

    editor.post(ADD, {"way": "upload", "file": file, "complete_to": "2026-10-09"} | OFFICIAL)

    new = Import.objects.latest()
    assert (new.source, new.complete_to) == ("IRCC feed of a test", date(2026, 10, 9))


def test_text_of_forty_megabytes_is_refused_in_words(editor, saved_feed):
    response = paste(editor, "x" * 40_000_000)

    assert (response.status_code, Import.objects.filter(made_by=editor.user).count()) == (413, 0)
    assert "A form takes 2 megabytes of text at most" in response.content.decode()


@pytest.mark.parametrize(
    ("given", "faults_said"),
    [
        ({"evidence": ""}, {"evidence": ["Say how near to the department's own publication this was read."]}),
        (
            {"evidence": "hearsay"},
            {"evidence": ["Select a valid choice. hearsay is not one of the available choices."]},
        ),
        ({"source": " "}, {"source": ["Say in words where this was read."]}),
        ({"evidence": "official", "source_url": ""}, {"source_url": ["Give the link to the official page."]}),
        (
            {"complete_to": "2026-10-09"},
            {"complete_to": ["Only an official copy says how far the record is complete."]},
        ),
    ],
)
@pytest.mark.parametrize("way", ["upload", "paste"])
def test_upload_that_does_not_say_where_it_was_read_is_refused(editor, saved_feed, way, given, faults_said):
    content = file_of(*NEWER)
    handed = {"way": way, "file": SimpleUploadedFile("feed.json", content), "text": content.decode()}
    before = Import.objects.count()

    response = editor.post(ADD, handed | READ | given)

    assert (faults(response), Import.objects.count()) == (faults_said, before)


def test_only_what_the_site_fetched_is_official_by_itself(editor, saved_feed):
    paste(editor, file_of(*NEWER).decode())

    new = Import.objects.latest()
    assert (new.evidence, new.source_url) == ("third-party", "https://example.com/feed.json")


def test_feed_is_fetched_from_the_official_address(editor, saved_feed, settings, tmp_path):
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
def test_other_addresses_are_not_fetched(editor, saved_feed, address):
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
def test_text_that_is_no_feed_is_said_beside_the_field_and_kept(editor, saved_feed, text):
    before = Import.objects.count()

    response = paste(editor, text)

    assert (response.status_code, list(faults(response))) == (200, ["text"])
    assert (response.context["form"]["text"].value(), Import.objects.count()) == (text, before)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff\xfe{\x00", b" " * (MAX_BYTES + 1)])
def test_file_that_is_no_feed_is_said_beside_the_field(editor, saved_feed, content):
    response = editor.post(ADD, {"way": "upload", "file": SimpleUploadedFile("x.json", content)} | READ)

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
def test_wild_input_is_answered_in_words(editor, saved_feed, given, field):
    response = editor.post(ADD, given)

    assert (response.status_code, field in faults(response)) == (200, True)


def test_preview_shows_old_and_new_side_by_side(editor, feed_preview):
    page = markup(editor.get(feed_preview.get_absolute_url()))

    assert "<td>Invitations issued</td><td><del>500</del></td><td><ins>501</ins></td>" in page
    assert "1 draw is as it is here" in page
    assert page.count('type="checkbox" name="row"') == 2


def test_preview_shows_what_is_refused_and_why(editor, saved_feed):
    new, _rounds = runs.begin(file_of(*OLDER, general(256, drawSize="many")), OFFICIAL)

    page = markup(editor.get(new.get_absolute_url()))

    assert "<td>drawSize</td><td>many</td><td>This is not a whole number.</td>" in page


def test_preview_escapes_what_the_feed_says(editor, saved_feed):
    new, _rounds = runs.begin(file_of(*OLDER, general(256, drawSize="<script>alert(1)</script>")), OFFICIAL)

    page = editor.get(new.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("query", "count"), [({}, 2), ({"tick": ""}, 0), ({"tick": "new"}, 2), ({"tick": "all"}, 3), ({"tick": "x"}, 0)]
)
def test_new_draws_are_ticked_and_links_tick_others(publisher, feed_preview, query, count):
    page = publisher.get(feed_preview.get_absolute_url(), query).content.decode()

    assert len(re.findall('<input type="checkbox"[^>]* checked>', page)) == count


def test_editor_sees_that_a_change_waits_for_a_publisher(editor, feed_preview):
    page = editor.get(feed_preview.get_absolute_url()).content.decode()

    assert ("waits for a publisher" in page, "Save and publish" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 30])
def test_preview_asks_few_queries(editor, saved_feed, count, django_assert_max_num_queries):
    new, _rounds = runs.begin(file_of(*OLDER, *[general(300 + number) for number in range(count)]), OFFICIAL)

    with django_assert_max_num_queries(12):
        editor.get(new.get_absolute_url())


@pytest.mark.parametrize("key", ["0", "999999999999999999999999", "x"])
def test_no_such_import_is_not_found(editor, key):
    assert editor.get(reverse("admin:draws_import_change", args=[key])).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("", 302), ("staff", 403)])
def test_other_people_may_not_import(sign_in, feed_preview, role, status):
    client = sign_in(role)

    addresses = [ADD, feed_preview.get_absolute_url(), reverse("admin:draws_import_changelist")]
    assert [client.get(address).status_code for address in addresses] == [status] * 3
    assert act_only(client, feed_preview) == status
    assert Draw.objects.count() == 2


def act_only(client, waiting):
    return client.post(waiting.get_absolute_url(), {"action": "publish", "row": ["256"]}).status_code


def test_page_refuses_a_post_from_elsewhere(publisher, feed_preview):
    publisher.handler.enforce_csrf_checks = True

    assert act_only(publisher, feed_preview) == 403
    assert paste(publisher, "{}").status_code == 403


@pytest.mark.parametrize("role", ["Editors", "Publishers", "superuser"])
def test_every_page_answers(sign_in, feed_preview, role):
    client = sign_in(role)

    pages = [reverse("admin:draws_import_changelist"), ADD, feed_preview.get_absolute_url()]
    pages += [reverse(f"admin:draws_import_{page}", args=[feed_preview.pk]) for page in ("history", "delete")]
    assert [client.get(page).status_code for page in pages] == [200] * 5


def test_removed_round_stands_above_the_differences(editor, feed_preview):
    found = feed_preview.difference
    found.vanished = ["12"]
    feed_preview.difference = found
    feed_preview.save()

    response = editor.get(feed_preview.get_absolute_url())

    assert response.content.decode().index("not in this feed: 12") < response.content.decode().index("New draws")
