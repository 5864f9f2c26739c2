"""The files of a content tree: which are read, and what keeps the rest out."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity
from catalog.textfiles import read_text

MAX_PAGE_BYTES = 2 * 2**20
MAX_ASSET_BYTES = 4 * 2**20
MAX_DEPTH = 20

PAGE_SUFFIXES = (".md", ".mdx")
CATEGORY_NAMES = ("_category_.yml", "_category_.yaml", "_category_.json")
TEXT_SUFFIXES = (*PAGE_SUFFIXES, ".yml", ".yaml")


@dataclass(slots=True)
class ContentFiles:
    """Paths of a tree, relative and with forward slashes, in a stable order.

    ``prefix`` is put before every path, so that a single track keeps the paths it has in its content root.
    """

    root: Path
    prefix: str = ""
    paths: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    overrides: dict[str, str] = field(default_factory=dict)
    """Texts that stand for what lies on disk: edits made on the site."""

    def text(self, path: str) -> str:
        """Return a text file; raises ``ContentError`` naming the file and the line."""
        if path in self.overrides:
            return self.overrides[path]
        return read_text(self._real(path), path, max_bytes=MAX_PAGE_BYTES)

    def data(self, path: str) -> bytes:
        """Return an asset's bytes; raises ``ContentError`` when it is too large or unreadable."""
        real = self._real(path)
        try:
            if real.stat().st_size > MAX_ASSET_BYTES:
                message = _("larger than 4 MiB")
                raise ContentError(Problem(path, 1, 1, "too-large", message, _("Make the file smaller.")))
            return real.read_bytes()
        except OSError as error:
            message = _("cannot be read: %(reason)s") % {"reason": error.strerror or error}
            raise ContentError(Problem(path, 1, 1, "unreadable", message)) from error

    def _real(self, path: str) -> Path:
        return self.root / path.removeprefix(self.prefix)


def list_files(root: Path, prefix: str = "") -> ContentFiles:
    """Walk a tree, leaving out hidden and underscored names; links and devices are skipped with a warning."""
    files = ContentFiles(root, prefix)
    _walk(files, root, prefix, 0)
    files.paths.sort()
    return files


def _walk(files: ContentFiles, folder: Path, prefix: str, depth: int) -> None:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path = prefix + entry.name
            if entry.name.startswith((".", "_")) and entry.name not in CATEGORY_NAMES:
                continue
            if not _is_utf8(entry.name):
                files.problems.append(_skipped(repr(entry.name), _("its name is not UTF-8")))
                continue
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                if entry.name == "node_modules":
                    continue
                if depth >= MAX_DEPTH:
                    files.problems.append(_skipped(path, _("folders are nested too deep")))
                else:
                    _walk(files, Path(entry.path), f"{path}/", depth + 1)
            elif stat.S_ISREG(mode):
                files.paths.append(path)
            else:
                files.problems.append(_skipped(path, _("not a regular file")))


def _skipped(path: str, why: str) -> Problem:
    message = _("skipped: %(why)s") % {"why": why}
    return Problem(path, 1, 1, "skipped", message, "", Severity.WARNING)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
