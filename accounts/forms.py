"""Is this acceptable: sign-up, time zone, erasure."""

import zoneinfo
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner, User

_REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
    "UTC",
}
"""Where people live; the other names of the time zone database are kept for old machines only."""


class AlreadyTaken(Exception):
    """Somebody else took the name between this form's check and its saving; the form says so now."""


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth has no types
    """Makes an account: all of it or nothing, and as slowly for a known address as for a new one."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; for an address that has one, send it a mail and answer as if it were new.

        Raises ``AlreadyTaken``, with the error on its field, when two people asked for one name at once.
        """
        try:
            if self.account_already_exists:
                # A new account's password is hashed, which takes longer than all the rest. So it is here.
                make_password(self.cleaned_data.get("password1"))
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError as error:
            if User.objects.named(self.cleaned_data["username"]).exists():
                self.add_error("username", get_adapter().validation_error("username_taken"))
                raise AlreadyTaken from error
            return self._address_was_taken(request, error)
        return saved

    def _address_was_taken(
        self, request: HttpRequest, error: IntegrityError
    ) -> tuple[User | None, HttpResponse | None]:
        """Answer as the check would have, had it come a moment later."""
        try:
            self.cleaned_data["email"] = self.clean_email()
        except forms.ValidationError as refusal:
            self.add_error("email", refusal)
            raise AlreadyTaken from error
        if not self.account_already_exists:
            raise error
        return self.try_save(request)


class TimeZoneForm(forms.ModelForm):  # type: ignore[type-arg]
    """In which zone a learner's days begin."""

    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Your days begin and end in it: what is due today, what you did this week."),
    )

    class Meta:
        model = Learner
        fields = ("timezone",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {name for name in zoneinfo.available_timezones() if name.split("/")[0] in _REGIONS}
        names.add(self.instance.timezone)
        self.fields["timezone"].choices = [(name, name.replace("_", " ")) for name in sorted(names)]  # type: ignore[attr-defined]


class EraseForm(forms.Form):
    """Asks once more before everything goes: an account for its password, a guest for a tick.

    An account without a password (made by a command, say) types its name instead.
    """

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    username = forms.CharField(
        label=_("Your username"),
        help_text=_("Type it as it stands above."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sure = forms.BooleanField(
        label=_("Erase everything that was stored about me here"),
        error_messages={"required": _("Tick the box if you mean it.")},
    )

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        wanted = "sure"
        if user is not None:
            wanted = "password" if user.has_usable_password() else "username"
        for name in set(self.fields) - {wanted}:
            del self.fields[name]

    def clean_password(self) -> str:
        """Check the password; guessing is slowed as it is at sign-in."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    def clean_username(self) -> str:
        """Check the name letter by letter."""
        username: str = self.cleaned_data["username"]
        if self.user is None or username != self.user.get_username():
            raise forms.ValidationError(_("That is not your username."))
        return username
