"""Counts every learner's progress anew from the answers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from progress.services import recount


class Command(BaseCommand):
    help = "Count questions answered and best scores anew from the stored answers. Completion stays."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%(count)d rows changed.") % {"count": recount()})
