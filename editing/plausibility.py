"""Whoever publishes what is hard to believe says why it is right all the same."""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .records import Reviewed, Status

LONGEST = 150  # of the reason, which the history keeps beside the words of the form


class Implausible(ValidationError):
    """What is hard to believe of a row, and nobody has given a reason for."""


@dataclass(frozen=True)
class Answer:
    """What somebody says to the doubts that a page showed: nothing but those is answered."""

    reason: str = ""
    seen: str = ""

    def covers(self, found):
        return bool(self.reason.strip()) and self.seen == seal(found)

    def added_to(self, reason):
        """The words of the history."""
        if not self.reason.strip():
            return reason
        return _("%(reason)s. Right all the same: %(answer)s") % {
            "reason": str(reason or "").rstrip(".")[: LONGEST - 50],
            "answer": self.reason.strip()[:LONGEST],
        }


def seal(found):
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


def doubts(row):
    """What is hard to believe of the stored row, and of what is published with it, as if both were public."""
    rows = [row, *row.published_with()] if isinstance(row, Reviewed) and row.pk else []
    return [sentence for one in rows for sentence in type(one).doubtful(also=one.pk).get(one.pk, [])]


def doubts_in_public(row):
    """The same of what the public sees already, or will at a set time."""
    return doubts(row) if isinstance(row, Reviewed) and row.status == Status.PUBLISHED else []


def check(row, known=(), answer=None):
    """Refuse what has just been stored for the public if it is hard to believe: but for doubts known before."""
    found = [sentence for sentence in doubts_in_public(row) if sentence not in known]
    if found and not (answer or Answer()).covers(found):
        raise Implausible(found)
