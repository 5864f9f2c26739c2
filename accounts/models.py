"""Who uses the site: accounts, and learners, who own everything that is learned."""

import re
import uuid
import zoneinfo
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _


class AccountManager(UserManager["User"]):
    """Makes and finds accounts. Names and addresses are the same whatever their case."""

    use_in_migrations = False

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address in lower case, the one form in which sign-in looks for it."""
        return (email or "").strip().lower()

    def named(self, username: str) -> models.QuerySet["User"]:
        """Return the account with this user name, whatever its case.

        SQLite folds ASCII only, so a name beyond ASCII is compared by a regular expression, which folds all.
        """
        if username.isascii():
            return self.filter(username__iexact=username)
        return self.filter(username__iregex=f"^{re.escape(username)}$")

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account with this user name, whatever its case; what Django's commands ask."""
        return self.named(username or "").get()


class User(AbstractUser):
    """An account: somebody who can sign in."""

    email = models.EmailField(_("email address"), blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_without_case",
                violation_error_message=_("A user with that username already exists."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_unique_without_case",
                violation_error_message=_("A user with that email address already exists."),
            ),
        ]

    def clean(self) -> None:
        """Bring name and address into the one form in which they are stored."""
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)


class LearnerQuerySet(models.QuerySet["Learner"]):
    """Learners by what they are."""

    def guests(self) -> "LearnerQuerySet":
        """Keep learners known by a cookie only."""
        return self.filter(user=None, merged_into=None)

    def without_account(self) -> "LearnerQuerySet":
        """Keep guests, and what is left of guests who became part of another learner."""
        return self.filter(user=None)

    def untouched_since(self, moment: datetime) -> "LearnerQuerySet":
        """Keep learners who left no mark since ``moment``."""
        return self.filter(last_seen_at__lt=moment)


def default_timezone() -> str:
    """Return the site's own zone, which a learner keeps until they choose another."""
    return settings.TIME_ZONE


class Learner(models.Model):
    """The owner of everything learned here: a guest with a cookie, or an account.

    An unsaved ``Learner()`` is a *stranger*: somebody who has left no mark yet. Views reach a learner's
    rows through ``request.learner``, which is never None.
    """

    user = models.OneToOneField(
        User, models.CASCADE, null=True, blank=True, related_name="learner", verbose_name=_("account")
    )
    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default=default_timezone,
        help_text=_("IANA name; a learner's days are computed in it."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged_from",
        editable=False,
        verbose_name=_("merged into"),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    last_seen_at = models.DateTimeField(
        _("last mark"), default=now, db_index=True, help_text=_("When this learner last left a mark.")
    )

    objects = LearnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(user=None), name="learner_merged_has_no_account"
            ),
        ]

    def __str__(self) -> str:
        if self.user_id and self.user:
            return self.user.get_username()
        return _("guest %(id)s") % {"id": str(self.public_id)[:8]}

    @property
    def is_stranger(self) -> bool:
        """Whether this is somebody who has left no mark yet."""
        return self.pk is None

    @property
    def is_guest(self) -> bool:
        """Whether this learner is known by a cookie only."""
        return self.pk is not None and self.user_id is None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The learner's time zone; the site's own where the stored name is not known on this machine."""
        try:
            return zoneinfo.ZoneInfo(self.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return zoneinfo.ZoneInfo(settings.TIME_ZONE)

    def day(self, moment: datetime | None = None) -> date:
        """Return the calendar day of a moment (now by default) where the learner lives."""
        return localdate(moment, timezone=self.zone)
