"""Who may do what: editors write and submit, publishers also publish; neither sees users or permissions."""

from django.apps import apps as installed

from .apps import CONTENT_APPS

EDITORS = "Editors"
PUBLISHERS = "Publishers"
OPERATOR = "operator"


def operator():
    """The author of what commands write: nobody who can sign in; made when it is first needed."""
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    unusable = {"is_active": False, "password": make_password(None)}
    return User.objects.get_or_create(username=OPERATOR, defaults=unusable)[0]


def grant_permissions(app_config, using, apps=installed, **kwargs):
    """Give both groups their permissions on an app's tables, and no others; laid after every migration."""
    from django.contrib.auth.management import create_permissions

    create_permissions(app_config, using=using, apps=apps, verbosity=0)
    try:
        Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # one app alone was migrated, into an empty database
        return
    held = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    writing = held.filter(codename__in=editors_codenames(app_config))
    for name, permissions in [(EDITORS, writing), (PUBLISHERS, held)]:
        group, _made = Group.objects.using(using).get_or_create(name=name)
        group.permissions.remove(*group.permissions.filter(pk__in=held).exclude(pk__in=permissions))
        group.permissions.add(*permissions)


def editors_codenames(app_config):
    """What editors may do with the tables of an app: a table can say less than writing."""
    return [
        f"{verb}_{model._meta.model_name}"
        for model in app_config.get_models()
        for verb in getattr(model, "editors_may", ("add", "change", "delete", "view"))
    ]


def content_configs():
    return [installed.get_app_config(label) for label in CONTENT_APPS]


def may_publish(user, model):
    """Whether the user may publish rows of the model, or change those that are published."""
    opts = model._meta
    return user.has_perm(f"{opts.app_label}.publish_{opts.model_name}")


def may_publish_anything(user):
    return any(".publish_" in permission for permission in user.get_all_permissions())


def may_write(user):
    """Whether the user may change any content at all."""
    return any(user.has_module_perms(label) for label in CONTENT_APPS)
