from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from draws.charts import builders
from draws.invitations import total
from draws.models import Draw, PoolSnapshot
from editing.pages.breadcrumbs import breadcrumbs
from programs.scores import ScoreForm

from . import ranges


def current(request):
    return show(request, PoolSnapshot.objects.published().first(), _("Pool"))


def dated(request, day):
    snapshot = PoolSnapshot.objects.on(day)
    return show(request, snapshot, (_("Pool"), reverse("pool:current")), date_format(snapshot.as_on))


def show(request, snapshot, *steps):
    """One distribution, or the words that none is held."""
    form = ScoreForm.asked_by(request)
    context = {"snapshot": snapshot, "form": form, "crumbs": breadcrumbs(*steps)}
    if snapshot:
        snapshots = list(PoolSnapshot.objects.published())
        place = snapshots.index(snapshot)
        before = snapshots[place + 1] if place + 1 < len(snapshots) else None
        repeated = ranges.repeats(snapshot, before)
        context |= {
            "rows": list(ranges.rows(snapshot, None if repeated else before)),
            "before": before,
            "repeated": repeated,
            "after": snapshots[place - 1] if place else None,
            "newest": snapshots[0],
            "history": history(snapshots),
            "chart": builders.pool_history(snapshots),
            "histogram": builders.distribution(snapshot, form),
            "draws": Draw.objects.published()
            .filter(pool=snapshot)
            .prefetch_related("programs")
            .select_related("edition__category"),
            **change_since(snapshot, before),
        }
        if form.score is not None:
            context |= {"score": form.score, "standing": ranges.standing_above(snapshot, form.score)}
            context["estimate"] = ranges.estimated_above(snapshot, form.score)
    return render(request, "draws/pool.html", context)


def change_since(snapshot, before):
    """The change of the total, the invitations issued in between, and the change with those counted back in."""
    if before is None:
        return {}
    between = Draw.objects.published().filter(date__gte=before.as_on, date__lt=snapshot.as_on)
    invited = total(between)
    change = snapshot.total - before.total
    return {"change": change, "invited_between": invited, "change_without_invitations": change + invited.known}


def history(snapshots):
    """Every snapshot with the figures of the history table, newest first."""
    return [
        (row, ranges.count(row, 501, 1200), ranges.count(row, 451, 500), ranges.count(row, 401, 450))
        for row in snapshots
    ]
