"""How this site uses django-allauth: where allauth asks, these are the site's answers."""

import logging
import unicodedata
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.core import context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from accounts import audit
from accounts.identity import attach_account, forget_guest, guest_of
from accounts.models import User
from accounts.services import adopt_guest, marks_of
from accounts.wording import in_words

logger = logging.getLogger(__name__)


class AddressVerificationStage(EmailVerificationStage):  # type: ignore[misc]  # allauth has no types
    """Asks for a verified address, except of accounts that have none at all.

    Those were made by a command, or before this site could send mail: there is nowhere to send a link to, and
    waiting for one would lock them out for ever.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the answer that waits for verification, or let the sign-in go on."""
        user = self.login.user
        if user is not None and not user.email and not EmailAddress.objects.filter(user=user).exists():
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The site's own choices where allauth asks."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return the name in its one stored form; refuse one that differs from another only by case."""
        username = unicodedata.normalize("NFKC", username)
        cleaned: str = super().clean_username(username, shallow)
        if not shallow and User.objects.named(cleaned).exists():
            raise self.validation_error("username_taken")
        return cleaned

    def is_safe_url(self, url: str | None) -> bool:
        """Whether a redirect stays on the host that was asked, the only one that is ours for certain."""
        request: HttpRequest = context.request
        return is_own_url(request, url)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many failures, and leave a line about it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            audit.record("sign-in-slowed", user=account_meant(credentials))
            raise

    def post_login(self, request: HttpRequest, user: User, *, signup: bool, **kwargs: Any) -> HttpResponse:
        """Answer a sign-in, and see to the guest whose cookie this browser holds.

        A guest who has just signed up becomes the new account. A guest found at any other sign-in may be
        somebody else, on a computer that people share: the account's owner is asked.
        """
        response: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        guest = guest_of(request)
        marks = in_words(marks_of(guest)) if guest is not None else ""
        if guest is not None and signup and adopt_guest(guest, user):
            forget_guest(request)
            attach_account(request, user)
            if marks:
                said = _("What you did in this browser is kept with your account: %(marks)s.")
                messages.success(request, said % {"marks": marks})
        elif not marks:
            forget_guest(request)
        else:
            response["Location"] = f"{reverse('accounts:merge')}?{urlencode({'next': response['Location']})}"
        return response

    def get_login_stages(self) -> list[str]:
        """Return what stands between a right password and a session."""
        ours = f"{AddressVerificationStage.__module__}.{AddressVerificationStage.__name__}"
        theirs = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__name__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; where the mail server fails, say so on the page: what was done before stays done."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("A mail could not be sent.", extra={"template": template_prefix})
            if self.request is not None:
                messages.error(
                    self.request, _("The mail could not be sent just now. Try again in a few minutes.")
                )


def is_own_url(request: HttpRequest, url: str | None) -> bool:
    """Whether an address given from outside leads to a page of this site."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def account_meant(credentials: dict[str, Any]) -> User | None:
    """Return the account that somebody tried to sign in to, if there is one."""
    username, email = credentials.get("username"), credentials.get("email")
    user = User.objects.named(username).first() if username else None
    if user is None and email:
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
    return user
