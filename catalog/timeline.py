"""The generations of a family on a line of time, as numbers to draw: no rows, no templates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.formats import compact

WIDTH = 1080
_LEFT, _RIGHT = 30, 1050
_AXIS = 104
_LANES = (82, 126, 44, 164)
"""Heights of the first line of a label: near above, near below, far above, far below."""

_CHARACTER = 6.6
"""Rough width of one character of a label, in the drawing's own units."""

_GAP = 14


@dataclass(frozen=True, slots=True)
class Moment:
    """One generation: its name, the day of its first release, and its sizes in words."""

    name: str
    day: datetime.date
    sizes: tuple[str, ...]
    is_current: bool = False

    @property
    def caption(self) -> str:
        """Return the sizes as one line."""
        return " ".join(self.sizes)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment placed on the line. ``x`` and ``y`` are attribute values; without ``y`` there is no label."""

    moment: Moment
    x: str
    place: str
    y: str
    y2: str
    anchor: str
    tick: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing: marks, and where years begin."""

    marks: list[Mark]
    years: list[tuple[str, int]]
    start: str
    end: str
    first: Moment
    last: Moment
    height: int = 190
    axis: int = _AXIS


def size_of(name: str, parameters: int) -> str:
    """Return the size as the name has it (8x7B, 405B), else as the count gives it."""
    match = re.search(r"(?<![\w.])(?:\d+x)?\d+(?:\.\d+)?[BMT](?![a-z])", name)
    return match[0] if match else compact(parameters)


def draw(moments: Iterable[Moment]) -> Timeline | None:
    """Place moments on a line; None where fewer than two days would be shown."""
    ordered = sorted(moments, key=lambda moment: (moment.day, moment.name))
    if len({moment.day for moment in ordered}) < 2:
        return None
    first, last = ordered[0].day.toordinal(), ordered[-1].day.toordinal()

    def place(day: datetime.date) -> float:
        return _LEFT + (day.toordinal() - first) / (last - first) * (_RIGHT - _LEFT)

    years = [
        (f"{place(datetime.date(year, 1, 1)):.1f}", year)
        for year in range(ordered[0].day.year + 1, ordered[-1].day.year + 1)
    ]
    labels = _Lanes()
    # What the page is about gets its label first; then the latest, which people look for.
    by_rank = sorted(ordered, key=lambda moment: (not moment.is_current, -moment.day.toordinal()))
    placed = {moment.name: labels.put(place(moment.day), moment) for moment in by_rank}
    marks = []
    for moment in ordered:
        x = place(moment.day)
        lane, anchor = placed[moment.name]
        marks.append(
            Mark(
                moment,
                x=f"{x:.1f}",
                place=_place(x, 1.167 if moment.is_current else 0.833),
                y="" if lane is None else str(lane),
                y2="" if lane is None else str(lane + 14),
                anchor=anchor,
                tick="" if lane in (None, *_LANES[:2]) else f"M{x:.1f} {_AXIS}V{_reach(lane)}",
            )
        )
    return Timeline(marks, years, f"{_LEFT}", f"{_RIGHT}", ordered[0], ordered[-1])


def _place(x: float, scale: float) -> str:
    """Return the transform that centers a mark of 12 units on the line."""
    return f"translate({x - 6 * scale:.1f} {_AXIS - 6 * scale:.1f}) scale({scale})"


def _reach(lane: int | None) -> int:
    """Return how far the line to a far label goes."""
    return (lane or 0) + 18 if (lane or 0) < _AXIS else (lane or 0) - 12


class _Lanes:
    """Labels that do not touch: each takes the first lane with room, or none."""

    def __init__(self) -> None:
        self._taken: dict[int, list[tuple[float, float]]] = {lane: [] for lane in _LANES}

    def put(self, x: float, moment: Moment) -> tuple[int | None, str]:
        """Return the lane and anchor of a label at ``x``."""
        width = max(len(moment.name), len(moment.caption)) * _CHARACTER
        for lane in _LANES:
            for anchor, start in _anchors(x, width):
                end = start + width
                if start < 0 or end > WIDTH:
                    continue
                if all(end + _GAP <= low or start >= high + _GAP for low, high in self._taken[lane]):
                    self._taken[lane].append((start, end))
                    return lane, anchor
        return None, "middle"


def _anchors(x: float, width: float) -> Sequence[tuple[str, float]]:
    return (("middle", x - width / 2), ("start", x), ("end", x - width))
