"""Which text stands where the site and its files differ: edits made on the site, and loads of a part only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import F
from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity
from lessons.files import ContentFiles
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


def keep_edits(files: ContentFiles, choices: Choices) -> tuple[dict[str, str], list[Problem]]:
    """Let edits made on the site stand for their files; a change on both sides is told and left alone."""
    hashes: dict[str, str] = {}
    notes: list[Problem] = []
    if choices.keep == "theirs":
        return hashes, notes
    edited = SourceFile.objects.filter(retired_at=None).exclude(text_hash=F("loaded_hash"))
    for row in edited.select_related("edited_by"):
        if row.path not in files.paths:
            continue
        try:
            on_disk = digest(files.text(row.path))
        except ContentError:
            continue  # reported when the file is read
        if on_disk == row.text_hash:
            continue
        files.overrides[row.path] = row.text
        hashes[row.path] = on_disk if choices.keep == "ours" else row.loaded_hash
        if choices.keep == "ask" and on_disk != row.loaded_hash:
            message = _("conflict: edited on the site by %(who)s and changed in the file") % {
                "who": row.edited_by or _("somebody")
            }
            remedy = _("The site's text stays. Decide with --ours (the site's) or --theirs (the file's).")
            notes.append(Problem(row.path, 1, 1, "conflict", message, remedy, Severity.WARNING))
    return hashes, notes


def restrict(files: ContentFiles, only: str) -> None:
    """Take everything outside ``only`` from the site, as it was loaded last."""
    wanted = only.strip("/")

    def inside(path: str) -> bool:
        return path == wanted or path.startswith((f"{wanted}/", f"{wanted}."))

    texts = dict(SourceFile.objects.filter(retired_at=None).values_list("path", "text"))
    kept = {path: text for path, text in texts.items() if not inside(path)}
    files.overrides.update(kept)
    suffixes = (".md", ".mdx", ".yml", ".yaml", ".json")
    files.paths = sorted(
        {path for path in files.paths if inside(path) or path in kept or not path.endswith(suffixes)}
        | set(kept)
    )
