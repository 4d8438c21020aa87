"""Publishers are told what waits for them, writers what became of theirs: on the first page, and by email."""

import logging
from threading import Thread

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .models import Notice, ProposedChange
from .records import Status
from .review import publishable_model, status_history

SUBMITTED = "submitted"
WORDS = {
    SUBMITTED: gettext_noop("%(who)s submitted for review: %(row)s"),
    "returned": gettext_noop("%(who)s returned to you: %(row)s"),
    "published": gettext_noop("%(who)s published: %(row)s"),
    "refused": gettext_noop("%(who)s refused your change: %(row)s"),
    "scheduled": gettext_noop("%(who)s approved for a later time: %(row)s"),
}
STEPS = {"submit": SUBMITTED, "return": "returned", "publish": "published"}
NO_MAIL = ("django.core.mail.backends.dummy.EmailBackend", "")
log = logging.getLogger(__name__)


def submitter(row):
    """Who handed the row in last, or None."""
    if isinstance(row, ProposedChange):
        return row.proposed_by
    last = next((step for step in status_history(row) if step.status == Status.REVIEW), None)
    return last.history_user if last else None


def publishers(row):
    """Everybody who may decide on the row."""
    kind = publishable_model(row.row if isinstance(row, ProposedChange) else row)._meta
    holders = User.objects.with_perm(
        f"{kind.app_label}.publish_{kind.model_name}", backend="django.contrib.auth.backends.ModelBackend"
    )
    return holders.filter(is_staff=True)


def concerned(row, what):
    """Publishers hear of what is submitted, its writer of what became of it."""
    return publishers(row) if what == SUBMITTED else filter(None, [submitter(row)])


def tell(request, row, what, comment="", url=""):
    """Keep a notice for whom it concerns, and mail it once the change is stored; nobody hears of their own doing."""
    people = [user for user in concerned(row, what) if user != request.user]
    if what != SUBMITTED:
        for user in people:
            Notice.objects.create(to=user, what=what, comment=comment, by=request.user, row=row)
    addresses = [user.email for user in people if user.email]
    if addresses and settings.EMAIL_BACKEND not in NO_MAIL:
        letters = [letter(address, request, row, what, comment, url) for address in addresses]
        transaction.on_commit(lambda: Thread(target=send, args=[letters]).start())


def letter(address, request, row, what, comment, url):
    """In both languages: nobody's is known."""
    texts = []
    for language in ("en", "fr"):
        with translation.override(language):
            words = {"who": request.user.get_username(), "row": " ".join(str(named(row)).split())}
            texts.append(_(WORDS[what]) % words)
    lines = [*texts, "", *([comment, ""] if comment else []), request.build_absolute_uri(url)]
    return EmailMessage(settings.EMAIL_SUBJECT_PREFIX + texts[0], "\n".join(lines), to=[address])


def named(row):
    return row.row if isinstance(row, ProposedChange) else row


def send(letters):
    """In its own thread: a mail server that is slow or away holds up nobody's saving."""
    try:
        get_connection().send_messages(letters)
    except OSError as fault:  # what smtplib raises is one too
        log.warning("mail to %s not sent: %s", ", ".join(one.to[0] for one in letters), fault)
