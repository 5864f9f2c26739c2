"""What is wrong in a content file, where, and what to do about it.

Readers of every kind of content (catalog, lessons, quizzes, glossary) report in these terms, so that all
mistakes of a tree come together in one list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum

from django.utils.translation import gettext as _

from catalog.excerpts import excerpt


class Severity(StrEnum):
    """Whether a problem keeps the content from being loaded; a note is counted, and listed on request."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at one place; ``line`` and ``column`` count from 1.

    ``code`` is a stable short name for tests and tools (``unknown-key``), ``source_line`` the line's text.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    source_line: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """The message with its remedy."""
        return f"{self.message}. {self.remedy}" if self.remedy else f"{self.message}."

    @property
    def is_error(self) -> bool:
        """Whether this problem refuses the load."""
        return self.severity is Severity.ERROR

    def with_excerpt(self) -> str:
        """Return the message, the line it speaks of, and a caret under the place."""
        if not self.source_line:
            return str(self)
        return f"{self}\n{excerpt(self.source_line, self.line, self.column)}"

    def sort_key(self) -> tuple[str, int, int, str]:
        """Return what orders problems as a reader meets them: by file, line, column."""
        return (self.path, self.line, self.column, self.code)


class ContentError(Exception):
    """Content was refused; ``problems`` says why, all at once, in reading order."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = [problems] if isinstance(problems, Problem) else list(problems)
        self.problems: tuple[Problem, ...] = tuple(sorted(found, key=Problem.sort_key))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'?" for the nearest known word, or an empty string when none is near."""
    nearest = nearest_word(wrong, known)
    return _("Did you mean '%(word)s'?") % {"word": nearest} if nearest else ""


def nearest_word(wrong: str, known: Iterable[str]) -> str:
    """Return the known word closest to a misspelled one, or an empty string.

    Of two paths the names of the files are compared, since folders alone would make any two alike: what has
    the very name in another folder comes first.
    """
    folder, _slash, name = wrong.casefold().rpartition("/")
    by_folded = {word.casefold(): word for word in known}
    if not folder or name.partition(".")[0] in _NAMES_OF_FOLDERS:
        matches = get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.75)
        return by_folded[matches[0]] if matches else ""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in by_folded:
        by_name[path.rpartition("/")[2]].append(path)
    names = [name] if name in by_name else get_close_matches(name, by_name, n=1, cutoff=0.75)
    paths = by_name[names[0]] if names else []
    nearest = max(paths, key=lambda path: SequenceMatcher(None, wrong.casefold(), path).ratio(), default="")
    return by_folded[nearest] if nearest else ""


_NAMES_OF_FOLDERS = frozenset({"index", "readme"})
"""Names that every folder may have a file of: there the folder tells which is meant."""
