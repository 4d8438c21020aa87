"""Comparing the feed with the record, and keeping what was found until somebody saves it."""

from dataclasses import replace

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from draws.feed import reader
from draws.feed.file import FeedError
from draws.feed.names import with_categories
from draws.feed.sources import printable
from draws.feed.values import gettext_noop
from draws.models import Draw, FeedCheck
from editing import constraint_messages
from editing.ledger.models import Cause
from occupations.models import CategoryRoundName

from .compare import compare_with_feed
from .current import CurrentRecord
from .models import Import, Outcome
from .save import save


class NothingReadable(FeedError):
    message = gettext_noop(
        "Not one of the %(count)d rounds in the feed could be read: %(reason)s Its format may have changed. "
        "The record stays as it is."
    )


def read_feed(content):
    """The feed in these bytes; a FeedError says what is wrong with them."""
    rows = CategoryRoundName.objects.values_list("name", "language", "category__slug")
    found = reader.read(content, with_categories(rows))
    if not found.records:
        raise NothingReadable(count=len(found.refused), reason=found.refused[0].reason)
    return found


def compare_with_record(rounds):
    """What differs now, the rules that the database would name put in words."""
    found = compare_with_feed(rounds, CurrentRecord())
    found.refused = [replace(row, reason=reason_text(row.reason)) for row in found.refused]
    return found


def reason_text(reason):
    """The sentence for the name of a rule; any other reason is a sentence already."""
    return reason if " " in reason else str(constraint_messages.message_of(reason))


def begin(content, read_from, user=None, complete_to=None):
    """A new import of these bytes, compared and stored, and its rounds: None where the feed can't be read."""
    new = Import(made_by=user, complete_to=complete_to, **read_from)
    try:
        rounds = read_feed(content)
    except FeedError as fault:
        return failed(new, fault), None
    new.difference = compare_with_record(rounds)
    new.content, new.outcome = content, Outcome.WAITING
    if not new.difference.rows:
        new.finish(Outcome.UNCHANGED, user)
    new.save()
    record_check(new, rounds)
    return new, rounds


def failed(new, fault, keep=True):
    """An import of which only the fault is kept."""
    new.fault = printable(_(fault.message) % fault.params)
    new.finish(Outcome.FAILED, new.made_by)
    if keep:
        new.save()
    return new


class Stale(Exception):
    """Rows that are no longer as they were when they were looked at."""

    def __init__(self, numbers):
        self.numbers = numbers
        super().__init__(", ".join(numbers))


def recompare(waiting):
    """Compare anew: what was saved stays listed, all else is as it is now. The rounds of the feed are the answer."""
    rounds, before = read_feed(waiting.content), waiting.difference
    fresh = compare_with_record(rounds)
    saved = [row for row in before.rows if row.saved]
    fresh.rows = saved + [row for row in fresh.rows if row.number not in {one.number for one in saved}]
    fresh.unchanged -= len(saved)
    waiting.difference = fresh
    return rounds


def save_rows(waiting, numbers, publish=False, user=None, cause=Cause.OFFICIAL):
    """Save these rows of a waiting import if they are still as they were shown; answers with how many were saved."""
    shown = waiting.difference.open
    rounds = recompare(waiting)
    now = waiting.difference.open
    if stale := [number for number in numbers if number in shown and shown[number] != now.get(number)]:
        raise Stale(stale)
    return save_open(waiting, rounds, numbers, publish, user, cause)


def save_open(waiting, rounds, numbers, publish=False, user=None, cause=Cause.OFFICIAL):
    """Save these rows of an import just compared; what the public sees is changed only by publishing."""
    wanted = set(numbers)
    rows = [
        row for number, row in waiting.difference.open.items() if number in wanted and (publish or not row.guarded)
    ]
    save(rows, waiting, publish, user, cause)
    mark_saved(waiting, {row.number for row in rows}, user)
    record_check(waiting, rounds)
    return len(rows)


def mark_saved(waiting, numbers, user):
    found = waiting.difference
    found.rows = [replace(row, saved=row.saved or row.number in numbers) for row in found.rows]
    waiting.difference = found
    if not found.open:
        waiting.finish(Outcome.SAVED, user)
    waiting.save()


def record_check(done, rounds):
    """The record is complete to a day when every round of that day's feed is public and none waits."""
    if not done.complete_to or done.outcome == Outcome.WAITING:
        return
    public = set(Draw.objects.published().values_list("number", flat=True))
    newest = Draw.objects.published().filter(date__lte=done.complete_to).first()
    if rounds.numbers - public or newest is None or newest.number not in rounds.numbers:
        return
    seen = {"newest_number": newest.number, "records": len(rounds.numbers)}
    if not FeedCheck.objects.filter(checked_on=done.complete_to, **seen).exists():
        FeedCheck.objects.update_or_create(checked_on=done.complete_to, defaults=seen | done.read_from)


def compare_again(waiting, user=None):
    """Bring a waiting import up to date with the record; it is finished where nothing is left to save."""
    rounds = recompare(waiting)
    found = waiting.difference
    if not found.open:
        waiting.finish(Outcome.SAVED if found.rows else Outcome.UNCHANGED, user)
    waiting.save()
    record_check(waiting, rounds)


def supersede_older(new):
    """Of imports made by the command only the newest counts; one that waits with the same difference stays."""
    by_command = Q(made_by=new.made_by) | Q(made_by=None)
    older = Import.objects.filter(by_command, source=new.source).exclude(pk=new.pk)
    waiting = older.filter(outcome=Outcome.WAITING)
    same = next((one for one in waiting if new.outcome == Outcome.WAITING and one.difference == new.difference), None)
    if same:
        new.delete()
        return same
    waiting.update(outcome=Outcome.REPLACED, packed=None, finished_at=timezone.now())
    if new.outcome == Outcome.UNCHANGED:
        older.filter(outcome=Outcome.UNCHANGED).delete()
    return new
