"""Who is told what waits and what became of it: on the first page, and by email from a real server."""

import threading

import pytest
from aiosmtpd.controller import Controller

from editing.models import Notice, ProposedChange
from tests.editing.admin.forms import address, save
from tests.editing.admin.test_review_screen import review
from tests.expressentry.serving.test_logs import Mailbox
from tests.servers import free_port

pytestmark = pytest.mark.both_databases


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield box
    server.stop()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A function that does something, lets it be stored, and waits for the mail about it."""

    def do(action):
        before = set(threading.enumerate())
        with django_capture_on_commit_callbacks(execute=True):
            done = action()
        for thread in set(threading.enumerate()) - before:
            thread.join(10)
        return done

    return do


@pytest.fixture
def people(editor, publisher):
    for client in (editor, publisher):
        client.user.email = f"{client.user.username}@record.example"
        client.user.save()


def mails(box):
    return [(one["To"], one["Subject"]) for one in box.messages]


def board(client):
    return client.get("/admin/").context["dashboard"]


def test_publisher_is_told_of_a_submitted_row(people, editor, publisher, draft, mailbox, committed):
    committed(lambda: save(editor, draft, _submit="1"))

    (waiting,) = board(publisher)["to_review"]
    assert waiting[:2] == (draft, address(type(draft), "review", draft.pk))
    assert (waiting[2].history_user, board(editor)["to_review"]) == (editor.user, [])
    assert mails(mailbox) == [
        ("publishers@record.example", "[Express Entry Record] editors submitted for review: Draw 5")
    ]
    body = mailbox.messages[0].get_payload(decode=True).decode()
    assert "editors a soumis à la révision" in body
    assert f"http://testserver{waiting[1]}" in body


def test_writer_is_told_of_a_returned_row_with_the_comment(people, editor, publisher, draft, mailbox, committed):
    save(editor, draft, _submit="1")

    committed(lambda: review(publisher, draft, _return="1", comment="The cut-off is 491."))

    ((notice, row, url),) = board(editor)["notices"]
    assert (notice.what, notice.comment, notice.by) == ("returned", "The cut-off is 491.", publisher.user)
    assert (row, url, board(publisher)["notices"]) == (draft, address(type(draft), "change", draft.pk), [])
    assert mails(mailbox) == [("editors@record.example", "[Express Entry Record] publishers returned to you: Draw 5")]
    assert "The cut-off is 491." in mailbox.messages[0].get_payload(decode=True).decode()


@pytest.mark.parametrize("how", ["form", "list", "screen"])
def test_writer_is_told_of_a_published_row(people, editor, publisher, draft, mailbox, committed, how):
    save(editor, draft, _submit="1")
    listed = {"action": "publish", "_selected_action": [draft.pk]}
    ways = {
        "form": lambda: save(publisher, draft, _publish="1"),
        "list": lambda: publisher.post(address(type(draft), "changelist"), listed),
        "screen": lambda: review(publisher, draft, _approve="1"),
    }

    committed(ways[how])

    assert [notice.what for notice, _row, _url in board(editor)["notices"]] == ["published"]
    assert mails(mailbox) == [("editors@record.example", "[Express Entry Record] publishers published: Draw 5")]


@pytest.mark.parametrize(
    ("button", "what"), [("_accept", "published"), ("_return", "returned"), ("_refuse", "refused")]
)
def test_writer_is_told_what_became_of_a_proposal(
    people, editor, publisher, make_draw, mailbox, committed, button, what
):
    draw = make_draw("5")
    committed(lambda: save(editor, draw, cutoff="499"))
    decide = address(ProposedChange, "decide", ProposedChange.objects.get().pk)

    committed(lambda: publisher.post(decide, {button: "1", "comment": "Seen"}))

    ((notice, row, _url),) = board(editor)["notices"]
    assert (notice.what, notice.comment, row) == (what, "Seen", draw)
    assert [to for to, _subject in mails(mailbox)] == ["publishers@record.example", "editors@record.example"]


def test_nobody_is_told_of_their_own_doing(people, publisher, draft, mailbox, committed):
    committed(lambda: save(publisher, draft, _submit="1"))
    committed(lambda: save(publisher, draft, _publish="1"))

    assert (mails(mailbox), Notice.objects.count()) == ([], 0)


def test_mail_server_that_is_away_fails_no_save(people, editor, draft, settings, committed, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    response = committed(lambda: save(editor, draft, _submit="1"))

    draft.refresh_from_db()
    assert (response.status_code, draft.status) == (302, "review")
    assert "mail to publishers@record.example not sent" in caplog.text


def test_without_mail_nothing_is_sent(people, editor, draft, settings, committed, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    committed(lambda: save(editor, draft, _submit="1"))

    assert "not sent" not in caplog.text
