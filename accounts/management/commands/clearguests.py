"""Deletes guests who left no mark for half a year. Run it daily, beside ``clearsessions``."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.timezone import now

from accounts.models import Learner
from accounts.services import erase_learner

DAYS = 180
"""As long as the cookie of a guest lives (``LEARNER_COOKIE_AGE``)."""


class Command(BaseCommand):
    help = (
        "Deletes guests untouched for 180 days, with their answers and progress, and what is left of guests "
        "that were merged. Accounts are never touched. Run it once a day, beside clearsessions."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"untouched for this long (default {DAYS})"
        )
        parser.add_argument("--dry-run", action="store_true", help="count them and delete nothing")

    def handle(self, *args: Any, days: int, dry_run: bool, **options: Any) -> None:
        old = Learner.objects.without_account().untouched_since(now() - timedelta(days=days))
        if dry_run:
            self.stdout.write(f"{old.count()} guests untouched for {days} days; nothing was deleted.")
            return
        erased = 0
        for guest in old.order_by("pk").iterator(chunk_size=500):
            # One short transaction each: learners go on answering meanwhile. Looked at again under lock: a
            # guest who signs up or comes back in this moment is no longer one to delete.
            with transaction.atomic():
                if old.select_for_update().filter(pk=guest.pk).first() is not None:
                    erase_learner(guest)
                    erased += 1
        self.stdout.write(f"{erased} guests untouched for {days} days were deleted.")
