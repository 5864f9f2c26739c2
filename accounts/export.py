"""The copy of everything stored about one learner."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.timezone import now

from accounts.models import Learner, User
from accounts.signals import personal_data


def personal_copy(learner: Learner) -> dict[str, Any]:
    """Return everything stored about a learner, for ``DjangoJSONEncoder``; secrets are named, not given.

    The apps above add their rows by ``personal_data``. Two of them under one name is a mistake:
    ``ValueError``. Of an account that has left no mark yet there is only the account.
    """
    copy: dict[str, Any] = {"made_at": now()}
    if learner.user is not None:
        copy["account"] = _account(learner.user)
    if learner.is_stranger:
        return copy
    copy["learner"] = _learner(learner)
    answer: Any
    for _receiver, answer in personal_data.send(sender=Learner, learner=learner):
        for name, rows in [answer] if isinstance(answer, tuple) else answer or []:
            if name in copy:
                raise ValueError(f"Two receivers of personal_data answer with {name!r}.")
            copy[name] = rows if isinstance(rows, dict) else list(rows)
    return copy


def _learner(learner: Learner) -> dict[str, Any]:
    return {
        "public_id": learner.public_id,
        "timezone": learner.timezone,
        "since": learner.created_at,
        "last_mark": learner.last_seen_at,
        "merged_guests": list(learner.merged_from.values_list("public_id", flat=True)),
    }


def _account(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "since": user.date_joined,
        "last_sign_in": user.last_login,
        "roles": [name for name in ("is_staff", "is_superuser") if getattr(user, name)],
        "groups": list(user.groups.values_list("name", flat=True)),
        "second_factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "sessions": list(
            UserSession.objects.filter(user=user).values("ip", "user_agent", "created_at", "last_seen_at")
        ),
    }
