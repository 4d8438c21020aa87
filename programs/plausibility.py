"""What is hard to believe of a fee or an amount, beside the one before it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from editing.pages.typography import money

FACTOR = 3  # no amount has ever been tripled, or cut to a third, by the next


def doubts_about_amount(dollars: int, before: int | None, valid_from: date, today: date) -> Iterator[str]:
    """Sentences on an amount; nothing is announced more than two years ahead."""
    if before and not before <= dollars * FACTOR <= before * FACTOR**2:
        yield _("%(now)s: the amount before it was %(before)s.") % {"now": money(dollars), "before": money(before)}
    if valid_from.year > today.year + 2:
        yield _("It is valid from %(date)s, which is years ahead.") % {"date": valid_from}
