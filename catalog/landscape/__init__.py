"""Scores against size as a drawing: points, frontier, labels and axes as numbers and words.

Knows no rows and no templates. The x axis is logarithmic. The frontier is computed: a point is on it when no
other that is as small or smaller scores as much. Labels are placed greedily, those of the frontier first, and
left out where they would touch.
"""

from catalog.landscape.drawing import Drawing, Mark, draw, frontier
from catalog.landscape.labels import Label
from catalog.landscape.paper import SMALL, WIDE, Frame, Point

__all__ = ["SMALL", "WIDE", "Drawing", "Frame", "Label", "Mark", "Point", "draw", "frontier"]
