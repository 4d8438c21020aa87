"""The insights of a draw in words: one plain sentence each, with links to the draws it speaks of."""

from datetime import date

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.formats import date_format, localize
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from editing.days import OTTAWA, canadian_day

from .invitations import Total
from .models import LETTERS, Kind, Missing
from .pool import ranges

TIES_BROKEN_FROM = date(2017, 6, 6)


def nth(number):
    """An ordinal as it stands before "draw": in French before the feminine "ronde"."""
    if get_language() == "fr":
        return "1re" if number == 1 else f"{localize(number)}e"
    return ordinal(number)


def link(draw):
    return format_html('<a href="{}">{}</a>', draw.get_absolute_url(), _("draw %(number)s") % {"number": draw.number})


def stream(draw):
    """What a draw is counted with, as a noun without article."""
    if draw.kind == Kind.CATEGORY:
        return _("draw in the category %(name)s") % {"name": draw.category.name}
    if draw.kind == Kind.PROGRAM:
        return _("draw for the %(name)s") % {"name": draw.stream_name}
    return _("general draw")


def place(insights):
    before = insights.previous_alike
    if not before:
        return format_html(_("The first {stream}."), stream=stream(insights.draw))
    words = {"place": nth(insights.place), "stream": stream(insights.draw), "before": link(before)}
    days = insights.days_since
    if not days:
        return format_html(_("The {place} {stream}, on the same day as the previous one, {before}."), **words)
    sentence = ngettext(
        "The {place} {stream}, {days} day after the previous one, {before} ({date}).",
        "The {place} {stream}, {days} days after the previous one, {before} ({date}).",
        days,
    )
    return format_html(sentence, days=localize(days), date=date_format(before.date), **words)


def dates(draw):
    """Whose date is whose, where the department's is not the day of the draw time in Ottawa."""
    if draw.drawn_at is None or canadian_day(draw.drawn_at) == draw.date:
        return ""
    moment = draw.drawn_at.astimezone(OTTAWA)
    words = {"date": date_format(draw.date), "day": date_format(moment), "time": date_format(moment, "H:i")}
    return (
        _("%(date)s is the department’s date for this draw; its draw time fell on %(day)s at %(time)s in Ottawa.")
        % words
    )


def double_number(draw):
    """Why the last number is lower than the number of draws: 91 was given twice."""
    number = draw.number.rstrip(LETTERS)
    if number == draw.number:
        return ""
    return _(
        "The department gave the number %(number)s to two draws and told them apart by letters. "
        "From here on, a draw’s number is one less than its place among all draws."
    ) % {"number": number}


def records(insights):
    sentences = {
        "lowest": _("No {stream} has had a lower cut-off so far."),
        "highest": _("No {stream} has had a higher cut-off so far."),
        "most": _("No {stream} has issued more invitations so far."),
        "fewest": _("No {stream} has issued fewer invitations so far."),
    }
    of_stream = [name for name in insights.stream_records if name not in insights.records]
    return [
        *(format_html(sentences[name], stream=_("draw of any kind")) for name in insights.records),
        *(format_html(sentences[name], stream=stream(insights.draw)) for name in of_stream),
    ]


def comparisons(insights):
    """The cut-off against the draw before of its stream, of any category, and open to all programs."""
    roles = {}
    for other, role in [
        (insights.previous_alike, _("the previous %(stream)s") % {"stream": stream(insights.draw)}),
        (insights.previous_category, earlier_category(insights.previous_category)),
        (insights.previous_general, _("the previous general draw")),
    ]:
        if other and (other != insights.previous_category or insights.draw.kind == Kind.CATEGORY):
            roles.setdefault(other, role)
    known = [(other, role) for other, role in roles.items() if other.cutoff is not None]
    return [comparison(insights.draw, *pair) for pair in known] if insights.draw.cutoff is not None else []


def earlier_category(other):
    """The category-based draw before, with its category, which may be another one, as it was named that day."""
    return (
        _("the previous category-based draw, for “%(category)s”") % {"category": other.edition.name} if other else ""
    )


def comparison(draw, other, role):
    points = draw.cutoff - other.cutoff
    words = {"other": link(other), "date": date_format(other.date), "role": role}
    scores = {"points": abs(points), "here": draw.cutoff, "there": other.cutoff}
    if not points:
        return format_html(_("The same as in {other} ({date}), {role}: {here}."), **words, **scores)
    if points > 0:
        sentence = ngettext(
            "{points} point higher than in {other} ({date}), {role}: {here} after {there}.",
            "{points} points higher than in {other} ({date}), {role}: {here} after {there}.",
            points,
        )
    else:
        sentence = ngettext(
            "{points} point lower than in {other} ({date}), {role}: {here} after {there}.",
            "{points} points lower than in {other} ({date}), {role}: {here} after {there}.",
            -points,
        )
    return format_html(sentence, **words, **scores)


def nomination(draw):
    """Why the cut-offs of nominees stand so high."""
    if draw.kind != Kind.PROGRAM or draw.stream.code != "PNP":
        return ""
    return _("Every candidate in this draw holds a provincial nomination, which alone adds 600 points to the score.")


