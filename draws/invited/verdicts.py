"""A profile against many draws: what invited.py decides for one."""

from collections import Counter, defaultdict

from draws.exports import with_program_codes
from draws.models import Draw
from occupations.models import Listing

from .rules import CandidateProfile, CategoryRules, DrawFacts, decide


def chosen_draws(kind="", category="", since=None, to=None):
    """Public draws by kind, category slug and Canadian date, newest first."""
    wanted = {
        "kind": kind or None,
        "edition__category__slug": category or None,
        "date__gte": since,
        "date__lte": to,
    }
    draws = Draw.objects.published().filter(**{name: value for name, value in wanted.items() if value is not None})
    return draws.select_related("edition__category")


def verdicts(profile: CandidateProfile, draws):
    """Each draw with its verdict, in the order of the draws."""
    draws = with_program_codes(list(draws))
    rules = category_rules({draw.edition_id: draw.edition for draw in draws if draw.edition_id})
    return [(draw, decide(profile, as_round(draw, rules.get(draw.edition_id)))) for draw in draws]


def category_rules(editions):
    """The rule of each edition, with the codes it lists, by one query."""
    listed = codes_by_edition(editions)
    return {
        pk: CategoryRules(
            listed=frozenset(listed[pk]) if pk in listed else None,
            minimum_nclc=edition.minimum_nclc,
            canadian_experience_required=edition.canadian_experience_required,
        )
        for pk, edition in editions.items()
    }


def codes_by_edition(editions):
    listed = defaultdict(set)
    for edition, code in Listing.objects.filter(edition__in=editions).values_list("edition_id", "occupation__code"):
        listed[edition].add(code)
    return listed


def as_round(draw, category):
    return DrawFacts(
        date=draw.date,
        programs=frozenset(draw.program_codes),
        cutoff=draw.cutoff,
        tie_break=draw.tie_break,
        drawn_at=draw.drawn_at,
        category=category,
    )


def tally(decided):
    """How many draws had each outcome; those where only the score is known to be enough are apart."""
    outcomes = Counter("unchecked" if only_by_score(verdict) else verdict.outcome for _, verdict in decided)
    return {name: outcomes[name] for name in ("invited", "unchecked", "not_invited", "unknown")}


def only_by_score(verdict):
    """Whether the score was enough, but nobody said that the draw covered the candidate."""
    return verdict.outcome == "invited" and bool(verdict.unchecked)
