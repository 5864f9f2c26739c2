"""Who uses the site: accounts, and learners, who own everything that is learned."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account: somebody who can sign in."""

    email = models.EmailField(_("e-mail address"), blank=True)

    objects = UserManager()

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
                violation_error_message=_("A user with that e-mail address already exists."),
            ),
        ]


class LearnerQuerySet(models.QuerySet["Learner"]):
    """Learners by what they are."""

    def guests(self) -> "LearnerQuerySet":
        """Keep learners known by a cookie only."""
        return self.filter(user=None, merged_into=None)

    def untouched_since(self, moment: datetime) -> "LearnerQuerySet":
        """Keep learners who left no mark since ``moment``."""
        return self.filter(last_seen_at__lt=moment)


class Learner(models.Model):
    """The owner of everything learned here: a guest with a cookie, or an account.

    An unsaved ``Learner()`` is a *stranger*: somebody who has left no mark yet. Views reach a learner's
    rows through ``request.learner``, which is never None.
    """

    user = models.OneToOneField(
        User, models.CASCADE, null=True, blank=True, related_name="learner", verbose_name=_("account")
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    timezone = models.CharField(
        max_length=64, default="UTC", help_text=_("IANA name; a learner's days are computed in it.")
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged_from", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(
        default=now, db_index=True, help_text=_("When this learner last left a mark.")
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
        return f"guest {str(self.public_id)[:8]}"

    @property
    def is_stranger(self) -> bool:
        """Whether this is somebody who has left no mark yet."""
        return self.pk is None

    @property
    def is_guest(self) -> bool:
        """Whether this learner is known by a cookie only."""
        return self.pk is not None and self.user_id is None
