"""What happens to a learner as a whole: adopted at sign-up, merged at sign-in, erased on request."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Learner, User
from accounts.signals import guest_marks, learner_erased, learner_merged

Mark = tuple[str, int]
"""Words in the right number and their count: ``("answers", 6)``."""


class MergeRefused(Exception):
    """These two learners cannot become one."""


def marks_of(learner: Learner) -> list[Mark]:
    """Return what a learner has left here, by kind; empty for a stranger and for a guest without marks."""
    if learner.is_stranger:
        return []
    return [(str(words), count) for words, count in _collect(guest_marks, learner) if count]


def adopt_guest(guest: Learner, user: User) -> bool:
    """Make a guest the learner of a new account; False when either has a partner already.

    The row stays what it is, so that every form and link of this browser stays valid.
    """
    with transaction.atomic():
        guest = Learner.objects.select_for_update().get(pk=guest.pk)
        if guest.user_id is not None or guest.merged_into_id is not None:
            return False
        if Learner.objects.filter(user=user).exists():
            return False
        guest.user = user
        guest.save(update_fields=["user"])
    audit.record("merge", user=user, guest=guest.public_id.hex, adopted=True)
    return True


def merge_learners(source: Learner, target: Learner) -> dict[str, int]:
    """Make ``source``, a guest, part of ``target``; return how many of each kind came over, by words.

    Every app above moves its rows in a receiver of ``learner_merged``, in this transaction. Merging the same
    two again does nothing. Raises ``MergeRefused`` when ``source`` has an account or is somebody else's.
    """
    with transaction.atomic():
        # Locked in one order, so that two merges at once wait for each other instead of for ever.
        pair = {source.pk, target.pk}
        rows = {row.pk: row for row in Learner.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
        if len(pair) != 2 or len(rows) != 2:
            raise MergeRefused("There are no two learners to merge.")
        source, target = rows[source.pk], rows[target.pk]
        if source.merged_into_id == target.pk:
            return {}
        if source.user_id is not None or source.merged_into_id is not None:
            raise MergeRefused("Only a guest who is nobody else's yet can be merged.")
        if target.merged_into_id is not None:
            raise MergeRefused("The learner to merge into is part of another.")

        moved: Counter[str] = Counter()
        counts: Any
        for _receiver, counts in learner_merged.send(sender=Learner, source=source, target=target):
            moved.update({str(words): count for words, count in (counts or {}).items()})
        Learner.objects.filter(merged_into=source).update(merged_into=target)
        source.merged_into = target
        source.save(update_fields=["merged_into"])
        target.last_seen_at = max(source.last_seen_at, target.last_seen_at)
        target.save(update_fields=["last_seen_at"])
    audit.record("merge", user=target.user, guest=source.public_id.hex, moved=dict(moved))
    return {words: count for words, count in moved.items() if count}


def erase_learner(learner: Learner) -> None:
    """Forget a learner: their rows here and in every app above, and what was merged into them.

    An account goes with everything that is its own: addresses, second factors, sessions on every device, and
    its name in the admin's history. Content it edited stays, unsigned.
    """
    with transaction.atomic():
        locked = Learner.objects.select_for_update().filter(pk=learner.pk).first()
        if locked is None:
            return  # somebody was faster
        user = locked.user
        for merged in locked.merged_from.all():
            learner_erased.send(sender=Learner, learner=merged)
        learner_erased.send(sender=Learner, learner=locked)
        public_id, account_id = locked.public_id.hex, locked.user_id
        locked.delete()
        if user is not None:
            _erase_account(user)
    audit.record("erase", learner=public_id, account=account_id)


def erase_account(user: User) -> None:
    """Forget an account and its learner, if it has one."""
    learner = Learner.objects.filter(user=user).first()
    if learner is not None:
        erase_learner(learner)
        return
    account_id = user.pk
    with transaction.atomic():
        _erase_account(user)
    audit.record("erase", learner=None, account=account_id)


def _erase_account(user: User) -> None:
    end_sessions(user)
    addresses = EmailAddress.objects.filter(user=user).values_list("pk", flat=True)
    for model, keys in ((User, [user.pk]), (EmailAddress, list(addresses))):
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        entries.filter(object_id__in=[str(key) for key in keys]).update(object_repr=_("an erased account"))
    user.delete()


def end_sessions(user: User) -> None:
    """Sign an account out everywhere: a session's row holds the name and address used at sign-in."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    UserSession.objects.filter(user=user).delete()


def _collect(signal: Signal, learner: Learner) -> Iterator[Mark]:
    """Yield the pairs that the receivers answer with, whether they return one or a list."""
    answer: Any
    for _receiver, answer in signal.send(sender=Learner, learner=learner):
        yield from [answer] if isinstance(answer, tuple) else answer or []
