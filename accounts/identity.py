"""Who sends this request, as a learner; and whether the answer may be shared between people.

Three kinds of people ask for pages: *strangers* without any cookie, *guests* with a signed learner cookie,
and *accounts* with a session. Whoever is signed in is the learner of that account and never the guest whose
cookie may lie beside the session: that guest waits until its owner is asked (``accounts.views.merge``).
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now

from accounts.models import Learner, User

_COOKIE_SALT = "accounts.learner-cookie"
_FORM_SALT = "accounts.learner-form"
_NOBODY = "-"
_CLOCK_DIFFERENCE = timedelta(minutes=1)
"""How far the clocks of two servers of one site may lie apart."""


class LearnerRequest(HttpRequest):
    """A request as views see it, behind the middleware: it knows its learner."""

    learner: Learner


class LearnerGone(Exception):
    """The learner of this request was merged or erased by another request meanwhile; answered with 409."""


# --- Who asks -----------------------------------------------------------------------------------


def is_personal(request: HttpRequest) -> bool:
    """Whether the request carries a session or learner cookie; the one rule for views and for caches."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or settings.LEARNER_COOKIE_NAME in request.COOKIES


def attach_learner(request: HttpRequest) -> None:
    """Give the request its ``learner``, found out when first asked."""
    request.learner = SimpleLazyObject(lambda: resolve_learner(request))  # type: ignore[attr-defined]


def attach_account(request: HttpRequest, user: User | None) -> None:
    """Change the request's learner in the middle of it: somebody signed in just now, or signed out."""
    learner = SimpleLazyObject(lambda: account_learner(user) if user else Learner())
    request.learner = learner  # type: ignore[attr-defined]


def resolve_learner(request: HttpRequest) -> Learner:
    """Return who learns here: the account's learner, the cookie's guest, or a stranger (unsaved)."""
    if not is_personal(request):
        return Learner()  # without looking at the session: a public page must not touch it
    if request.user.is_authenticated:
        return account_learner(request.user)
    return guest_of(request) or Learner()


def account_learner(user: User) -> Learner:
    """Return the learner of an account, or an unsaved one that belongs to it."""
    learner = Learner.objects.filter(user=user).first() or Learner()
    learner.user = user
    return learner


def ensure_learner(request: HttpRequest) -> Learner:
    """Return the request's learner, saved: the first act that leaves a mark makes one.

    The middleware then sets the cookie of a new guest. Call inside the transaction of the act: the learner's
    row stays locked until it ends, so that no merge passes between. Raises ``LearnerGone`` when one did.
    """
    learner = cast(LearnerRequest, request).learner
    if learner.is_stranger:
        created = True
        if learner.user_id is not None:
            learner, created = Learner.objects.get_or_create(user_id=learner.user_id)
        else:
            learner = Learner.objects.create()
            _change_cookie(request, learner)
        cast(LearnerRequest, request).learner = learner
        if created:
            return learner
        # Another request of this account made the row meanwhile, so it is not ours yet: lock it as any other.
    touched = Learner.objects.filter(pk=learner.pk, merged_into=None).update(last_seen_at=now())
    if not touched:
        raise LearnerGone
    return learner


# --- The cookie of a guest ----------------------------------------------------------------------


def guest_of(request: HttpRequest) -> Learner | None:
    """Return the guest whose cookie this browser holds, if there is one.

    A forged cookie holds none, nor does that of a guest who became an account or part of one: a cookie alone
    never opens an account's rows.
    """
    value = request.COOKIES.get(settings.LEARNER_COOKIE_NAME)
    if not value:
        return None
    try:
        public_id = uuid.UUID(hex=signing.Signer(salt=_COOKIE_SALT).unsign(value))
    except (signing.BadSignature, ValueError):
        return None
    return Learner.objects.guests().filter(public_id=public_id).first()


def forget_guest(request: HttpRequest) -> None:
    """Have the answer to this request delete the guest's cookie; the rows stay until they expire."""
    _change_cookie(request, None)


def apply_cookie_change(request: HttpRequest, response: HttpResponse) -> None:
    """Set or delete the guest's cookie where this request made or forgot one; the middleware's last act."""
    if not hasattr(request, "guest_to_remember"):
        return
    guest: Learner | None = request.guest_to_remember
    if guest is not None:
        set_guest_cookie(response, guest)
    elif settings.LEARNER_COOKIE_NAME in request.COOKIES:
        delete_guest_cookie(response)


def _change_cookie(request: HttpRequest, guest: Learner | None) -> None:
    request.guest_to_remember = guest  # type: ignore[attr-defined]


def set_guest_cookie(response: HttpResponse, learner: Learner) -> None:
    """Remember a guest in this browser, signed and out of reach of scripts."""
    response.set_cookie(
        settings.LEARNER_COOKIE_NAME,
        signing.Signer(salt=_COOKIE_SALT).sign(learner.public_id.hex),
        max_age=settings.LEARNER_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_guest_cookie(response: HttpResponse) -> None:
    """Forget the guest in this browser."""
    response.delete_cookie(settings.LEARNER_COOKIE_NAME, samesite="Lax")


# --- Whose form this is -------------------------------------------------------------------------


def learner_token(learner: Learner) -> str:
    """Return the signed public id of a learner, for a form: whoever sends it must still be the same person.

    For a stranger it says *nobody, at this time*; for an account without rows yet, which account.
    """
    if not learner.is_stranger:
        owner = learner.public_id.hex
    elif learner.user_id is not None:
        owner = f"account:{learner.user_id}"
    else:
        owner = _NOBODY
    return signing.TimestampSigner(salt=_FORM_SALT).sign(owner)


def owns_form(request: HttpRequest, token: str) -> bool:
    """Whether a form made for ``token``'s learner is now sent by the same person; if not, answer with 409.

    A session that ended, another account and another guest are refused. Accepted besides the same learner:

    * a stranger's form sent by the stranger, or by the learner who began in this browser *after* the form was
      made: the guest made by a first answer in another tab, also when it has an account by now;
    * a guest's form sent by the account that this guest became, or was merged into.
    """
    try:
        owner, made_at = _read_token(token)
    except (signing.BadSignature, ValueError):
        return False
    learner = cast(LearnerRequest, request).learner
    if owner == _NOBODY:
        return _began_after(learner, made_at)
    if owner.startswith("account:"):
        return learner.user_id is not None and owner == f"account:{learner.user_id}"
    if learner.is_stranger:
        return False
    if owner == learner.public_id.hex:
        return True
    return Learner.objects.filter(public_id=uuid.UUID(hex=owner), merged_into_id=learner.pk).exists()


def _read_token(token: str) -> tuple[str, datetime]:
    """Return whose form it is and when it was made."""
    signer = signing.TimestampSigner(salt=_FORM_SALT)
    owner = signer.unsign(token)
    seconds = signing.b62_decode(token.rsplit(signer.sep, 2)[1])
    return owner, datetime.fromtimestamp(seconds, UTC)


def _began_after(learner: Learner, moment: datetime) -> bool:
    if not learner.is_stranger:
        began = learner.created_at
    elif learner.user is not None:
        began = learner.user.date_joined
    else:
        return True
    return began >= moment - _CLOCK_DIFFERENCE
