"""The group *Instructors*: what its members may see and change in the admin."""

from collections.abc import Iterable

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.db.models.signals import post_migrate

from accounts.models import User

GROUP = "Instructors"


def connect(config: AppConfig) -> None:
    """Have every ``migrate`` see to the group; permissions exist from then on only."""
    post_migrate.connect(_after_migrate, sender=config, dispatch_uid="accounts.instructors")


def _after_migrate(using: str, **kwargs: object) -> None:
    make_group(using)


def make_group(using: str = "default") -> Group:
    """Make the group, or give it what it lacks; what an operator granted besides stays.

    ``settings.INSTRUCTORS_MAY`` says what: app labels, or single models as ``label.model``, by action.
    """
    for label in {name.split(".")[0] for names in settings.INSTRUCTORS_MAY.values() for name in names}:
        # Django makes an app's permissions after that app's own signal, which may come later than this one.
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    group, _created = Group.objects.using(using).get_or_create(name=GROUP)
    wanted = Permission.objects.using(using).filter(_granted(settings.INSTRUCTORS_MAY.items()))
    group.permissions.add(*wanted)
    return group


def _granted(rules: Iterable[tuple[str, Iterable[str]]]) -> Q:
    granted = Q(pk=None)
    for action, names in rules:
        for name in names:
            label, _dot, model = name.partition(".")
            if model:
                granted |= Q(content_type__app_label=label, codename=f"{action}_{model}")
            else:
                granted |= Q(content_type__app_label=label, codename__startswith=f"{action}_")
    return granted


def is_instructor(user: User) -> bool:
    """Whether an account is a member of the group and may enter the admin."""
    return user.is_staff and user.groups.filter(name=GROUP).exists()


def appoint(user: User) -> bool:
    """Make an account an instructor; False when it was one already."""
    if is_instructor(user):
        return False
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(make_group())
    return True


def dismiss(user: User) -> bool:
    """Take the role back; False when the account did not have it. A superuser keeps the admin."""
    if not user.groups.filter(name=GROUP).exists():
        return False
    user.groups.remove(*user.groups.filter(name=GROUP))
    if not user.is_superuser:
        user.is_staff = False
        user.save(update_fields=["is_staff"])
    return True