def its_week(insights):
    words = {"monday": date_format(insights.monday), "sunday": date_format(insights.sunday)}
    if insights.week_draws == 1:
        return _("The only draw of its week, Monday, %(monday)s to Sunday, %(sunday)s.") % words
    words["draws"] = localize(insights.week_draws)
    words["invitations"] = str(insights.week_invitations)
    if insights.week_invitations.unknown:
        return (
            _(
                "In its week, Monday, %(monday)s to Sunday, %(sunday)s, there were %(draws)s draws. "
                "Invitations issued: %(invitations)s."
            )
            % words
        )
    return (
        _(
            "In its week, Monday, %(monday)s to Sunday, %(sunday)s, %(draws)s draws issued "
            "%(invitations)s invitations in all."
        )
        % words
    )


def its_year(insights):
    words = {"place": nth(insights.year_draws), "year": str(insights.draw.date.year)}
    if insights.year_invitations.unknown:
        sentence = _("The {place} draw of {year}. Invitations issued in the year so far: {total}.")
        return format_html(sentence, total=insights.year_invitations, **words)
    total = insights.year_invitations.known
    sentence = ngettext(
        "The {place} draw of {year}, bringing the year’s total to {total} invitation.",
        "The {place} draw of {year}, bringing the year’s total to {total} invitations.",
        total,
    )
    return format_html(sentence, total=localize(total), **words)


def year_in_doubt(insights, disputed):
    """The year's total as it would be where another source is right about the size of a draw."""
    total = insights.year_invitations.known
    sentence = _('If the other source on <a href="{url}">draw {number}</a> is right, it is {total}.')
    return [
        format_html(
            sentence, url=row.get_absolute_url(), number=row.draw.number, total=localize(total + row.difference)
        )
        for row in disputed
        if row.difference
    ]


def tie_break(draw):
    """What the tie-breaking rule means for a profile at the cut-off."""
    words = {"cutoff": draw.cutoff}
    if draw.cutoff is None:
        return ""
    if draw.tie_break:
        words["moment"] = date_format(draw.tie_break, "DATETIME_FORMAT")
        return (
            _(
                "Of the profiles with exactly %(cutoff)s points, only those submitted before "
                "%(moment)s UTC were invited."
            )
            % words
        )
    if draw.tie_break_missing == Missing.NOT_HELD:
        return _("It is not recorded here, so the outcome at exactly %(cutoff)s points cannot be determined.") % words
    words["day"] = date_format(TIES_BROKEN_FROM)
    if draw.date < TIES_BROKEN_FROM:
        return (
            _(
                "The rule was introduced on %(day)s, after this draw, so the outcome at exactly "
                "%(cutoff)s points cannot be determined."
            )
            % words
        )
    return _("None was published, so the outcome at exactly %(cutoff)s points cannot be determined.") % words


def its_pool(draw, draws_since):
    """How many were in the pool before the draw, whom other draws invited since, and where the cut-off fell."""
    if not draw.pool:
        return []
    words = {"total": localize(draw.pool.total), "date": link_to_pool(draw.pool)}
    total = format_html(
        ngettext(
            "On {date}, the last count before the draw, {total} candidate was in the pool.",
            "On {date}, the last count before the draw, {total} candidates were in the pool.",
            draw.pool.total,
        ),
        **words,
    )
    return [total, *since_count(draws_since), *([] if draw.cutoff is None else [at_cutoff(draw)])]


def since_count(draws):
    """The draws between the count and the draw: whom they invited is still in the figures."""
    if not draws:
        return []
    sentence = _("Draws between that count and this draw: {draws}. Invitations issued: {total}.")
    links = format_html_join(", ", "{}", ((link(draw),) for draw in draws))
    return [format_html(sentence, draws=links, total=Total.of([draw.invitations for draw in draws]))]


def at_cutoff(draw):
    low, high = ranges.range_of(draw.cutoff)
    here = ranges.count(draw.pool, low, high)
    words = {
        "here": localize(here),
        "above": localize(ranges.count(draw.pool, high + 1, 1200)),
        "range": f"{low}–{high}",
        "cutoff": draw.cutoff,
    }
    return (
        ngettext(
            "%(here)s of them was in the range %(range)s, which includes the cut-off of %(cutoff)s, "
            "and %(above)s in the ranges above it.",
            "%(here)s of them were in the range %(range)s, which includes the cut-off of %(cutoff)s, "
            "and %(above)s in the ranges above it.",
            here,
        )
        % words
    )


def link_to_pool(snapshot):
    return format_html('<a href="{}">{}</a>', snapshot.get_absolute_url(), date_format(snapshot.as_on))


def today(insights):
    """How the list of the draw's day stands against today's."""
    if insights.is_list_in_force:
        return _("This list is still in force.")
    if not insights.edition_today:
        return _("This category has no list in force today.")
    gone, total = len(insights.delisted), len(insights.listings)
    words = {"gone": gone, "total": total, "url": insights.edition_today.get_absolute_url()}
    if not gone:
        return format_html(_('All of them are on <a href="{url}">today’s list</a> too.'), **words)
    sentence = ngettext(
        'Of these {total} occupations, {gone} is no longer on <a href="{url}">today’s list</a>.',
        'Of these {total} occupations, {gone} are no longer on <a href="{url}">today’s list</a>.',
        gone,
    )
    return format_html(sentence, **words)
