import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from draws.feed import fetch, sources
from draws.feed.file import FeedError
from draws.importing import runs
from draws.importing.lock import Busy, only_one
from draws.importing.models import Import, Outcome
from draws.importing.wording import lines, spans
from editing.constraint_messages import message_of
from editing.days import canadian_day
from editing.roles import operator

UNREADABLE, BUSY, REFUSED, STOPPED = 1, 3, 4, 130  # 2 is a wrong option, as everywhere
STEPS = 3


class UnreadableFile(FeedError):
    message = "%(fault)s"


def day(text):
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is not a date like 2026-10-09") % {"text": text}) from None
    if found > canadian_day():
        raise ArgumentTypeError(_("%(text)s is yet to come") % {"text": text})
    return found


class Command(BaseCommand):
    help = "Compare the official feed of rounds with the record, print every difference, and save them all or none."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", default=settings.FEED_URL, metavar="PATH_OR_URL")
        parser.add_argument("--dry-run", action="store_true", help="Print what would be done, and do nothing.")
        publishing = parser.add_mutually_exclusive_group()
        publishing.add_argument(
            "--publish", action="store_true", help="Make all of it public at once; otherwise new draws are drafts."
        )
        publishing.add_argument(
            "--ask", action="store_true", help="Ask at the terminal whether to publish; without one, leave drafts."
        )
        parser.add_argument(
            "--complete-to",
            type=day,
            metavar="DATE",
            help="The feed in a file is the official one as of this day, so the record is complete to then.",
        )

    def handle(self, *args, source, complete_to, verbosity, **options):
        self.progress = tqdm(total=STEPS, desc=_("Reading"), leave=False, disable=None if verbosity else True)
        self.verbosity, self.shown = verbosity, None
        is_address = source.lower().startswith(("https://", "http://"))
        if source == settings.FEED_URL:
            complete_to = complete_to or canadian_day()
        of_file = sources.of_file(Path(source).name, is_official=bool(complete_to))
        read_from = sources.of_address(source) if is_address else of_file
        try:
            with self.progress:
                done = self.run(source, is_address, read_from, complete_to, options)
        except Busy:
            raise CommandError(_("Another import is at work. Wait for it to end."), returncode=BUSY) from None
        except KeyboardInterrupt:
            raise CommandError(_("Stopped: nothing was saved."), returncode=STOPPED) from None
        except (IntegrityError, ValidationError) as fault:
            said = message_of(fault) if isinstance(fault, IntegrityError) else " ".join(fault.messages)
            raise CommandError(_("Nothing was saved: %(fault)s") % {"fault": said}, returncode=REFUSED) from None
        if done.outcome == Outcome.FAILED:
            raise CommandError(done.fault, returncode=UNREADABLE)
        self.tell(done, options)

    def run(self, source, is_address, read_from, complete_to, options):
        """The import; all that it writes is one transaction, taken back on a dry run."""
        try:
            fetched = self.content(source, is_address)
        except FeedError as fault:
            failed = Import(complete_to=None, **read_from)
            return runs.failed(failed, fault, keep=not options["dry_run"])
        self.step(_("Comparing"))
        asks = options["ask"] and not options["dry_run"] and self.at_terminal()
        publish = options["publish"] or (asks and self.is_agreed(fetched))
        with only_one(), transaction.atomic():
            user = None if options["dry_run"] else operator()
            done = self.compare_and_save(fetched, read_from, complete_to, publish, user)
            transaction.set_rollback(options["dry_run"])
        if is_address and done.outcome != Outcome.FAILED and not options["dry_run"]:
            fetch.keep(fetched, settings.FEED_FOLDER)
        return done

    def at_terminal(self):
        return sys.stdin is not None and sys.stdin.isatty() and self.stdout.isatty()

    def is_agreed(self, fetched):
        """Print what differs and ask; nothing is locked meanwhile, so what is saved is compared with it again."""
        try:
            self.shown = runs.compare_with_record(runs.read_feed(fetched.content))
        except FeedError:  # told when it is read to be saved
            return False
        self.progress.clear()
        self.tell_findings(self.shown)
        if not self.shown.rows:
            return False
        question = _(
            "Make this public? Otherwise new draws stay drafts, and changes of public ones wait in the admin. [y/N] "
        )
        try:
            return input(question).strip().lower() in ("y", "yes")
        except EOFError:  # the end of what is typed is no answer
            self.stdout.write("")
            return False

    def content(self, source, is_address):
        if is_address:
            return fetch.fetch(source, settings.FEED_FOLDER, by_operator=True)
        try:
            with open(source, "rb") as file:
                return fetch.Fetched(source, file.read(fetch.MAX_BYTES + 1))
        except (OSError, ValueError) as fault:
            raise UnreadableFile(fault=_("The file cannot be read: %(fault)s") % {"fault": fault}) from None

    def compare_and_save(self, fetched, read_from, complete_to, publish, user):
        done, rounds = runs.begin(fetched.content, read_from, user, complete_to)
        if self.shown not in (None, done.difference):
            raise ValidationError(_("the record changed meanwhile. Start again to see what differs now."))
        self.step(_("Saving"))
        if done.outcome == Outcome.WAITING:
            runs.save_open(done, rounds, [*done.difference.open], publish, user)
        self.step(_("Done"))
        return runs.supersede_older(done)

    def step(self, name):
        self.progress.update()
        self.progress.set_description(name)

    def tell(self, done, options):
        found = done.difference
        if self.shown is None:
            self.tell_findings(found)
        if waiting := [row.number for row in found.open.values()]:
            self.stdout.write(
                _("Changes of published draws wait in the admin for somebody who may publish: %(numbers)s")
                % {"numbers": ", ".join(waiting)}
            )
        if found.vanished and done.complete_to:
            said = _("The feed lacks draws that are recorded here: %(numbers)s. Look at it before you trust it.")
            self.stderr.write(said % {"numbers": spans(found.vanished)})
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was saved."))
        self.stdout.write(str(done.summary))

    def tell_findings(self, found):
        if self.verbosity:
            for line in lines(found):
                self.stdout.write(line)
