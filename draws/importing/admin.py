"""The import page of the admin: hand in the feed, look at what differs, tick rows, save them."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.feed import fetch
from draws.feed.file import FeedError
from draws.models import Correction, Draw, PoolSnapshot
from editing.admin.cause import CAUSE, CauseForm
from editing.constraint_messages import message_of
from editing.ledger.models import Cause
from editing.records import Status
from editing.review import TRANSITIONS
from editing.roles import may_publish

from . import runs
from .forms import FETCH, ImportForm
from .lock import Busy, only_one
from .models import Import, Outcome
from .pages import import_page

SAVED_TABLES = (Draw, PoolSnapshot, Correction)


def may_save(user):
    return all(
        user.has_perm(f"draws.{verb}_{name}") for verb in ("add", "change") for name in ("draw", "poolsnapshot")
    )


def may_save_and_publish(user):
    return may_save(user) and all(may_publish(user, model) for model in SAVED_TABLES)


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin):
    guide = "draw-day"
    list_display = ["made_at", "outcome", "summary", "source", "made_by"]
    list_filter = ["outcome"]
    list_select_related = ["made_by"]
    list_per_page = 50
    date_hierarchy = "made_at"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("packed")

    def has_add_permission(self, request):
        return super().has_add_permission(request) and may_save(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_save(request.user)

    def page(self, request, template, title, **context):
        shared = {"opts": self.opts, "title": title, "guide": self.guide}
        context = {**self.admin_site.each_context(request), **shared, **context}
        return TemplateResponse(request, f"admin/draws/{template}", context)

    def add_view(self, request, form_url="", extra_context=None):
        """Hand in the feed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        form = (
            ImportForm(request.POST, request.FILES) if posted else ImportForm(initial={"address": settings.FEED_URL})
        )
        if posted and form.is_valid() and (made := self.begin(request, form)):
            return redirect(made)
        return self.page(request, "import_add.html", _("Import the feed of rounds"), form=form, address=FETCH)

    def begin(self, request, form):
        """The new import, or None with the fault beside the field."""
        try:
            fetched, read_from, complete_to = form.fetched()
            runs.read_feed(fetched.content)
        except FeedError as fault:
            return form.add_error(form.field_at_fault(), _(fault.message) % fault.params)
        with transaction.atomic():
            made, _rounds = runs.begin(fetched.content, read_from, request.user, complete_to)
            self.log_addition(request, made, str(made.summary))
        if fetched.url:
            fetch.keep(fetched, settings.FEED_FOLDER)
        return made

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What differs; with POST, save what is ticked."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Import.objects.defer("packed"), pk=object_id if object_id.isdecimal() else None)
        if request.method == "POST":
            if not self.has_change_permission(request, found):
                raise PermissionDenied
            self.act(request, found)
            return redirect(found)
        saves = self.has_change_permission(request, found) and found.outcome == Outcome.WAITING
        publishes = saves and may_save_and_publish(request.user)
        names = request.user.has_perm("occupations.add_categoryroundname")
        context = import_page(found, request.GET.get("tick", "new"), saves, publishes, names)
        context["cause"] = CauseForm(initial={CAUSE: Cause.OFFICIAL})[CAUSE]
        return self.page(request, "import_preview.html", _("Import of %(when)s") % {"when": found},
                         original=found, **context)  # fmt: skip

    def act(self, request, found):
        """Do what the button says, or say in words why not."""
        action = {"again": self.recompare, "aside": self.set_aside}.get(request.POST.get("action"), self.save)
        try:
            with only_one(), transaction.atomic():
                locked = Import.objects.select_for_update().get(pk=found.pk)
                if locked.outcome != Outcome.WAITING:
                    messages.warning(request, _("This import is finished; nothing more was saved."))
                    return
                action(request, locked)
        except Busy:
            messages.error(request, _("Another import is at work. Try again in a minute."))
        except runs.Stale as stale:
            self.tell_stale(request, found, stale)
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        except IntegrityError as fault:
            messages.error(request, message_of(fault))

    def save(self, request, waiting):
        publish = request.POST.get("action") == "publish"
        if publish and not may_save_and_publish(request.user):
            raise PermissionDenied
        numbers = request.POST.getlist("row")
        cause = Cause.OURS if request.POST.get(CAUSE) == Cause.OURS else Cause.OFFICIAL
        count = runs.save_rows(waiting, numbers, publish, request.user, cause)
        if not count:
            messages.warning(request, _("Nothing was saved: tick the draws to save."))
            return
        said = ngettext("%(count)d draw was saved.", "%(count)d draws were saved.", count)
        if request.POST.get("action") == "submit" and self.submit(request, waiting, numbers):
            said = ngettext(
                "%(count)d draw was saved and submitted for review.",
                "%(count)d draws were saved and submitted for review.",
                count,
            )
        said %= {"count": count}
        self.log_change(request, waiting, said)
        messages.success(request, said)
        if not publish and any(row.guarded and row.number in numbers for row in waiting.difference.open.values()):
            messages.warning(request, _("Changes of published draws are saved only with “Save and publish”."))

    def submit(self, request, waiting, numbers):
        """Submit what was saved of these draws; answers with whether all of them went, after saying which did not."""
        saved = {row.number for row in waiting.difference.rows if row.saved}.intersection(numbers)
        drafts = Draw.objects.filter(number__in=saved, status=Status.DRAFT).select_related("pool", "edition__category")
        page, step = self.admin_site.get_model_admin(Draw), TRANSITIONS["submit"]
        left = [(draw, why) for draw in drafts if (why := page.transition(request, draw, step))]
        for draw, why in left:
            said = _("%(row)s stays as it is. %(why)s") % {"row": draw, "why": why}
            messages.error(request, said)
        return not left

    def recompare(self, request, waiting):
        runs.compare_again(waiting, request.user)
        messages.success(request, _("Compared with the record as it is now."))

    def set_aside(self, request, waiting):
        waiting.finish(Outcome.SET_ASIDE, request.user)
        waiting.save()
        self.log_change(request, waiting, _("Set aside"))
        messages.success(request, _("The import was set aside; what it found stays listed."))

    def tell_stale(self, request, found, stale):
        with transaction.atomic():
            runs.compare_again(Import.objects.select_for_update().get(pk=found.pk), request.user)
        messages.error(
            request,
            _(
                "Nothing was saved: since this list was made the record has changed at draw %(numbers)s. "
                "The list below is new; tick again what shall be saved."
            )
            % {"numbers": ", ".join(stale.numbers)},
        )
