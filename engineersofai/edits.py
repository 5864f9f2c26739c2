"""Which text stands where the site and its files differ: edits made on the site, and loads of a part only."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity
from engineersofai.renames import Renames
from lessons.files import CATEGORY_NAMES, TEXT_SUFFIXES, ContentFiles, is_partial
from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.models import SourceFile
from lessons.text_loader import digest

Keep = Literal["ask", "ours", "theirs"]

NO_FILE = ""
"""The loaded hash of a text whose file was removed, and that the site keeps all the same."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How to load: what the options of ``loadlessons`` say."""

    track: str = ""
    only: str = ""
    keep: Keep = "ask"
    prune: bool = False
    dry_run: bool = False

    def __post_init__(self) -> None:
        """Bring ``only`` into the form of a path in the tree: ``./a/b/`` is ``a/b``."""
        if self.only:
            object.__setattr__(self, "only", posixpath.normpath(self.only))


def keep_edits(files: ContentFiles, choices: Choices) -> tuple[dict[str, str], list[Problem]]:
    """Let edits made on the site stand for their files; a change on both sides is told and left alone.

    Returns the hash that each edited text was last loaded with, and the conflicts. An edit follows its file
    when that was renamed. A file that was removed while its text was edited is a conflict too: its text
    stays, and with an edited quiz its lesson, without which it would have no place.
    """
    if choices.keep == "theirs":
        return {}, []
    keeper = _Keeper(files, ours=choices.keep == "ours")
    edited = SourceFile.objects.filter(retired_at=None).exclude(text_hash=F("loaded_hash"))
    for row in edited.select_related("edited_by").order_by("path"):
        keeper.keep(row)
    return keeper.hashes, keeper.notes


class _Keeper:
    """Puts edited texts in place of files, one by one."""

    def __init__(self, files: ContentFiles, *, ours: bool) -> None:
        self.files = files
        self.ours = ours
        self.on_disk = frozenset((*files.paths, *files.partials))
        self.folders = _top_folders(files)
        self.renames = Renames(files)
        self.hashes: dict[str, str] = {}
        self.notes: list[Problem] = []

    def keep(self, row: SourceFile) -> None:
        """Let the text of a row stand, where its file is now or was."""
        path = row.path
        if path not in self.on_disk:
            if not self._is_loaded(path):
                return
            path = self.renames.target_of(row) or path
        if path not in self.on_disk:
            self._keep_without_file(row, path)
            return
        try:
            on_disk = digest(self.files.text(path))
        except ContentError:
            return  # reported when the file is read
        if on_disk == row.text_hash:
            return
        _put(self.files, path, row.text)
        self.hashes[path] = on_disk if self.ours else row.loaded_hash
        if not self.ours and on_disk != row.loaded_hash:
            self.notes.append(_conflict(row, path, _("changed in the file")))

    def _is_loaded(self, path: str) -> bool:
        """Whether a file would lie in what is loaded: in one of its tracks, or beside them in its root."""
        top, slash, _rest = path.partition("/")
        return top in self.folders if slash else not self.files.prefix

    def _keep_without_file(self, row: SourceFile, path: str) -> None:
        _put(self.files, path, row.text)
        self.hashes[path] = NO_FILE if self.ours else row.loaded_hash
        lesson = self.renames.lesson_beside(row)
        if lesson is not None and lesson.path not in self.files.overrides:
            _put(self.files, lesson.path, lesson.text)
            self.hashes[lesson.path] = NO_FILE if self.ours else lesson.loaded_hash
        if not self.ours and row.loaded_hash != NO_FILE:
            self.notes.append(_conflict(row, path, _("the file was removed")))


def _conflict(row: SourceFile, path: str, what: str) -> Problem:
    message = _("conflict: edited on the site by %(who)s and %(what)s") % {
        "who": row.edited_by or _("somebody"),
        "what": what,
    }
    remedy = _("The site's text stays. Decide with --ours (the site's) or --theirs (the file's).")
    return Problem(path, 1, 1, "conflict", message, remedy, Severity.WARNING)


def restrict(files: ContentFiles, only: str) -> tuple[dict[str, str], list[Problem]]:
    """Take everything outside ``only`` from the site, as it stands there.

    A text whose file was renamed to what is loaded is there no more, and what lies beside it goes along.
    Returns the hashes that those texts were loaded with, and a problem where neither the tree nor the site
    has anything at that place.
    """
    folders = _top_folders(files)
    stored = {
        row.path: row
        for row in SourceFile.objects.filter(retired_at=None)
        if row.path.partition("/")[0] in folders or "/" not in row.path
    }
    found = {
        path for path in (*files.paths, *files.partials, *stored) if lies_within(path, only, files.prefix)
    }
    if not found:
        message = _("nothing lies at this place")
        remedy = _("Name a file or folder as it lies below the folder that is loaded.")
        return {}, [Problem(only, 1, 1, "only", message, remedy)]
    on_disk = frozenset((*files.paths, *files.partials))
    rest = [row for path, row in stored.items() if path not in found and path not in on_disk]
    moved = Renames(files).left_for(rest, found)
    found |= on_disk.intersection(moved.values())
    files.paths = [path for path in files.paths if path in found or not _is_text(path)]
    files.partials = [path for path in files.partials if path in found]
    kept = {moved.get(path, path): row for path, row in stored.items()}
    kept = {path: row for path, row in kept.items() if path not in found}
    for path, row in kept.items():
        _put(files, path, row.text)
    return {path: row.loaded_hash for path, row in kept.items()}, []


def borrow_glossary(files: ContentFiles, *, stored: bool) -> dict[str, str]:
    """Give a single track the glossary that its own folder does not hold.

    That is the site's, whose hash when it was last loaded is returned; without a database (``stored`` is
    false) the one of the content root.
    """
    if not stored:
        with suppress(ContentError):  # none there, or reported where that root is checked
            _put(files, GLOSSARY_NAME, ContentFiles(settings.CONTENT_DIR).text(GLOSSARY_NAME))
        return {}
    row = SourceFile.objects.filter(path=GLOSSARY_NAME, retired_at=None).first()
    if row is None:
        return {}
    _put(files, row.path, row.text)
    return {row.path: row.loaded_hash}


def lies_within(path: str, only: str, prefix: str = "") -> bool:
    """Whether a path is ``only``, lies in that folder, or differs from it by a suffix (a lesson's quiz).

    ``prefix`` is what stands before every path of a single track: ``only`` may be given with or without it.
    """
    wanted = f"{only.strip('/')}/".removeprefix(prefix).strip("/")
    path = path.removeprefix(prefix)
    return not wanted or path == wanted or path.startswith((f"{wanted}/", f"{wanted}."))


def _top_folders(files: ContentFiles) -> set[str]:
    return {path.partition("/")[0] for path in files.paths if "/" in path}


def _is_text(path: str) -> bool:
    return path.endswith(TEXT_SUFFIXES) or path.rpartition("/")[2] in CATEGORY_NAMES


def _put(files: ContentFiles, path: str, text: str) -> None:
    """Have a text stand in the tree, whether or not a file does."""
    files.overrides[path] = text
    listed = files.partials if is_partial(path) else files.paths
    at = bisect_left(listed, path)
    if listed[at : at + 1] != [path]:
        listed.insert(at, path)
