from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from editing import audit, second_factor, sign_in

admin.site.unregister(User)


@admin.register(User)
class EditorAdmin(UserAdmin):
    """Users; a superuser lets somebody who lost the phone or the password begin anew."""

    guide = "roles"
    list_display = ["username", "email", "groups_held", "is_superuser", "is_active", "has_second_factor", "last_login"]
    list_filter = ["groups", "is_superuser", "is_active"]
    actions = ["make_password_links", "remove_second_factor"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "totpdevice_set")

    @admin.display(description=_("groups"))
    def groups_held(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, user):
        return any(device.confirmed for device in user.totpdevice_set.all())

    @admin.action(description=_("Make links to set a new password"), permissions=["change"])
    def make_password_links(self, request, queryset):
        if not request.user.is_superuser:
            raise PermissionDenied
        users = [user for user in queryset if user.is_active]
        for user in users:
            audit.note("link for a new password made", user, request)
            self.log_change(request, user, str(_("Made a link for a new password")))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Links to set a new password"),
            "links": [(user, sign_in.new_password_link(request, user)) for user in users],
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }
        return TemplateResponse(request, "admin/new_password_links.html", context)

    @admin.action(description=_("Remove the second factor of the selected users"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        if not request.user.is_superuser:
            raise PermissionDenied
        for user in queryset:
            second_factor.remove(user)
            audit.note("second factor removed", user, request)
            self.log_change(request, user, str(_("Removed the second factor")))
        self.message_user(request, _("They set it up anew at their next sign-in."), messages.SUCCESS)
