"""How the checkpoints of a family hang together in time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.models import Checkpoint, License, Release
from catalog.permissions import Terms, WorkAnswer, work_answer
from catalog.timeline import Moment, size_of


def moments_of(checkpoints: Iterable[Checkpoint], current: str = "") -> list[Moment]:
    """Return the dated generations of a family; ``current`` is the one the page is about."""
    by_generation: dict[str, list[Checkpoint]] = {}
    for checkpoint in checkpoints:
        if checkpoint.released is not None:
            by_generation.setdefault(checkpoint.release.generation, []).append(checkpoint)
    return [
        Moment(
            name=generation_name(members[0]),
            day=min(member.released for member in members if member.released),
            sizes=_sizes(members),
            is_current=generation == current,
        )
        for generation, members in by_generation.items()
    ]


def generation_name(checkpoint: Checkpoint) -> str:
    """Return a generation's name: *Llama 3.1* where it is a number, else its own, such as *Mixtral*."""
    generation = checkpoint.release.generation
    return f"{checkpoint.family.name} {generation}" if generation[:1].isdigit() else generation


def _sizes(members: Iterable[Checkpoint]) -> tuple[str, ...]:
    """Return the sizes of a generation, each once, smallest first."""
    found = {size_of(member.release.name, member.parameters): member.parameters for member in members}
    return tuple(sorted(found, key=found.__getitem__))


def sizes_in_words(checkpoints: Iterable[Checkpoint]) -> str:
    """Return the smallest and the largest size of a family: *1B to 405B*."""
    sizes = _sizes(checkpoints)
    if not sizes:
        return ""
    if sizes[0] == sizes[-1]:
        return sizes[0]
    return _("%(smallest)s to %(largest)s") % {"smallest": sizes[0], "largest": sizes[-1]}


@dataclass(frozen=True, slots=True)
class LicenseChange:
    """From when a family published under a license, which generations, and whether it may be used at work."""

    license: License
    since: datetime.date
    until: datetime.date
    generations: list[str]
    count: int
    answer: WorkAnswer


def license_changes(checkpoints: Iterable[Checkpoint], terms: Mapping[int, Terms]) -> list[LicenseChange]:
    """Return the licenses of a family in the order in which it took them up; undated rows tell nothing."""
    by_license: dict[int, list[Checkpoint]] = {}
    for checkpoint in checkpoints:
        if checkpoint.license_id is not None and checkpoint.released is not None:
            by_license.setdefault(checkpoint.license_id, []).append(checkpoint)
    changes = []
    for license_pk, members in by_license.items():
        license_ = members[0].license
        days = sorted(member.released for member in members if member.released)
        assert license_ is not None
        changes.append(
            LicenseChange(
                license_,
                days[0],
                days[-1],
                list(dict.fromkeys(generation_name(member) for member in members)),
                len(members),
                work_answer(terms.get(license_pk, {})),
            )
        )
    return sorted(changes, key=lambda change: (change.since, change.license.short_name))


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release on a family's page, with its checkpoints."""

    release: Release
    checkpoints: list[Checkpoint]

    @property
    def first(self) -> Checkpoint:
        """Return the checkpoint whose figures stand for the release."""
        return self.checkpoints[0]

    @property
    def context(self) -> int | None:
        """Return the longest context of its checkpoints."""
        return max((one.context_tokens for one in self.checkpoints if one.context_tokens), default=None)

    @property
    def repeats_kinds(self) -> bool:
        """Whether two checkpoints are of one kind, so that the kind does not tell them apart."""
        return len({one.kind for one in self.checkpoints}) < len(self.checkpoints)


def release_rows(checkpoints: Sequence[Checkpoint]) -> list[ReleaseRow]:
    """Return the releases of a family, newest first; those without a date last."""
    by_release: dict[int, ReleaseRow] = {}
    for checkpoint in checkpoints:
        row = by_release.setdefault(checkpoint.release_id, ReleaseRow(checkpoint.release, []))
        row.checkpoints.append(checkpoint)
    named = sorted(by_release.values(), key=lambda row: (row.first.parameters, row.release.name))
    dated = [row for row in named if row.release.released is not None]
    dated.sort(key=lambda row: row.release.released.toordinal() if row.release.released else 0, reverse=True)
    return dated + [row for row in named if row.release.released is None]
