"""Figures of the catalog inside lessons: drawn once, when content is loaded, from the rows just written.

Each function that draws reads the database and returns finished HTML. It may be stored: it holds no address
of a static file and nothing of the request. The functions that find faults need no database.
"""

from catalog.figures.errors import FigureError
from catalog.figures.families import render_families
from catalog.figures.landscape import landscape_faults, render_landscape
from catalog.figures.models import models_faults, render_models
from catalog.figures.queries import Fault, parameters_of

__all__ = [
    "Fault",
    "FigureError",
    "landscape_faults",
    "models_faults",
    "parameters_of",
    "render_families",
    "render_landscape",
    "render_models",
]
