"""How a name and a password are checked."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from accounts.models import User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, which hashes one password whatever was typed.

    The sign-in form sends an address both as user name and as address, and allauth would check the password
    of a known one for each: that takes twice as long as for an unknown one, and so tells the two apart.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Return the account whose password this is, or None."""
        if credentials.get("email") == credentials.get("username"):
            credentials.pop("email", None)  # a user name is tried as an address first
        user: User | None = super().authenticate(request, **credentials)
        return user
