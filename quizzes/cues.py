"""What the mere look of an option gives away: its length as seen, and what guessing by it earns."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.schema import OptionSpec

_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    # A cited fact is a number with its unit when it is shown; its own notation is much longer.
    (re.compile(r"\{\{[^{}]*\}\}"), "12.3 billion"),
    (re.compile(r"<!--.{,500}?-->|</?[A-Za-z][^<>]*>", re.DOTALL), ""),
    (re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"), r"\1"),
    (re.compile(r"(?<!\\)(`+|~~)"), ""),
    (re.compile(r"(?<![\\\w])[*_]{1,3}(?=\S)|(?<=\S)(?<!\\)[*_]{1,3}(?!\w)"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Points of always choosing the longest option, and of choosing blindly; ``possible`` are all there are.

    A question with several right options counts with the one option that is chosen.
    """

    earned: float = 0.0
    chance: float = 0.0
    possible: int = 0

    def __add__(self, other: Cue) -> Cue:
        return Cue(self.earned + other.earned, self.chance + other.chance, self.possible + other.possible)


def plain_text(markdown: str) -> str:
    """Return what a reader sees of a short Markdown text, in one line."""
    for pattern, replacement in _MARKUP:
        markdown = pattern.sub(replacement, markdown)
    return " ".join(html.unescape(markdown).split())


def cue_of(options: Sequence[OptionSpec]) -> Cue:
    """Return what the length of its options earns in one question; of several longest ones each is as likely.

    Points are those of ``quizzes.grading``: of k right options one earns 1/k.
    """
    right = sum(option.correct for option in options)
    if not right:
        return Cue()
    lengths = [len(plain_text(option.text)) for option in options]
    longest = [option for option, length in zip(options, lengths, strict=True) if length == max(lengths)]
    earned = sum(option.correct for option in longest) / len(longest) / right
    return Cue(earned, 1 / len(options), 1)
