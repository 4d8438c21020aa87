"""A score against each stream that may invite the profile: the last cut-off, and how it would have gone lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.models import Draw, Kind
from draws.streams.queries import LATELY, LatestDraws, Stream, grouped, latest_draws

from .rules import CandidateProfile, coverage, not_said
from .verdicts import as_round


@dataclass(frozen=True)
class StreamAnswer:
    """What the last draws of a stream say to a score."""

    stream: Stream
    latest: LatestDraws
    is_in_use: bool
    distance: int | None  # points above the last cut-off, negative below; None where it was not published
    enough: int  # of the last draws, those whose cut-off the score reaches
    count: int  # of the last draws, those with a published cut-off
    nearest: Draw | None  # of those it does not reach, the one with the lowest cut-off
    unchecked: tuple[str, ...]


def answer_by_stream(profile: CandidateProfile, on: date, draws, editions, rules) -> list[StreamAnswer]:
    """The streams that may invite the profile by their rules of that day: what it is sure to be in first.

    A category stands among them while it has a rule in force, the others for two years after their last draw.
    ``draws`` are all public ones, newest first, ``editions`` those in force, ``rules`` theirs by their keys.
    """
    today = {edition.category.slug: rules[edition.pk] for edition in editions}
    found = [stream_answer(profile, stream, held[: LATELY + 1], today, on) for stream, held in grouped(draws)]
    return sorted(filter(None, found), key=place)


def place(answer):
    """Sure ones first, then those in use, those of which less is unchecked, and the highest above the cut-off."""
    unchecked = len(answer.unchecked)
    return bool(unchecked), not answer.is_in_use, unchecked, answer.distance is None, -(answer.distance or 0)


def stream_answer(profile, stream, draws, rules, on):
    """The answer of one stream; None where it is closed, or closed to the profile."""
    latest, rule = latest_draws(draws), rules.get(stream.slug)
    facts = as_round(draws[0], rule)
    is_open = rule if stream.kind == Kind.CATEGORY else latest.is_in_use(on)
    if not is_open or coverage(profile, facts):
        return None
    known = [draw for draw in draws[:LATELY] if draw.cutoff is not None]
    missed = [draw for draw in known if draw.cutoff > profile.crs]
    return StreamAnswer(
        stream=stream,
        latest=latest,
        is_in_use=latest.is_in_use(on),
        distance=None if latest.last.cutoff is None else profile.crs - latest.last.cutoff,
        enough=len(known) - len(missed),
        count=len(known),
        nearest=min(missed, key=lambda draw: draw.cutoff, default=None),
        unchecked=not_said(profile, facts),
    )


def distance_in_words(answer: StreamAnswer) -> str:
    """How far the score lies from the last cut-off."""
    if answer.distance is None:
        return _("The last cut-off was not published")
    words = {"points": localize(abs(answer.distance)), "cutoff": answer.latest.last.cutoff}
    if answer.distance == 0:
        return _("Exactly the last cut-off, %(cutoff)s: the tie-breaking rule decides") % words
    if answer.distance > 0:
        return (
            ngettext(
                "%(points)s point above the last cut-off, %(cutoff)s",
                "%(points)s points above the last cut-off, %(cutoff)s",
                answer.distance,
            )
            % words
        )
    return (
        ngettext(
            "%(points)s point below the last cut-off, %(cutoff)s",
            "%(points)s points below the last cut-off, %(cutoff)s",
            -answer.distance,
        )
        % words
    )


def lately_in_words(answer: StreamAnswer) -> str:
    """How many of the last draws the score reaches, the nearest that it does not, and how often they are held."""
    return " ".join([enough_in_words(answer), *nearest_in_words(answer), *gaps_in_words(answer)])


def enough_in_words(answer):
    words = {"enough": localize(answer.enough), "count": localize(answer.count)}
    if answer.count == 1:
        return _("Enough in its only draw.") if answer.enough else _("Not enough in its only draw.")
    if answer.enough == 0:
        return _("Enough in none of the last %(count)s draws.") % words
    if answer.enough == answer.count:
        return _("Enough in all of the last %(count)s draws.") % words
    return _("Enough in %(enough)s of the last %(count)s draws.") % words


def nearest_in_words(answer):
    if answer.nearest and answer.enough == 0 and answer.count > 1:
        words = {"cutoff": answer.nearest.cutoff, "date": date_format(answer.nearest.date)}
        yield _("The nearest cut-off was %(cutoff)s, on %(date)s.") % words


def gaps_in_words(answer):
    if not answer.is_in_use:
        yield _("Not drawn since %(date)s.") % {"date": date_format(answer.latest.last.date)}
    elif answer.latest.usual:
        yield _("Days from one draw to the next: %(median)s (median).") % {
            "median": localize(answer.latest.usual.whole_median)
        }
