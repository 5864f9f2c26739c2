"""Which text stands where the site and its files differ: edits made on the site, and loads of a part only."""

from __future__ import annotations

import posixpath
from bisect import insort
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity
from lessons.files import ContentFiles
from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.models import SourceFile
from lessons.text_loader import digest

Keep = Literal["ask", "ours", "theirs"]


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

    Returns the hash that each edited text was last loaded with, and the conflicts. A file that was removed
    while its text was edited is a conflict too, and its text stays.
    """
    hashes: dict[str, str] = {}
    notes: list[Problem] = []
    if choices.keep == "theirs":
        return hashes, notes
    folders = _top_folders(files)
    edited = SourceFile.objects.filter(retired_at=None).exclude(text_hash=F("loaded_hash"))
    for row in edited.select_related("edited_by"):
        removed = row.path not in files.paths
        if removed and row.path.partition("/")[0] not in folders:
            continue  # its track is not what is being loaded
        try:
            on_disk = "" if removed else digest(files.text(row.path))
        except ContentError:
            continue  # reported when the file is read
        if on_disk == row.text_hash:
            continue
        _put(files, row.path, row.text)
        hashes[row.path] = on_disk if on_disk and choices.keep == "ours" else row.loaded_hash
        if choices.keep == "ask" and on_disk != row.loaded_hash:
            notes.append(_conflict(row, removed=removed))
    return hashes, notes


def _conflict(row: SourceFile, *, removed: bool) -> Problem:
    message = (
        _("conflict: edited on the site by %(who)s and the file was removed")
        if removed
        else _("conflict: edited on the site by %(who)s and changed in the file")
    )
    remedy = _("The site's text stays. Decide with --ours (the site's) or --theirs (the file's).")
    return Problem(
        row.path,
        1,
        1,
        "conflict",
        message % {"who": row.edited_by or _("somebody")},
        remedy,
        Severity.WARNING,
    )


def restrict(files: ContentFiles, only: str) -> tuple[dict[str, str], list[Problem]]:
    """Take everything outside ``only`` from the site, as it stands there.

    Returns the hashes that those texts were loaded with, and a problem where neither the tree nor the site
    has anything at that place.
    """
    folders = _top_folders(files)
    stored = {
        row.path: row
        for row in SourceFile.objects.filter(retired_at=None)
        if row.path.partition("/")[0] in folders or "/" not in row.path
    }
    found = {path for path in (*files.paths, *stored) if lies_within(path, only)}
    if not found:
        message = _("nothing lies at this place")
        remedy = _("Name a file or folder as it lies below the folder that is loaded.")
        return {}, [Problem(only, 1, 1, "only", message, remedy)]
    files.paths = [path for path in files.paths if path in found or not path.endswith(_TEXT_SUFFIXES)]
    kept = {path: row for path, row in stored.items() if path not in found}
    for path, row in kept.items():
        _put(files, path, row.text)
    return {path: row.loaded_hash for path, row in kept.items()}, []


_TEXT_SUFFIXES = (".md", ".mdx", ".yml", ".yaml", ".json")


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


def lies_within(path: str, only: str) -> bool:
    """Whether a path is ``only``, lies in that folder, or differs from it by a suffix (a lesson's quiz)."""
    wanted = only.strip("/")
    return not wanted or path == wanted or path.startswith((f"{wanted}/", f"{wanted}."))


def _top_folders(files: ContentFiles) -> set[str]:
    return {path.partition("/")[0] for path in files.paths if "/" in path}


def _put(files: ContentFiles, path: str, text: str) -> None:
    """Have a text stand in the tree, whether or not a file does."""
    files.overrides[path] = text
    if path not in files.paths:
        insort(files.paths, path)
