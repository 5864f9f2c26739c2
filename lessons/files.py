"""The files of a content tree: which are read, and what keeps the rest out."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity
from catalog.textfiles import read_bytes, read_text

MAX_PAGE_BYTES = 2 * 2**20
MAX_ASSET_BYTES = 4 * 2**20
MAX_DEPTH = 20
MAX_PATH = 500
"""Characters of a path, as the table of source texts holds them."""

PAGE_SUFFIXES = (".md", ".mdx")
CATEGORY_NAMES = ("_category_.yml", "_category_.yaml", "_category_.json")
TOCTREE_NAME = "_toctree.yml"
SUMMARY_NAME = "SUMMARY.md"
OUTLINE_NAMES = (TOCTREE_NAME, SUMMARY_NAME)
"""Files that give order and grouping: of Hugging Face's doc-builder and of mdBook."""

BOOK_NAME = "book.toml"
"""What mdBook knows of a book: its title, and the folder of its pages."""

TEXT_SUFFIXES = (*PAGE_SUFFIXES, ".yml", ".yaml", ".toml", ".gift")
"""What holds words of an author. A ``_category_.json`` does too; other JSON is data that pages point at."""

_READ_THOUGH_UNDERSCORED = frozenset({*CATEGORY_NAMES, *OUTLINE_NAMES})


def holds_questions(path: str) -> bool:
    """Whether a file is named as one of questions, ``03-mixtral.quiz.yml``: no page, and never served.

    It holds the keys. Which of these files are read, and how, is for the app above to say.
    """
    return path.lower().rpartition(".")[0].endswith(".quiz")


def is_page(path: str) -> bool:
    """Whether a file is a page by its name; the outline ``SUMMARY.md`` is told by what stands in it."""
    return path.endswith(PAGE_SUFFIXES) and not holds_questions(path)


def is_partial(path: str) -> bool:
    """Whether a file is a piece of text that pages import: Markdown below a name with an underscore first."""
    return path.endswith(PAGE_SUFFIXES) and (path.startswith("_") or "/_" in path)


@dataclass(slots=True)
class ContentFiles:
    """Paths of a tree, relative and with forward slashes, in a stable order.

    ``prefix`` is put before every path, so that a single track keeps the paths it has in its content root.
    """

    root: Path
    prefix: str = ""
    paths: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    partials: list[str] = field(default_factory=list)
    """Texts that pages may import; no page themselves and not among ``paths``."""
    overrides: dict[str, str] = field(default_factory=dict)
    """Texts that stand for what lies on disk: edits made on the site."""

    def text(self, path: str) -> str:
        """Return a text file; raises ``ContentError`` naming the file and the line."""
        if path in self.overrides:
            return self.overrides[path]
        return read_text(self._real(path), path, max_bytes=MAX_PAGE_BYTES)

    def data(self, path: str) -> bytes:
        """Return an asset's bytes; raises ``ContentError`` when it is too large or unreadable."""
        return read_bytes(self._real(path), path, MAX_ASSET_BYTES, _("Make the file smaller."))

    def _real(self, path: str) -> Path:
        return self.root / path.removeprefix(self.prefix)


def list_files(root: Path, prefix: str = "") -> ContentFiles:
    """Walk a tree, leaving out hidden and underscored names; links and devices are skipped with a warning."""
    files = ContentFiles(root, prefix)
    _walk(files, os.fspath(root), prefix, 0)
    files.paths.sort()
    files.partials.sort()
    files.problems.sort(key=Problem.sort_key)
    return files


def _walk(files: ContentFiles, folder: str, prefix: str, depth: int) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                path = prefix + name
                if name.startswith((".", "_")) and name not in _READ_THOUGH_UNDERSCORED:
                    if is_partial(name) and entry.is_file(follow_symlinks=False) and _is_utf8(name):
                        files.partials.append(path)
                    continue
                # The kind comes with the name: ten thousand files are listed without asking for each.
                if not name.isascii() and not _is_utf8(name):
                    shown = path.encode(errors="backslashreplace").decode()
                    files.problems.append(_skipped(shown, _("its name is not UTF-8")))
                elif not name.isprintable() and any(unicodedata.category(char) == "Cc" for char in name):
                    files.problems.append(_skipped(repr(path), _("its name holds a control character")))
                elif len(path) > MAX_PATH:
                    why = _("its path is longer than %(limit)d characters") % {"limit": MAX_PATH}
                    files.problems.append(_skipped(path, why))
                elif entry.is_file(follow_symlinks=False):
                    files.paths.append(path)
                elif not entry.is_dir(follow_symlinks=False):
                    files.problems.append(_skipped(path, _("not a regular file")))
                elif name == "node_modules":
                    continue
                elif depth >= MAX_DEPTH:
                    files.problems.append(_skipped(f"{path}/", _("folders are nested too deep")))
                else:
                    _walk(files, entry.path, f"{path}/", depth + 1)
    except OSError as error:  # no permission, or removed since its parent was listed
        why = _("it cannot be read (%(reason)s)") % {"reason": error.strerror or error}
        files.problems.append(_skipped(prefix or "./", why))


def _skipped(path: str, why: str) -> Problem:
    message = _("skipped: %(why)s") % {"why": why}
    return Problem(path, 1, 1, "skipped", message, "", Severity.WARNING)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
