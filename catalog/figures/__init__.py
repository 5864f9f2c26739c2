"""Figures of the catalog inside lessons: drawn once, when content is loaded, from the rows just written.

Each function reads the database and returns finished HTML. It may be stored: it holds no address of a static
file and nothing of the request.
"""

from catalog.figures.errors import FigureError
from catalog.figures.families import render_families
from catalog.figures.landscape import render_landscape

__all__ = ["FigureError", "render_families", "render_landscape"]
