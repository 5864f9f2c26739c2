"""Where the files of a report lie, as seen from where it is read: a terminal, an editor, a checkout."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.problems import Problem

WORKSPACE = "GITHUB_WORKSPACE"
"""Names the folder of the checkout in a workflow, from which annotations name their files."""


def checkout() -> Path:
    """Return the folder that annotations start from: the workflow's checkout, else the current one."""
    return Path(os.environ.get(WORKSPACE) or Path.cwd())


@dataclass(frozen=True, slots=True)
class Places:
    """Tells where the content paths of a loaded folder lie.

    ``prefix`` is what content paths of a single track begin with, and their files do not. ``base`` is where
    the reader stands: what lies below it is named from there, and anything else as ``root`` was given.
    """

    root: Path
    prefix: str
    base: Path

    def of(self, path: str) -> str:
        """Return the path that opens the file; a path outside the loaded folder stays as it is."""
        if not path.startswith(self.prefix):
            return path  # of the site, such as its glossary
        inside = path.removeprefix(self.prefix)
        try:
            shown = self.root.resolve().relative_to(self.base.resolve()) / inside
        except ValueError:  # elsewhere
            shown = self.root / inside
        return shown.as_posix() + ("/" if path.endswith("/") else "")

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems that name their files so."""
        return [replace(problem, path=self.of(problem.path)) for problem in problems]
