"""From the history of a draw: one tick makes a public correction of a figure that was changed after publication."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.csrf import csrf_protect

from draws.models import Correction, Draw, DrawField, Missing, Origin, PoolSnapshot
from editing.days import canadian_day
from editing.facts import facts
from editing.history import CHANGED
from editing.records import Status
from editing.review import may_change, may_publish
from programs.models import Program

# Facts that readers see, by the name of the column.
PUBLIC = {
    "name_en": DrawField.NAME,
    "date": DrawField.DATE,
    "drawn_at": DrawField.DRAWN_AT,
    "invitations": DrawField.INVITATIONS,
    "cutoff": DrawField.CUTOFF,
    "tie_break": DrawField.TIE_BREAK,
    "programs": DrawField.PROGRAMS,
    "pool": DrawField.POOL_DATE,
}
SOURCE = ["evidence", "source", "source_fr", "source_url", "checked_on"]
LONGEST = Correction._meta.get_field("new_value").max_length


def correctable(record, differences):
    """What a version changed of a draw that was public already."""
    before = record.prev_record
    if record.history_type != CHANGED or before is None or before.status != Status.PUBLISHED:
        return []
    return [one for one in differences if one.field in PUBLIC]


def as_text(name, values):
    """A fact as a correction holds it, which the pages put in the reader's words."""
    value = values[name]
    if name == "programs":
        return ", ".join(Program.objects.filter(pk__in=value).values_list("name_en", flat=True))
    if value in (None, ""):
        with override("en"):
            return str(Missing(values.get(f"{name}_missing") or Missing.NOT_PUBLISHED).label)
    if name == "pool":
        pool = PoolSnapshot.objects.filter(pk=value).first()
        return str((pool or PoolSnapshot.history.filter(id=value).latest()).as_on)
    return str(value)[:LONGEST]


def correct(record, name, origin, note, user):
    """The correction for a fact that the version changed; None where the public was told that day already."""
    old, new, day = facts(record.prev_record), facts(record), canadian_day(record.history_date)
    draw = Draw.objects.get(pk=record.id)
    earlier = Correction.objects.filter(draw=draw, field=PUBLIC[name], first_seen_new=day).first()
    if earlier:
        return follow(earlier, as_text(name, new), origin, note, user) if facts(draw)[name] == new[name] else None
    row = Correction(
        draw=draw,
        field=PUBLIC[name],
        origin=origin,
        old_value=as_text(name, old),
        new_value=as_text(name, new),
        last_seen_old=day,
        first_seen_new=day,
        only_wording=False,
        note_en=note,
        status=first_status(user),
        **{field: getattr(draw, field) for field in SOURCE},
    )
    row._change_reason = _("From the history of the draw")
    row.full_clean()
    row.save()
    return row


def first_status(user):
    return Status.PUBLISHED if may_publish(user, Correction) else Status.REVIEW


def follow(earlier, value, origin, note, user):
    """A fact that changes twice in one day is one correction, none if it changes back; a withdrawn one begins anew."""
    is_withdrawn = earlier.status == Status.DRAFT
    if (value == earlier.new_value and not is_withdrawn) or not may_change(user, earlier):
        return None
    earlier._change_reason = _("From the history of the draw")
    if value == earlier.old_value:
        earlier.delete()
        return earlier
    earlier.new_value, earlier.origin, earlier.note_en = value, origin, note or earlier.note_en
    earlier.status = first_status(user) if is_withdrawn else earlier.status
    earlier.full_clean()
    earlier.save()
    return earlier


class HistoryCorrections:
    """Adds the ticks to the history of draws."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.correct_view)
        own = path("<int:pk>/history/<int:record_id>/correct/", view, name=self.page_name("correct"))
        return [own, *super().get_urls()]

    def described(self, row, found):
        return [
            one | {"correctable": correctable(one["record"], one["differences"]), "origins": Origin.choices}
            for one in found
        ]

    @method_decorator(csrf_protect)
    def correct_view(self, request, pk, record_id):
        if request.method != "POST" or not request.user.has_perm("draws.add_correction"):
            raise PermissionDenied
        record = get_object_or_404(Draw.history, id=pk, history_id=record_id)
        if record.prev_record is None or record.prev_record.status != Status.PUBLISHED:
            raise PermissionDenied
        origin, note = request.POST.get("origin", Origin.OFFICIAL), request.POST.get("note", "").strip()
        wanted = [name for name in request.POST.getlist("fact") if name in PUBLIC]
        try:
            with transaction.atomic():
                rows = [row for name in wanted if (row := correct(record, name, origin, note, request.user))]
        except ValidationError as fault:
            for sentence in fault.messages:
                self.message_user(request, sentence, messages.ERROR)
        else:
            self.message_user(request, said(rows), messages.SUCCESS if rows else messages.WARNING)
        return redirect(self.address("history", pk))


def said(rows):
    if not rows:
        return _("No correction was made: tick a fact that has none of that day yet.")
    rows = [row for row in rows if row.pk]
    if not rows:
        return _("The fact is as it was before that day: its correction was taken back.")
    return how_many(len(rows), rows[0].status == Status.PUBLISHED)


def how_many(count, are_public):
    if are_public:
        words = ngettext("%(count)s correction is public.", "%(count)s corrections are public.", count)
    else:
        words = ngettext(
            "%(count)s correction waits for a publisher.", "%(count)s corrections wait for a publisher.", count
        )
    return words % {"count": count}
