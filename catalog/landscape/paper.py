"""The paper of a landscape: what is drawn, how large, and where a size and a score lie on it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

MARK = 12
"""Side of the box that a mark's outline is drawn in."""


@dataclass(frozen=True, slots=True)
class Point:
    """One model: where it is, what it is called, and where its score was read.

    ``size`` is in parameters; ``low`` and ``high`` are the ends of the score's interval where one was given.
    """

    name: str
    label: str
    url: str
    mark: str
    family: str
    size: int
    score: float
    low: float | None = None
    high: float | None = None
    reporter: str = ""
    source_title: str = ""
    source_url: str = ""
    seen: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper of one drawing, in its own units: outer size, margins, and how large things are drawn."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    mark_scale: float
    edge_scale: float
    character: float
    line: int
    size_steps: tuple[int, ...]
    max_labels: int

    @property
    def floor(self) -> int:
        """Return where the x axis lies."""
        return self.height - self.bottom

    @property
    def end(self) -> int:
        """Return where the plot ends on the right."""
        return self.width - self.right


WIDE = Frame(
    width=1080, height=480, left=48, right=16, top=16, bottom=44, mark_scale=0.833, edge_scale=0.917,
    character=8, line=18, size_steps=(1, 2, 5), max_labels=22,
)  # fmt: skip
"""The drawing for wide columns. Labels get the room they take where they are set larger, below 56 rem."""

SMALL = Frame(
    width=360, height=330, left=42, right=10, top=18, bottom=40, mark_scale=0.667, edge_scale=0.833,
    character=6.7, line=15, size_steps=(1,), max_labels=7,
)  # fmt: skip
"""The drawing for 360 px: the same points, fewer labels and ticks."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From sizes and scores to places on the paper."""

    frame: Frame
    sizes: tuple[float, float]
    scores: tuple[float, float]
    step: float

    @classmethod
    def around(cls, points: Sequence[Point], frame: Frame) -> Scale:
        """Return the scale that holds all points and their whiskers, with a little air."""
        sizes = [math.log10(point.size) for point in points]
        low = min(point.score if point.low is None else point.low for point in points)
        high = max(point.score if point.high is None else point.high for point in points)
        air = max((high - low) * 0.06, 0.5)
        step = _round_step((high - low + 2 * air) / 5)
        return cls(frame, (min(sizes) - 0.08, max(sizes) + 0.08), (low - air, high + air), step)

    def x(self, size: float) -> float:
        """Return the place of a number of parameters."""
        start, end = self.sizes
        share = (math.log10(size) - start) / (end - start)
        return self.frame.left + share * (self.frame.end - self.frame.left)

    def y(self, score: float) -> float:
        """Return the height of a score."""
        low, high = self.scores
        share = (score - low) / (high - low)
        return self.frame.floor - share * (self.frame.floor - self.frame.top)

    def score_ticks(self) -> list[float]:
        """Return round scores within the plot."""
        low, high = self.scores
        first = math.ceil(low / self.step)
        return [round(number * self.step, 6) for number in range(first, math.floor(high / self.step) + 1)]

    def size_ticks(self) -> list[int]:
        """Return round sizes within the plot: 1, 2 and 5 of each power of ten, or powers alone."""
        start, end = self.sizes
        powers = range(math.floor(start), math.ceil(end) + 1)
        steps = self.frame.size_steps
        # A small plot over less than two powers of ten would show a single tick.
        if end - start < 1.6:
            steps = (1, 2, 5)
        return [
            step * 10**power
            for power in powers
            for step in steps
            if start <= math.log10(step * 10**power) <= end
        ]


def _round_step(step: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * 0.999)


def size_text(size: int) -> str:
    """Return a tick as 500M, 7B or 1T."""
    for unit, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M")):
        if size >= unit:
            return f"{size / unit:g}{letter}"
    return str(size)
