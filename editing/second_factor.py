"""The second factor of the admin: a code from an authenticator app, or a recovery code kept on paper."""

import secrets
from base64 import b32encode

import segno
from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp import login, match_token, user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import audit
from .roles import may_publish_anything

RECOVERY_CODES = 10
APP, PAPER = "Authenticator app", "Recovery codes"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split()).lower()


def required_of(user):
    """Whoever can change what the public sees, where the setting says so."""
    return settings.REQUIRE_SECOND_FACTOR and (user.is_superuser or may_publish_anything(user))


def satisfied(user):
    """Whether the user has given the second factor, or needs none; who has set one up, always gives it."""
    return user.is_verified() or not (user_has_device(user) or required_of(user))


@never_cache
@csrf_protect
def page(request, site):
    """Set up, give, or renew the second factor, whichever comes next for this user."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse(f"{site.name}:login"))
    if user.is_verified():
        return renew(request, site)
    return ask_for_code(request, site) if user_has_device(user) else set_up(request, site)


def ask_for_code(request, site):
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(request.user, form.cleaned_data["code"])
        if device:
            login(request, device)
            audit.note("second factor given", request.user, request)
            return redirect(after(request, site))
        audit.note("second factor refused", request.user, request)
        form.add_error("code", _("That code does not fit. Each is good once; after wrong ones, wait a little."))
    return shown(request, site, "second_factor_give.html", _("Second factor"), form=form)


def set_up(request, site):
    device, _made = TOTPDevice.objects.get_or_create(user=request.user, confirmed=False, defaults={"name": APP})
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            return first_codes(request, site, device)
        form.add_error("code", _("That code does not fit. Check the clock of the phone, and try the next one."))
    key = b32encode(device.bin_key).decode()
    return shown(
        request,
        site,
        "second_factor_set_up.html",
        _("Set up your second factor"),
        form=form,
        key=" ".join(key[start : start + 4] for start in range(0, len(key), 4)),
        qr=segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=3),
    )


def first_codes(request, site, device):
    device.confirmed = True
    device.save()
    login(request, device)
    audit.note("second factor set up", request.user, request)
    return shown(request, site, "second_factor_codes.html", _("Your recovery codes"), codes=new_codes(request.user))


def renew(request, site):
    """Whoever is verified may have new recovery codes; the old ones are void then."""
    if request.method == "POST":
        audit.note("recovery codes renewed", request.user, request)
        return shown(
            request, site, "second_factor_codes.html", _("Your recovery codes"), codes=new_codes(request.user)
        )
    left = StaticToken.objects.filter(device__user=request.user).count()
    return shown(request, site, "second_factor_renew.html", _("Second factor"), left=left)


@transaction.atomic
def new_codes(user):
    device, _made = StaticDevice.objects.get_or_create(user=user, defaults={"name": PAPER})
    device.token_set.all().delete()
    codes = [secrets.token_hex(5) for _place in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def remove(user):
    """Let the user begin anew, after a lost phone."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def after(request, site):
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse(f"{site.name}:index")


def shown(request, site, template, title, **context):
    next_url = after(request, site)
    context = {**site.each_context(request), "title": title, "next_url": next_url, **context}
    return TemplateResponse(request, f"admin/{template}", context)
