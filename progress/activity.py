"""How many answers a learner gave on each of the last days, where they live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from accounts.models import Learner
from quizzes.models import Answer


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day and the answers given on it, tries included."""

    date: date
    answers: int
    is_today: bool


def answers_by_day(learner: Learner, days: int) -> list[Day]:
    """Return the last ``days`` days with today as the last, in the learner's time zone. One query."""
    today = learner.day()
    first = today - timedelta(days=days - 1)
    counts: dict[date, int] = {}
    if not learner.is_stranger:
        midnight = datetime.combine(first, time(), tzinfo=learner.zone)
        rows = (
            Answer.objects.filter(attempt__learner=learner, answered_at__gte=midnight)
            .order_by()
            .annotate(day=TruncDate("answered_at", tzinfo=learner.zone))
            .values("day")
            .annotate(count=Count("pk"))
        )
        counts = {row["day"]: row["count"] for row in rows}
    dates = [first + timedelta(days=number) for number in range(days)]
    return [Day(each, counts.get(each, 0), each == today) for each in dates]
