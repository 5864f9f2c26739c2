"""The body of a question revision: what is shown, the key, and the reasons.

A body is rendered when content is loaded and stored as JSON. Only this module knows its layout. Everything
named *html* was sanitized by ``lessons.rendering`` on the way in. Numbers are kept as text, so that what an
author wrote as 46.7 is compared as 46.7 and not as the nearest binary fraction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

BODY_VERSION = 1
"""Raised when the layout changes; a body of another version cannot be read."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. ``id`` never changes while the option lives, and never leaves the server."""

    id: str
    html: str
    reason: str
    correct: bool
    markdown: str = ""
    """The author's text: how the same option is found again when the file is loaded the next time."""

    name: str = ""
    """The author's own id for it, if there is one."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that learners are known to give, and why it is wrong."""

    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChoiceBody:
    """One right option (``multi`` false), or any number of right ones."""

    prompt: str
    options: tuple[Option, ...]
    multi: bool = False
    explanation: str = ""

    @property
    def type(self) -> str:
        """The question type this body belongs to."""
        return "multi" if self.multi else "choice"


@dataclass(frozen=True, slots=True)
class TrueFalseBody:
    """A statement. ``reason_true`` is for whoever says true, ``reason_false`` for whoever says false."""

    prompt: str
    answer: bool
    reason_true: str
    reason_false: str
    explanation: str = ""

    @property
    def type(self) -> str:
        """The question type this body belongs to."""
        return "truefalse"


@dataclass(frozen=True, slots=True)
class NumericBody:
    """A number. ``tolerance`` is in the answer's unit, or in percent of the answer; its bounds are inside."""

    prompt: str
    answer: str
    reason: str
    tolerance: str = "0"
    percent: bool = False
    unit: str = ""
    mistakes: tuple[Mistake, ...] = ()
    explanation: str = ""

    @property
    def type(self) -> str:
        """The question type this body belongs to."""
        return "numeric"


@dataclass(frozen=True, slots=True)
class ShortBody:
    """A few words, with every form that is right."""

    prompt: str
    accepted: tuple[str, ...]
    reason: str
    mistakes: tuple[Mistake, ...] = ()
    explanation: str = ""

    @property
    def type(self) -> str:
        """The question type this body belongs to."""
        return "short"


Body = ChoiceBody | TrueFalseBody | NumericBody | ShortBody


def body_as_json(body: Body) -> dict[str, Any]:
    """Return what is stored in ``QuestionRevision.body``."""
    return {"version": BODY_VERSION, "type": body.type, **_plain(asdict(body))}


def body_from_json(stored: dict[str, Any]) -> Body:
    """Return the body of a stored revision; raises ``ValueError`` for a layout this code does not know."""
    data = dict(stored)
    version, kind = data.pop("version", None), data.pop("type", None)
    if version != BODY_VERSION:
        raise ValueError(f"question body of version {version!r} cannot be read")
    if kind in ("choice", "multi"):
        return ChoiceBody(**{**data, "options": tuple(Option(**option) for option in data["options"])})
    if kind == "truefalse":
        return TrueFalseBody(**data)
    mistakes = tuple(Mistake(**mistake) for mistake in data.pop("mistakes", ()))
    if kind == "numeric":
        return NumericBody(**data, mistakes=mistakes)
    if kind == "short":
        return ShortBody(**{**data, "accepted": tuple(data["accepted"])}, mistakes=mistakes)
    raise ValueError(f"question body of type {kind!r} cannot be read")


def body_hash(stored: dict[str, Any]) -> str:
    """Return the SHA-256 of a stored body; equal bodies have equal hashes."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shuffled(options: Sequence[Option], seed: int) -> list[Option]:
    """Return the options in the order that a form with this seed shows.

    The order follows from the seed and from what is shown, never from the file: authors write the right
    option first, and whoever reads the seed in a form must not be able to undo the shuffle. It depends
    neither on the key nor on the version of Python, so that a form outlives an update of the site.
    """
    return sorted(options, key=lambda option: hashlib.sha256(f"{seed}:{option.html}".encode()).digest())


def _plain(value: Any) -> Any:
    """Return tuples as lists, as they come back from JSON; hashes of stored and fresh bodies then agree."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
