"""Scores against size as a drawing: points, frontier, labels and axes as numbers and words.

Knows no rows and no templates. The x axis is logarithmic. The frontier is computed: a point is on it when no
other that is as small or smaller scores as much. Labels are placed greedily, those of the frontier first, and
left out where they would touch.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
class Mark:
    """A point placed: attribute values of its group, and of its whisker where it has an interval."""

    point: Point
    x: str
    y: str
    place: str
    is_edge: bool
    whisker: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its mark."""

    text: str
    x: str
    y: str
    anchor: str
    is_edge: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing, ready for a template: everything is an attribute value or a word."""

    frame: Frame
    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    stair: str
    marks: list[Mark]
    labels: list[Label] = field(default_factory=list)


def frontier(points: Iterable[Point]) -> list[Point]:
    """Return the best at each size, smallest first: each scores more than every one as small or smaller."""
    best: list[Point] = []
    for point in sorted(points, key=lambda point: (point.size, -point.score, point.name)):
        if not best or point.score > best[-1].score:
            best.append(point)
    return best


def draw(points: Sequence[Point], frame: Frame) -> Drawing:
    """Place points, the line of the best, ticks and labels. Needs at least one point."""
    scale = _Scale.around(points, frame)
    edge = frontier(points)
    on_edge = {id(point) for point in edge}
    marks = [_mark(point, scale, is_edge=id(point) in on_edge) for point in points]
    # What lies on top is drawn last: the frontier covers the rest.
    marks.sort(key=lambda mark: (mark.is_edge, mark.point.size))
    return Drawing(
        frame,
        rows=[(f"{scale.y(value):.1f}", f"{value:g}") for value in scale.score_ticks()],
        columns=[(f"{scale.x(size):.1f}", _size_text(size)) for size in scale.size_ticks()],
        stair=_stair(edge, scale),
        marks=marks,
        labels=_place_labels(points, edge, scale),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From sizes and scores to places on the paper."""

    frame: Frame
    sizes: tuple[float, float]
    scores: tuple[float, float]
    step: float

    @classmethod
    def around(cls, points: Sequence[Point], frame: Frame) -> _Scale:
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


def _size_text(size: int) -> str:
    """Return a tick as 500M, 7B or 1T."""
    for unit, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M")):
        if size >= unit:
            return f"{size / unit:g}{letter}"
    return str(size)


def _mark(point: Point, scale: _Scale, *, is_edge: bool) -> Mark:
    frame = scale.frame
    x, y = scale.x(point.size), scale.y(point.score)
    size = frame.edge_scale if is_edge else frame.mark_scale
    half = MARK / 2 * size
    whisker = ""
    if point.low is not None and point.high is not None:
        whisker = f"M{x:.1f} {scale.y(point.low):.1f}V{scale.y(point.high):.1f}"
    place = f"translate({x - half:.1f} {y - half:.1f}) scale({size})"
    return Mark(point, f"{x:.1f}", f"{y:.1f}", place, is_edge, whisker)


def _stair(edge: Sequence[Point], scale: _Scale) -> str:
    """Return the path of the frontier: level until something larger does better, on to the plot's end."""
    first, *others = edge
    path = f"M{scale.x(first.size):.1f} {scale.y(first.score):.1f}"
    for point in others:
        path += f"H{scale.x(point.size):.1f}V{scale.y(point.score):.1f}"
    return f"{path}H{scale.frame.end}"


_Box = tuple[float, float, float, float]


def _place_labels(points: Sequence[Point], edge: Sequence[Point], scale: _Scale) -> list[Label]:
    """Name as many points as there is room for: the frontier, then each family's best, then the rest."""
    frame = scale.frame
    taken: list[_Box] = [_around(scale.x(point.size), scale.y(point.score), frame) for point in points]
    taken += _stair_boxes(edge, scale)
    on_edge = {id(point) for point in edge}
    labels: list[Label] = []
    named: set[str] = set()
    for point in [*reversed(edge), *_by_interest(points, on_edge)]:
        if len(labels) == frame.max_labels:
            break
        if point.label in named:
            continue
        x, y = scale.x(point.size), scale.y(point.score)
        own = _around(x, y, frame)
        for anchor, dx, dy in _SPOTS:
            box = _box_of(point.label, x + dx, y + dy, anchor, frame)
            if _within(box, frame) and not any(_touch(box, other) for other in taken if other != own):
                taken.append(box)
                named.add(point.label)
                is_edge = id(point) in on_edge
                labels.append(Label(point.label, f"{x + dx:.1f}", f"{y + dy:.1f}", anchor, is_edge))
                break
    return labels


_SPOTS = (
    ("end", -9.0, -6.0),
    ("start", 9.0, 4.0),
    ("end", -9.0, 4.0),
    ("start", 6.0, 18.0),
    ("end", -6.0, 18.0),
    ("middle", 0.0, -11.0),
    ("middle", 0.0, 20.0),
    ("start", 8.0, -7.0),
)
"""Where a label may stand beside its mark, best first: left above, where the staircase leaves room."""


def _by_interest(points: Sequence[Point], on_edge: set[int]) -> list[Point]:
    """Return points off the frontier: the best of each family first, then from the best down."""
    seen: set[str] = set()
    leading, rest = [], []
    for point in sorted(points, key=lambda point: -point.score):
        if id(point) in on_edge:
            seen.add(point.family)
        elif point.family in seen:
            rest.append(point)
        else:
            seen.add(point.family)
            leading.append(point)
    return leading + rest


def _around(x: float, y: float, frame: Frame) -> _Box:
    half = MARK / 2 * frame.edge_scale + 1
    return (x - half, y - half, x + half, y + half)


def _stair_boxes(edge: Sequence[Point], scale: _Scale) -> list[_Box]:
    """Return thin boxes along the frontier, so that no label crosses it."""
    boxes: list[_Box] = []
    for point, following in zip(edge, [*edge[1:], None], strict=True):
        x, y = scale.x(point.size), scale.y(point.score)
        end = scale.frame.end if following is None else scale.x(following.size)
        boxes.append((x, y - 1, end, y + 1))
        if following is not None:
            boxes.append((end - 1, scale.y(following.score), end + 1, y))
    return boxes


def _box_of(text: str, x: float, y: float, anchor: str, frame: Frame) -> _Box:
    width = len(text) * frame.character
    start = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return (start, y - frame.line + 3, start + width, y + 3)


def _within(box: _Box, frame: Frame) -> bool:
    return box[0] >= frame.left and box[2] <= frame.end and box[1] >= 0 and box[3] <= frame.floor - 2


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
