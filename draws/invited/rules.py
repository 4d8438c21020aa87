"""Would a profile have been invited? One verdict for one draw, from published facts alone.

The rules: the department invites by CRS order among candidates whom the round covers; at the cut-off only profiles
submitted before the tie-breaking moment. What nobody published, or the reader did not say, stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Literal

Outcome = Literal["invited", "not_invited", "unknown"]

# A draw held on a Canadian date ends at the latest with that day in the westernmost zone (UTC−8).
END_OF_DAY_IN_CANADA = timedelta(days=1, hours=8)
NOMINEES = frozenset({"PNP"})


@dataclass(frozen=True)
class CandidateProfile:
    """A candidate as far as the reader says; an empty set or None means not specified, never no."""

    crs: int
    submitted: datetime | None = None
    programs: frozenset[str] = frozenset()
    nocs: frozenset[str] = frozenset()
    french: int | None = None
    canadian_experience: bool | None = None
    military_recruit: bool | None = None


@dataclass(frozen=True)
class CategoryRules:
    """The rule of the edition in force on the day of a draw; ``listed`` is None where it has no occupation list."""

    listed: frozenset[str] | None = None
    minimum_nclc: int | None = None
    canadian_experience_required: bool = False
    recruits_only: bool = False  # of the Canadian Forces, who have served abroad


@dataclass(frozen=True)
class DrawFacts:
    """What decides in one draw; None means not published, or not recorded here."""

    date: date
    programs: frozenset[str]
    cutoff: int | None
    tie_break: datetime | None = None
    drawn_at: datetime | None = None
    category: CategoryRules | None = None


@dataclass(frozen=True)
class Verdict:
    """The outcome, the reason that decides it, and what could not be checked because the reader did not say."""

    outcome: Outcome
    reason: str
    unchecked: tuple[str, ...] = field(default=())


def decide(profile: CandidateProfile, draw: DrawFacts) -> Verdict:
    """Whether ``profile`` would have been invited in ``draw``, and why."""
    for question in (timing, coverage, by_score):
        verdict = question(profile, draw)
        if verdict is not None:
            return verdict
    raise AssertionError("by_score always answers")  # pragma: no cover


def timing(profile: CandidateProfile, draw: DrawFacts) -> Verdict | None:
    """A profile submitted after the draw was not in the pool; one of more than twelve months before had expired."""
    if profile.submitted is None:
        return None
    start = datetime.combine(draw.date, datetime.min.time(), timezone.utc)
    if expiry(profile.submitted) <= (draw.drawn_at or start):
        return Verdict("unknown", "profile_expired")
    if draw.drawn_at is not None:
        late = profile.submitted > draw.drawn_at
        return Verdict("not_invited", "submitted_after_draw") if late else None
    if profile.submitted >= start + END_OF_DAY_IN_CANADA:
        return Verdict("not_invited", "submitted_after_draw")
    return Verdict("unknown", "draw_time_not_known") if profile.submitted >= start else None


def expiry(submitted: datetime) -> datetime:
    """When a profile ends that nobody invited: after twelve months."""
    is_leap_day = (submitted.month, submitted.day) == (2, 29)
    return submitted.replace(year=submitted.year + 1, day=28 if is_leap_day else submitted.day)


def coverage(profile: CandidateProfile, draw: DrawFacts) -> Verdict | None:
    """Candidates of other programs, or outside the category, were not in this draw."""
    if not is_program_open(profile, draw) and not profile.programs & draw.programs:
        return Verdict("not_invited", "not_in_program")
    if draw.category and is_outside(profile, draw.category):
        return Verdict("not_invited", "not_in_category")
    return None


def is_program_open(profile: CandidateProfile, draw: DrawFacts) -> bool:
    """Whether the reader left open which program counts: a nominee also qualifies for one of the other three."""
    return not profile.programs or (profile.programs == NOMINEES and not NOMINEES & draw.programs)


def is_outside(profile: CandidateProfile, rule: CategoryRules) -> bool:
    """Whether what the profile says rules the category out; what it does not say rules out nothing."""
    return any(
        [
            rule.listed is not None and profile.nocs and not profile.nocs & rule.listed,
            rule.minimum_nclc is not None and profile.french is not None and profile.french < rule.minimum_nclc,
            rule.canadian_experience_required and profile.canadian_experience is False,
            rule.recruits_only and profile.military_recruit is False,
        ]
    )


def by_score(profile: CandidateProfile, draw: DrawFacts) -> Verdict:
    """The score against the cut-off, and at the cut-off the time of submission against the tie-break."""
    unchecked = not_said(profile, draw)
    if draw.cutoff is None:
        return Verdict("unknown", "cutoff_not_published", unchecked)
    if profile.crs != draw.cutoff:
        above = profile.crs > draw.cutoff
        return Verdict("invited", "score_above", unchecked) if above else Verdict("not_invited", "score_below")
    if draw.tie_break is None:
        return Verdict("unknown", "tie_break_not_published", unchecked)
    if profile.submitted is None:
        return Verdict("unknown", "submitted_not_given", unchecked)
    if profile.submitted < draw.tie_break:
        return Verdict("invited", "tie_break_before", unchecked)
    return Verdict("not_invited", "tie_break_after", unchecked)


def not_said(profile: CandidateProfile, draw: DrawFacts) -> tuple[str, ...]:
    """What the draw asks of a candidate and the reader did not say."""
    rule = draw.category or CategoryRules()
    missing = {
        "program": is_program_open(profile, draw),
        "noc": rule.listed is not None and not profile.nocs,
        "french": rule.minimum_nclc is not None and profile.french is None,
        "canadian_experience": rule.canadian_experience_required and profile.canadian_experience is None,
        "military": rule.recruits_only and profile.military_recruit is None,
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)
