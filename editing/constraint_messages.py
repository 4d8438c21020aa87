"""What the database's rules say when they refuse a row, in words for the person who entered it."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from .apps import CONTENT_APPS

CODE_STAYS = _(
    "A code never changes: addresses, lists and links know the row by it. Add a row with the right code, "
    "and delete this one if nothing needs it."
)
LEDGER_STAYS = _("The ledger is only added to: what this record once showed the public stays in it.")
EDITION_STAYS = _("A published edition keeps its address. Publish another, and withdraw this one with a reason.")
RULES = {
    "edition_not_overlapping": _(
        "Another edition of this category is in force on some of these days. Give that one an end first, "
        "or start this one later."
    ),
    "edition_covers_its_draws": _(
        "A draw of this edition would lie outside its dates. Move the draw to another edition first, "
        "or choose dates that cover it."
    ),
    "draw_edition_in_force": _(
        "The edition was not in force on the day of the draw. Choose the edition of that day, "
        "or correct the dates of the edition first."
    ),
    "draw_public_after_its_edition": _(
        "The edition is not published by then, and the page of the draw leads to it. Publish the edition first."
    ),
    "edition_public_before_its_draws": _(
        "Public draws lead to this edition. Withdraw them first, or leave the edition public."
    ),
    "draw_tie_break_not_after_day": _(
        "The tie-break lies after the day of the draw. Profiles submitted before it were invited, so it lies before."
    ),
    "draw_time_near_date": _(
        "The time (UTC) is not on the date of the draw, nor in the night after it. Correct one of the two."
    ),
    "ledgerentry_stays": LEDGER_STAYS,
    "ledgerentry_not_deleted": LEDGER_STAYS,
    "ledgerentry_in_order": LEDGER_STAYS,
    "ledgerentry_whole_second": _("The ledger counts whole seconds."),
    "edition_published_not_deleted": _(
        "A published edition is not deleted: links lead to it. Withdraw it with a reason, then delete the draft."
    ),
    "edition_published_stays": EDITION_STAYS,
    "listing_published_not_deleted": _(
        "An occupation leaves a published list only with a reason, which readers are told. Say what happened, and why."
    ),
    "listing_published_stays": _(
        "A row of a published list stays the same occupation on the same list. Add the right one, and remove this one "
        "with a reason."
    ),
    "occupation_code_stays": CODE_STAYS,
    "occupationgroup_code_stays": CODE_STAYS,
    "program_code_stays": CODE_STAYS,
}
HELD_FROM_THEN = _("There is already such a row from that day. Change it, or give another first day.")
UNKNOWN = _("The database refused this row: %(fault)s. Nothing was saved.")


def chosen(name, field, values, sentence):
    """The rule that a field has one of these values; the sentence says what to choose."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": values}), name=name, violation_error_message=sentence
    )


def not_doubled(name, fields, sentence):
    """The rule that no two rows have the same in these fields; the sentence says what to do instead."""
    return models.UniqueConstraint(*fields, name=name, violation_error_message=sentence)


def message_of(fault):
    """The sentence for an IntegrityError: of the rule that it names, or of the columns that must differ."""
    text = str(fault)
    known = RULES | {rule.name: rule.get_violation_error_message() for rule in constraints()}
    for name in sorted(known, key=len, reverse=True):
        if name in text:
            return str(known[name])
    return UNKNOWN % {"fault": text.splitlines()[0]}


def constraints():
    return [rule for label in CONTENT_APPS for model in apps.get_app_config(label).get_models()
            for rule in model._meta.constraints]  # fmt: skip
