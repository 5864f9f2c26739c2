"""Marks of families and icons of answers as paths, for drawings that outlive a release of the site.

What is drawn when content is loaded is stored. It cannot point into the sprite, whose address changes with
its content, so the few shapes it needs stand here; a test holds the marks to the sprite.
"""

from types import MappingProxyType

MARKS = MappingProxyType(
    {
        "llama": "M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        "mistral": "M6 .6 11.6 11H.4z",
        "qwen": "M6 0 12 6 6 12 0 6z",
        "gemma": "M1 1h10v10H1z",
        "phi": "M4.2 0h3.6v4.2H12v3.6H7.8V12H4.2V7.8H0V4.2h4.2z",
        "other": "M3.3.8h5.4L11.5 6 8.7 11.2H3.3L.5 6z",
    }
)
"""Outlines by name of the mark, in a box of 12."""

ICONS = MappingProxyType(
    {
        "tick": "m3 8.5 3.2 3.2L13 4.8",
        "cross": "m4 4 8 8m0-8-8 8",
        "half": "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
        "info": "M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0zM8 7.5v3.3M8 5.2v.1",
    }
)
"""Lines by name of the icon, in a box of 16."""


def mark_name(family_slug: str) -> str:
    """Return the mark of a family; families without one of their own share one."""
    return family_slug if family_slug in MARKS else "other"
