"""Places of a page where questions are written, or named, for another app to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fence:
    """A place that another app reads: its text and the line its text begins on, from 1.

    ``kind`` says what the text is: "yaml" of a ``quiz`` fence, "huggingface" for the raw ``<Question … />``
    of the Hugging Face course, "mdbook" for the path that ``{{#quiz path}}`` names. A ``<Question>`` has its
    prompt before it: ``before`` is the text from the heading (or question) above, which begins on
    ``before_line``.
    """

    line: int
    text: str
    kind: str = "yaml"
    before: str = ""
    before_line: int = 0
