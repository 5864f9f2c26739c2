"""What accounts does when somebody signs in or out, or gets or loses a role."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set, user_signed_up
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import audit
from accounts.adapter import account_meant
from accounts.identity import attach_account, forget_guest
from accounts.models import User

_ROLES = ("is_active", "is_staff", "is_superuser")
_GROUP_CHANGES = {"post_add": "joined", "post_remove": "left", "pre_clear": "left all"}


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """From here on this request is the account's."""
    attach_account(request, user)
    audit.record("sign-in", user=user)


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Leave nothing of a person in this browser, the guest who may lie beside the session included."""
    attach_account(request, None)
    forget_guest(request)
    if user is not None:
        audit.record("sign-out", user=user)


@receiver(user_login_failed, dispatch_uid="accounts.sign_in_failed")
def sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Name the account that was tried, never what was typed."""
    audit.record("sign-in-failed", user=account_meant(credentials))


@receiver(user_signed_up, dispatch_uid="accounts.signed_up")
def signed_up(user: User, **kwargs: Any) -> None:
    """Somebody made an account."""
    audit.record("sign-up", user=user)


@receiver([password_changed, password_set, password_reset], dispatch_uid="accounts.password")
def password_is_new(user: User, **kwargs: Any) -> None:
    """Django ends every other session of the account: their hash no longer fits."""
    audit.record("password-change", user=user)


@receiver([authenticator_added, authenticator_removed], dispatch_uid="accounts.second_factor")
def second_factor_changed(user: User, **kwargs: Any) -> None:
    """Somebody strengthened or weakened a sign-in."""
    audit.record("second-factor-change", user=user, added=kwargs.get("signal") is authenticator_added)


@receiver(pre_save, sender=User, dispatch_uid="accounts.roles_before")
def remember_roles(instance: User, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """Note what the account may do so far; a sign-in, which saves its own time only, costs nothing."""
    if update_fields is not None and update_fields.isdisjoint(_ROLES):
        instance.roles_before = None  # type: ignore[attr-defined]
        return
    before = User.objects.filter(pk=instance.pk).values(*_ROLES).first() if instance.pk else None
    instance.roles_before = before or {  # type: ignore[attr-defined]
        "is_active": True,
        "is_staff": False,
        "is_superuser": False,
    }


@receiver(post_save, sender=User, dispatch_uid="accounts.roles_after")
def roles_changed(instance: User, **kwargs: Any) -> None:
    """Leave a line when an account may do more or less than before, through whichever door."""
    before = getattr(instance, "roles_before", None)
    if before is None:
        return
    changes = {
        name: getattr(instance, name)
        for name in _ROLES
        if bool(getattr(instance, name)) != bool(before[name])
    }
    if changes:
        audit.record("role-change", user=instance, **changes)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="accounts.groups")
def groups_changed(
    instance: User | Group, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """The same for groups, whether given to a user or filled from the group's side."""
    change = _GROUP_CHANGES.get(action)
    if change is None or pk_set == set():
        return
    given, own = sorted(pk_set or ()), [instance.pk]
    accounts, groups = (given, own) if reverse else (own, given)
    names = sorted(Group.objects.filter(pk__in=groups).values_list("name", flat=True))
    audit.record("role-change", change=change, accounts=accounts, groups=names)
