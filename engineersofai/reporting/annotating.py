"""Problems as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.problems import Problem, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotate(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield one command a problem, in reading order."""
    for problem in problems:
        properties = {
            "file": problem.path,
            "line": str(problem.line),
            "col": str(problem.column),
            "title": problem.code,
        }
        written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        yield f"::{_LEVELS[problem.severity]} {written}::{_data(problem.sentence)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
