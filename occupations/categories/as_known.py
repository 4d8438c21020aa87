"""The editions of a category, now or as this record showed them at a moment: rows that the pages take alike."""

from django.http import Http404
from django.utils.translation import gettext as _

from editing.ledger import read
from editing.ledger.models import LedgerEntry
from editing.ledger.rows import rebuilt
from occupations.models import Category, Edition, Listing, Occupation


class AsKnown:
    """What this record showed of a category at a moment."""

    def __init__(self, slug, moment):
        self.slug, self.moment = slug, moment

    def editions(self):
        """Newest first, as on the page of today."""
        categories = read.state("category", self.moment, keys=[self.slug])
        if not categories:
            raise Http404(_("There was no such category at that moment."))
        category = {key: rebuilt(Category, facts) for key, facts in categories.items()}
        found = read.state("edition", self.moment, within=f"{self.slug}/").values()
        rows = [rebuilt(Edition, facts, category=category) for facts in found]
        return sorted(rows, key=lambda one: one.effective_from, reverse=True)

    def listings(self, edition):
        """The list in the order of codes; titles of NOC are those of today."""
        found = read.state("listing", self.moment, within=f"{self.key(edition)}/")
        codes = {facts["occupation"] for facts in found.values()}
        named = {"occupation": Occupation.objects.in_bulk(codes, field_name="code")}
        rows = [rebuilt(Listing, facts, edition={facts["edition"]: edition}, **named)
                for facts in found.values() if facts["occupation"] in named["occupation"]]  # fmt: skip
        return sorted(rows, key=lambda one: one.occupation.code)

    def draws(self, edition):
        """The draws under it, newest first; draws know us, not we them."""
        model, key = Edition.draws.rel.related_model, self.key(edition)
        named = LedgerEntry.objects.of("draw").filter(facts__edition=key).values("key")
        found = [facts for facts in read.state("draw", self.moment, keys=named).values() if facts["edition"] == key]
        rows = [rebuilt(model, facts, edition={key: edition}) for facts in found]
        return sorted(rows, key=lambda one: (one.date, len(one.number), one.number), reverse=True)

    def key(self, edition):
        return f"{self.slug}/{edition.version}"
