"""Writing to terminals, files and pipes alike: colors where they are wanted, no crash over a character."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import OutputWrapper
from django.core.management.color import Style, no_style

from catalog.problems import Problem, Severity


class Console:
    """Both streams of a command. ``style`` is Django's; it is used only on a terminal that shows colors."""

    def __init__(self, stdout: OutputWrapper, stderr: OutputWrapper, style: Style) -> None:
        self._stdout, self._stderr = stdout, stderr
        plain = no_style()
        wanted = not os.environ.get("NO_COLOR")
        self._out_style = style if wanted and stdout.isatty() else plain
        self._err_style = style if wanted and stderr.isatty() else plain

    def say(self, text: str) -> None:
        """Write a line to standard output."""
        self._stdout.write(text)

    def announce(self, text: str) -> None:
        """Write a line of success to standard output."""
        self._stdout.write(self._out_style.SUCCESS(text))

    def remark(self, text: str) -> None:
        """Write a line to standard error."""
        self._stderr.write(text, style_func=str)

    def complain(self, problem: Problem, name: str) -> None:
        """Write a problem with its excerpt to standard error; ``name`` is its severity in words."""
        paint = self._err_style.ERROR if problem.is_error else self._err_style.WARNING
        if problem.severity is Severity.NOTE:
            paint = self._err_style.NOTICE
        head, _newline, below = problem.with_excerpt().partition("\n")
        lines = [paint(f"{name}: {head}"), below] if below else [paint(f"{name}: {head}")]
        self._stderr.write("\n".join(lines), style_func=str)


def speaks_unicode(stream: Any) -> bool:
    """Whether a stream takes every character; one without an encoding (a buffer) does."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


@contextmanager
def forgiving_streams() -> Iterator[None]:
    """Write what a stream's encoding lacks as an escape, and take a closed pipe for the end of interest.

    Who reads may stop reading (``| head``); what is done by then stays done.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whatever is still buffered would fail again when Python ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
