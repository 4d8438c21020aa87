"""A unit group as this record showed it at a moment: its lists, its draws, and what the programs said of it."""

from functools import cached_property

from editing.ledger.write import key_of

from .shortlist.as_known import ShortlistAsKnown


class OccupationAsKnown:
    """What this record showed of one unit group, as a shortlist of it has it."""

    def __init__(self, code, day, form):
        self.table = ShortlistAsKnown([code], day, form.today, form.moment)

    @cached_property
    def listed_in(self):
        return {facts["edition"] for facts in self.table.facts["listing"].values()}

    @cached_property
    def editions(self):
        """Those of each category that has ever listed it; ``lists_it`` tells which did."""
        slugs = {key.partition("/")[0] for key in self.listed_in}
        found = [row for row in self.table.editions if row.category.slug in slugs]
        for row in found:
            row.lists_it = key_of(row) in self.listed_in
        return found

    @property
    def draws(self):
        """The draws up to the day whose list named it, newest first."""
        return [draw for draw in self.table.held if key_of(draw.edition) in self.listed_in]

    @property
    def listings(self):
        return self.table.listings

    @property
    def rules(self):
        return self.table.rules

    @property
    def differences(self):
        return self.table.differences
