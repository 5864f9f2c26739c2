"""How much memory a model takes, with the work shown.

Everything here is arithmetic on plain numbers: no rows, no settings. Sizes are bytes; GB is 10⁹ bytes (files,
bandwidth), GiB is 2³⁰ bytes (what a card has).
"""

from catalog.memory.architecture import Architecture, Figures

__all__ = ["Architecture", "Figures"]
