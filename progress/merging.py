"""A guest's progress becomes part of an account's."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Learner
from progress.models import LessonProgress
from progress.services import recount


def merge_progress(source: Learner, target: Learner) -> int:
    """Move what ``source`` has to ``target``; return how many lessons ``source`` had finished.

    Of two rows about one lesson the later reading position stays, the earlier completion, and of two marks by
    hand the target's. Attempts and answers must have moved already: they are counted anew, so that what each
    had answered alone may complete a lesson together.
    """
    own = {row.lesson_id: row for row in LessonProgress.objects.of(target)}
    finished = 0
    for row in list(LessonProgress.objects.of(source)):
        finished += row.completed_at is not None
        other = own.get(row.lesson_id)
        if other is None:
            LessonProgress.objects.filter(pk=row.pk).update(learner=target)
        else:
            _combine(other, row)
            other.save()
            row.delete()
    recount(LessonProgress.objects.of(target))
    return finished


def _combine(own: LessonProgress, other: LessonProgress) -> None:
    """Take over into ``own`` what another row about the same lesson knows better."""
    if other.read_at is not None and (own.read_at is None or other.read_at > own.read_at):
        own.section, own.read_at = other.section, other.read_at
    own.viewed_at = _earlier(own.viewed_at, other.viewed_at)
    own.answered_at = _later(own.answered_at, other.answered_at)
    if own.marked is False:
        return  # the account's own word that it is not done
    if own.marked is None and own.completed_at is None:
        # Nothing of the account's own speaks here, so the guest's mark does, whichever it is.
        own.marked, own.completed_at = other.marked, other.completed_at
    elif other.completed_at is not None:
        own.completed_at = _earlier(own.completed_at, other.completed_at)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)
