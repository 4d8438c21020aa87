"""The record's rows set side by side: programs by topic, amounts by date."""

from dataclasses import dataclass

from .models import Requirement


@dataclass(frozen=True)
class TopicRules:
    """A row of the comparison: for each program its rules on one topic."""

    label: str
    rules: list


def comparison(programs, requirements):
    """Topics in their usual order, each with the rules of every program; topics without any rule are left out."""
    rows = []
    for value, label in Requirement.Topic.choices:
        rules = [
            [rule for rule in requirements if rule.topic == value and rule.program == program] for program in programs
        ]
        if any(rules):
            rows.append(TopicRules(label, rules))
    return rows


@dataclass(frozen=True)
class Proposal:
    """A proposed or reported change and the programs that it touches."""

    rule: Requirement
    programs: list


def proposals(requirements):
    """Each change once, though it is held for every program that it touches."""
    by_key = {}
    for rule in requirements:
        by_key.setdefault(rule.key, []).append(rule)
    return [Proposal(rules[0], [rule.program for rule in rules]) for rules in by_key.values()]


@dataclass(frozen=True)
class AmountTable:
    """Amounts of one table: a column for each date, newest first, and None where no amount is held."""

    columns: list  # an amount of that date, which carries its source
    rows: list  # label, amounts
    notes: list  # label or nothing, note, its language


def amount_table(amounts):
    amounts = sorted(amounts, key=lambda amount: amount.position)
    dates = sorted({amount.valid_from for amount in amounts}, reverse=True)
    held = {(amount.item, amount.valid_from): amount for amount in amounts}
    items = {amount.item: amount.label for amount in amounts}
    columns = [next(amount for amount in amounts if amount.valid_from == date) for date in dates]
    rows = [(label, [held.get((item, date)) for date in dates]) for item, label in items.items()]
    return AmountTable(columns, rows, notes(amounts))


def notes(amounts):
    """Each note once, with the label of its amount where it is the note of one amount only."""
    labels = {}
    for amount in amounts:
        if amount.note:
            labels.setdefault((amount.note_text, amount.note_language), set()).add(str(amount.label))
    return [(found.pop() if len(found) == 1 else "", *note) for note, found in labels.items()]
