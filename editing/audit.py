"""Who signed in, and who may do what: written to the log "audit", and where a user is known to the admin's log."""

import logging

from axes.signals import user_locked_out
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, pre_save
from django.dispatch import receiver
from simple_history.models import HistoricalRecords

log = logging.getLogger("audit")
POWERS = ("is_active", "is_staff", "is_superuser", "password")


def note(event, user, request=None):
    """One line, and one entry in the log of the admin."""
    log.info("%s: user %s from %s", event, user, address(request))
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, event, single_object=True)


def address(request):
    return request.META.get("REMOTE_ADDR", "–") if request is not None else "–"


def actor():
    """Who makes the request of the moment, where there is one."""
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else "a command"


@receiver(user_logged_in)
def signed_in(request, user, **kwargs):
    note("signed in", user, request)


@receiver(user_logged_out)
def signed_out(request, user, **kwargs):
    if user is not None:
        note("signed out", user, request)


@receiver(user_login_failed)
def failed(credentials, request=None, **kwargs):
    log.warning("sign-in failed: name %r from %s", str(credentials.get("username"))[:150], address(request))


@receiver(user_locked_out)
def locked_out(username, ip_address, **kwargs):
    log.warning("locked out: name %r from %s", str(username)[:150], ip_address)


@receiver(pre_save, sender=User)
def powers_change(instance, **kwargs):
    """What a user may do at all; the password itself is never written down."""
    before = User.objects.filter(pk=instance.pk).values(*POWERS).first() if instance.pk else {}
    if before is None or not instance.pk:
        log.info("user added: %s by %s", instance, actor())
        return
    changed = [name for name in POWERS if before[name] != getattr(instance, name)]
    if changed:
        said = [name if name == "password" else f"{name}={getattr(instance, name)}" for name in changed]
        log.info("user changed: %s by %s: %s", instance, actor(), ", ".join(said))


@receiver(post_delete, sender=User)
def user_deleted(instance, **kwargs):
    log.info("user deleted: %s by %s", instance, actor())


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def permissions_change(instance, action, model, pk_set, **kwargs):
    if action in ("post_add", "post_remove") and pk_set and actor() != "a command":
        names = ", ".join(str(row) for row in model.objects.filter(pk__in=pk_set))
        log.info("%s of %s by %s: %s", action.removeprefix("post_"), instance, actor(), names)
    elif action == "pre_clear":
        log.info("clear of %s by %s: all", instance, actor())
