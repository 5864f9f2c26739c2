"""Drawing a landscape: marks, the line of the best, ticks and labels as attribute values and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from catalog.landscape.labels import Label, place_labels
from catalog.landscape.paper import MARK, Frame, Point, Scale, size_text


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
    scale = Scale.around(points, frame)
    edge = frontier(points)
    on_edge = {id(point) for point in edge}
    marks = [_mark(point, scale, is_edge=id(point) in on_edge) for point in points]
    # What lies on top is drawn last: the frontier covers the rest.
    marks.sort(key=lambda mark: (mark.is_edge, mark.point.size))
    return Drawing(
        frame,
        rows=[(f"{scale.y(value):.1f}", f"{value:g}") for value in scale.score_ticks()],
        columns=[(f"{scale.x(size):.1f}", size_text(size)) for size in scale.size_ticks()],
        stair=_stair(edge, scale),
        marks=marks,
        labels=place_labels(points, edge, scale),
    )


def _mark(point: Point, scale: Scale, *, is_edge: bool) -> Mark:
    frame = scale.frame
    x, y = scale.x(point.size), scale.y(point.score)
    size = frame.edge_scale if is_edge else frame.mark_scale
    half = MARK / 2 * size
    whisker = ""
    if point.low is not None and point.high is not None:
        whisker = f"M{x:.1f} {scale.y(point.low):.1f}V{scale.y(point.high):.1f}"
    place = f"translate({x - half:.1f} {y - half:.1f}) scale({size})"
    return Mark(point, f"{x:.1f}", f"{y:.1f}", place, is_edge, whisker)


def _stair(edge: Sequence[Point], scale: Scale) -> str:
    """Return the path of the frontier: level until something larger does better, on to the plot's end."""
    first, *others = edge
    path = f"M{scale.x(first.size):.1f} {scale.y(first.score):.1f}"
    for point in others:
        path += f"H{scale.x(point.size):.1f}V{scale.y(point.score):.1f}"
    return f"{path}H{scale.frame.end}"
