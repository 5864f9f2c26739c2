"""Who reports a score, and what stake they have in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Result


@dataclass(frozen=True, slots=True)
class Stake:
    """A reporter's place: one ``letter`` beside the score, ``name`` after the reporter, ``said`` in full."""

    letter: str
    name: str | Promise
    said: str | Promise


MAKER = Stake("m", _("maker"), _("reported by the maker"))
COMPETITOR = Stake("c", _("competitor"), _("reported by a competitor"))
INDEPENDENT = Stake("i", _("independent"), _("reported by an independent party"))
VOTES = Stake("i", _("votes by people"), _("reported by an independent party"))

STAKES = (INDEPENDENT, MAKER, COMPETITOR)
"""One of each letter, for legends."""


def stake_of(reporter_kind: str, *, self_reported: bool) -> Stake:
    """Return what stake a reporter has in the model: a vendor that did not make it competes with it."""
    if reporter_kind == Result.ReporterKind.COMMUNITY:
        return VOTES
    if self_reported:
        return MAKER
    return COMPETITOR if reporter_kind == Result.ReporterKind.VENDOR else INDEPENDENT
