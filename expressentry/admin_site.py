from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

ORDER = ["draws", "occupations", "programs", "editing", "auth"]


class RecordAdminSite(admin.AdminSite):
    site_header = site_title = _("Express Entry Record: editing")
    index_title = _("The record")
    empty_value_display = "–"

    def has_permission(self, request):
        from editing import second_factor

        return super().has_permission(request) and second_factor.satisfied(request.user)

    def login(self, request, extra_context=None):
        """Whoever has given a password only goes on to the second factor."""
        from editing import sign_in

        user = request.user
        if request.method == "GET" and user.is_active and user.is_staff and not self.has_permission(request):
            wanted = urlencode({"next": request.GET.get("next", reverse(f"{self.name}:index"))})
            return redirect(f"{reverse(f'{self.name}:second_factor')}?{wanted}")
        if request.method == "POST" and sign_in.fails_too_often(request):
            return render(request, settings.AXES_LOCKOUT_TEMPLATE, status=429)
        return super().login(request, extra_context)

    def get_app_list(self, request, app_label=None):
        """What editors work on comes first."""
        found = super().get_app_list(request, app_label)
        return sorted(
            found, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER)
        )

    def index(self, request, extra_context=None):
        from .dashboard import dashboard

        return super().index(request, {"dashboard": dashboard(request.user)} | (extra_context or {}))

    def get_urls(self):
        from editing import second_factor, sign_in
        from editing.admin import activity, guide, search

        def own(route, view, name):
            return path(route, self.admin_view(view), {"site": self}, name=name)

        return [
            own("search/", search.search_page, "search"),
            own("activity/", activity.activity_page, "activity"),
            own("guide/<slug:name>/", guide.guide_page, "guide"),
            path("language/", set_language, name="set_language"),
            path("second-factor/", second_factor.page, {"site": self}, name="second_factor"),
            path("new-password/<uidb64>/<token>/", sign_in.NewPasswordView.as_view(site=self), name="new_password"),
            *super().get_urls(),
        ]

    def register(self, model_or_iterable, admin_class=None, **options):
        """All but the tables of second factors: their secrets are for nobody's eyes."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        shown = [model for model in models if model._meta.app_label not in ("otp_totp", "otp_static")]
        super().register(shown, admin_class, **options)
