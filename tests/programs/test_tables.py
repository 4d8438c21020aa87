from datetime import date

from programs.models import Amount, Program, Requirement
from programs.tables import amount_table, comparison, proposals

FSW, CEC = Program(pk=1, code="FSW"), Program(pk=2, code="CEC")


def rule(program, topic, key="a"):
    return Requirement(program=program, topic=topic, key=key, in_short_en=f"{program.code} {topic}")


def amount(item, year, dollars, note="", position=0):
    day = date(year, 4, 30)
    return Amount(item=item, label_en=item.title(), dollars=dollars, valid_from=day, note=note, position=position)


def test_comparison_has_a_cell_for_each_program_and_no_empty_topic():
    rules = [rule(CEC, "language"), rule(FSW, "experience"), rule(CEC, "experience")]

    rows = [(str(row.label), row.rules) for row in comparison([FSW, CEC], rules)]

    assert rows == [("Work experience", [[rules[1]], [rules[2]]]), ("Language", [[], [rules[0]]])]


def test_proposals_name_each_change_once():
    rules = [rule(FSW, "other", "one-class"), rule(FSW, "points", "end"), rule(CEC, "other", "one-class")]

    changes = [(change.rule, change.programs) for change in proposals(rules)]

    assert changes == [(rules[0], [FSW, CEC]), (rules[1], [FSW])]


def test_amount_table_leaves_what_is_not_held_empty():
    old, new, biometrics = amount("adult", 2024, 950), amount("adult", 2026, 990), amount("eyes", 2026, 85, position=1)

    table = amount_table([biometrics, old, new])

    assert table.columns == [new, old]
    assert table.rows == [("Adult", [new, old]), ("Eyes", [biometrics, None])]


def test_amount_table_says_whose_note_it_is():
    amounts = [
        amount("one", 2026, 1, "May be old"),
        amount("two", 2026, 2, "May be old"),
        amount("child", 2026, 3, "One note"),
    ]

    assert amount_table(amounts).notes == [("", "May be old", "en"), ("Child", "One note", "en")]
