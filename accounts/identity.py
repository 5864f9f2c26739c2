"""Who sends this request, as a learner; and whether the answer may be shared between people."""

import uuid
from typing import cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Learner, User

_SALT = "accounts.learner-cookie"


def is_personal(request: HttpRequest) -> bool:
    """Whether the request carries a session or learner cookie; the one rule for views and for caches."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or settings.LEARNER_COOKIE_NAME in request.COOKIES


def resolve_learner(request: HttpRequest) -> Learner:
    """Return who learns here: the account's learner, the cookie's guest, or a stranger (unsaved)."""
    if not is_personal(request):
        return Learner()
    user = request.user
    if user.is_authenticated:
        return account_learner(cast(User, user))
    return guest_of(request) or Learner()


def account_learner(user: User) -> Learner:
    """Return the learner of an account, or an unsaved one that belongs to it."""
    return Learner.objects.filter(user=user).first() or Learner(user=user)


def guest_of(request: HttpRequest) -> Learner | None:
    """Return the guest whose cookie this browser holds, if there is one; a forged cookie holds none."""
    value = request.COOKIES.get(settings.LEARNER_COOKIE_NAME)
    if not value:
        return None
    try:
        text = signing.Signer(salt=_SALT).unsign(value)
        public_id = uuid.UUID(hex=text)
    except (signing.BadSignature, ValueError):
        return None
    return Learner.objects.guests().filter(public_id=public_id).first()


def ensure_learner(request: HttpRequest) -> Learner:
    """Return the request's learner, saved: the first act that leaves a mark makes one.

    The middleware then sets the cookie of a new guest. Call inside the transaction of the act.
    """
    learner = request.learner
    if learner.pk is None:
        if learner.user_id is not None:
            learner, _created = Learner.objects.get_or_create(user_id=learner.user_id)
        else:
            learner = Learner.objects.create()
            request.new_guest = learner
        request.learner = learner
    Learner.objects.filter(pk=learner.pk).update(last_seen_at=timezone.now())
    return learner


def set_guest_cookie(response: HttpResponse, learner: Learner) -> None:
    """Remember a guest in this browser, signed and out of reach of scripts."""
    response.set_cookie(
        settings.LEARNER_COOKIE_NAME,
        signing.Signer(salt=_SALT).sign(learner.public_id.hex),
        max_age=settings.LEARNER_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_guest_cookie(response: HttpResponse) -> None:
    """Forget the guest in this browser; the rows stay until they are merged or expire."""
    response.delete_cookie(settings.LEARNER_COOKIE_NAME, samesite="Lax")
