"""Sign-in to the admin: too many wrong passwords from one address, and links by which a user sets a new one."""

from ipaddress import ip_network

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.db.models import Sum
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from . import audit
from .middleware import is_address, plain


def counted_address(request):
    """Where a wrong password came from: of IPv6 the network, of which one subscriber has every address."""
    given = request.META.get("REMOTE_ADDR", "")
    if not is_address(given):
        return None
    address = plain(given)
    return str(address if address.version == 4 else ip_network((address, 64), strict=False).network_address)


def fails_too_often(request):
    """Whether this address gave too many wrong passwords lately, for whatever names."""
    lately = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(ip_address=counted_address(request), attempt_time__gte=lately)
    failures = attempts.aggregate(count=Sum("failures_since_start"))["count"] or 0
    return failures >= settings.SIGN_IN_FAILURES_PER_ADDRESS


def new_password_link(request, user):
    """An address that sets a new password once, within ``PASSWORD_RESET_TIMEOUT`` seconds."""
    args = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    return request.build_absolute_uri(reverse("admin:new_password", args=args))


class NewPasswordView(PasswordResetConfirmView):
    """Sets the password of whoever has a link from a superuser, and unlocks the name."""

    template_name = "admin/new_password.html"
    success_url = reverse_lazy("admin:login")
    site = None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.site.each_context(self.request), **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        reset(username=self.user.get_username())
        audit.note("password set by link", self.user, self.request)
        messages.success(self.request, _("Your new password is set: sign in with it."))
        return response
