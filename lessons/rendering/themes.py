"""Two drawings of one picture, for light and dark pages: how authors mark them, and what shows one."""

from __future__ import annotations

import re
from typing import Literal

from lessons.rendering.urls import split_address

Theme = Literal["light", "dark", ""]

CLASS_OF = {"light": "only-light", "dark": "only-dark"}
"""Classes of images that pages of the other theme hide."""

_FRAGMENT = re.compile(r"(?:gh-(light|dark)-mode-only|only-(light|dark))\Z")
_SHOWN_WHEN_DARK = re.compile(r"dark:(?:block|inline|inline-block|flex)\Z")
_MEDIA = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)


def theme_of(src: str, classes: str = "") -> Theme:
    """Return for which pages an image is meant: by the end of its address, or by utility classes."""
    if fragment := _FRAGMENT.match(split_address(src).fragment):
        return _theme(fragment[1] or fragment[2])
    names = classes.split()
    if "dark:hidden" in names:
        return "light"
    return "dark" if "hidden" in names and any(map(_SHOWN_WHEN_DARK.match, names)) else ""


def without_theme(src: str) -> str:
    """Return an address without the end that only says for which pages the image is meant."""
    return src.partition("#")[0] if _FRAGMENT.match(split_address(src).fragment) else src


def theme_of_media(query: str) -> Theme:
    """Return for which pages a source of ``<picture>`` is meant."""
    found = _MEDIA.search(query)
    return _theme(found[1].lower()) if found else ""


def first_source(srcset: str) -> str:
    """Return the first address of a ``srcset``."""
    return next(iter(srcset.strip().rstrip(",").split()), "").rstrip(",")


def _theme(name: str) -> Theme:
    return "dark" if name == "dark" else "light"
