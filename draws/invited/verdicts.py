"""A profile against many draws: what invited.py decides for one."""

from collections import Counter, defaultdict

from draws.exports import with_program_codes
from draws.models import Draw
from draws.streams.queries import fetch_programs
from occupations.models import Listing

from .rules import CandidateProfile, CategoryRules, DrawFacts, decide


def all_draws():
    """Every public draw, newest first, with what its verdict asks."""
    draws = with_program_codes(list(Draw.objects.published().select_related("edition__category")))
    fetch_programs(draws)
    return draws


def chosen_draws(draws, kind="", category="", since=None, to=None):
    """Of the draws those of a kind, of a category by its address, and of a span of Canadian dates."""
    return [
        draw
        for draw in draws
        if kind in ("", draw.kind)
        and (not category or (draw.category and draw.category.slug == category))
        and (since or draw.date) <= draw.date <= (to or draw.date)
    ]


def verdicts(profile: CandidateProfile, draws, rules):
    """Each draw with its verdict, in the order of the draws."""
    return [(draw, decide(profile, as_round(draw, rules.get(draw.edition_id)))) for draw in draws]


def rules_of(draws, editions=()):
    """The rules of the editions under which draws were held, and of others."""
    held = {draw.edition_id: draw.edition for draw in draws if draw.edition_id}
    return category_rules(held | {edition.pk: edition for edition in editions})


def category_rules(editions):
    """The rule of each edition, with the codes it lists, by one query."""
    listed = codes_by_edition(editions)
    return {
        pk: CategoryRules(
            listed=frozenset(listed[pk]) if pk in listed else None,
            minimum_nclc=edition.minimum_nclc,
            canadian_experience_required=edition.canadian_experience_required,
            recruits_only=edition.service_years is not None,
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
