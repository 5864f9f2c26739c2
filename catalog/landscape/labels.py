"""Names beside the marks of a landscape, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.landscape.paper import MARK, Frame, Point, Scale


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its mark."""

    text: str
    x: str
    y: str
    anchor: str
    is_edge: bool


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def place_labels(points: Sequence[Point], edge: Sequence[Point], scale: Scale) -> list[Label]:
    """Name as many points as there is room for: the frontier, then each family's best, then the rest."""
    frame = scale.frame
    taken: list[Box] = [_around(scale.x(point.size), scale.y(point.score), frame) for point in points]
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
            box = box_of(point.label, x + dx, y + dy, anchor, frame)
            if _within(box, frame) and not any(touch(box, other) for other in taken if other != own):
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


def _around(x: float, y: float, frame: Frame) -> Box:
    half = MARK / 2 * frame.edge_scale + 1
    return (x - half, y - half, x + half, y + half)


def _stair_boxes(edge: Sequence[Point], scale: Scale) -> list[Box]:
    """Return thin boxes along the frontier, so that no label crosses it."""
    boxes: list[Box] = []
    for point, following in zip(edge, [*edge[1:], None], strict=True):
        x, y = scale.x(point.size), scale.y(point.score)
        end = scale.frame.end if following is None else scale.x(following.size)
        boxes.append((x, y - 1, end, y + 1))
        if following is not None:
            boxes.append((end - 1, scale.y(following.score), end + 1, y))
    return boxes


def box_of(text: str, x: float, y: float, anchor: str, frame: Frame) -> Box:
    """Return the room a label takes, from its length."""
    width = len(text) * frame.character
    start = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return (start, y - frame.line + 3, start + width, y + 3)


def _within(box: Box, frame: Frame) -> bool:
    return box[0] >= frame.left and box[2] <= frame.end and box[1] >= 0 and box[3] <= frame.floor - 2


def touch(one: Box, other: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
