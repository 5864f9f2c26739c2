"""Why a figure cannot be drawn."""


class FigureError(ValueError):
    """A figure that cannot be drawn; the message says what is wrong with its body and what may be meant."""
