"""How fresh each kind of data is, and what of it is missing, asked of the database."""

from django.db.models import Count, DateField, Max, Q, Value
from django.utils.translation import gettext_lazy as _

from draws.models import Correction, Discrepancy, Draw, Missing, PoolSnapshot
from editing.records import State
from occupations.models import Edition, Exclusion, FormerCode, Occupation, OccupationTitle
from programs.models import Amount, Milestone, PointGrid, Requirement

SURE = Q(state__in=[State.IN_FORCE, State.PAST])

# Key: words, model, the newest date that its rows speak of, and what that date is.
SOURCED = {
    "draws": (_("Draws"), Draw, Max("date"), _("latest draw")),
    "pool": (_("Pool by score range"), PoolSnapshot, Max("as_on"), _("latest snapshot")),
    "discrepancies": (_("Discrepancies between sources"), Discrepancy, Max("draw__date"), _("latest draw with one")),
    "corrections": (_("Changes of the official record"), Correction, Max("first_seen_new"), _("latest change seen")),
    "editions": (_("Editions of categories"), Edition, Max("effective_from"), _("newest edition in force from")),
    "requirements": (
        _("Requirements of programs"), Requirement, Max("known_true_on", filter=SURE), _("latest known true"),
    ),
    "grids": (_("Point grids and language tables"), PointGrid, Max("known_true_on"), _("latest known true")),
    "amounts": (_("Fees and proof of funds"), Amount, Max("valid_from"), _("newest amounts recorded from")),
    "milestones": (_("Milestones"), Milestone, Max("date", filter=SURE), _("latest that is not only reported")),
}  # fmt: skip
NOC = {
    "occupations": (_("Unit groups of NOC 2021"), Occupation),
    "titles": (_("Job titles of NOC 2021"), OccupationTitle),
    "exclusions": (_("Pairs of unit groups that NOC 2021 keeps apart"), Exclusion),
    "former": (_("Former codes, NOC 2016 to 2021"), FormerCode),
}


def freshness():
    """Rows of every kind: words, how many, the newest date and what it is, and the newest check of a source."""
    parts = [counted(key, model.objects.published(), newest) for key, (_w, model, newest, _d) in SOURCED.items()]
    parts += [counted(key, model.objects.all()) for key, (_w, model) in NOC.items()]
    found = {key: values for key, *values in parts[0].union(*parts[1:], all=True)}
    for key, (words, *_rest, what) in SOURCED.items():
        count, newest, checked = found[key]
        yield {"words": words, "count": count, "newest": newest, "what": what, "checked": checked}
    for key, (words, _model) in NOC.items():
        yield {"words": words, "count": found[key][0], "newest": None, "what": "", "checked": None}


def counted(key, rows, newest=None):
    nothing = Value(None, DateField())  # the classification has neither dates nor checks of its own
    checked = Max("checked_on") if newest else nothing
    named = rows.order_by().annotate(part=Value(key)).values("part")
    counts = named.annotate(count=Count("pk"), newest=newest or nothing, checked=checked)
    return counts.values_list("part", "count", "newest", "checked")


def not_held():
    """Draws whose time, or whose pool, was published but is not recorded here."""
    anything = Q(drawn_at_missing=Missing.NOT_HELD) | Q(pool_missing=Missing.NOT_HELD)
    draws = list(Draw.objects.published().filter(anything).order_by("sequence"))
    return {
        "times": [draw for draw in draws if draw.drawn_at_missing == Missing.NOT_HELD],
        "pools": [draw for draw in draws if draw.pool_missing == Missing.NOT_HELD],
    }


def not_published():
    """How many draws have no published tie-break or pool."""
    fields = ["tie_break", "pool"]
    counts = {name: Count("pk", filter=Q(**{f"{name}_missing": Missing.NOT_PUBLISHED})) for name in fields}
    return Draw.objects.published().aggregate(**counts)
