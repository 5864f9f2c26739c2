"""Whether a tree is what was loaded last: the same files, rendered the same way, on a site untouched since.

Then a load has nothing to do, and reading, rendering and comparing every page can be left out.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter

from django.conf import settings

from engineersofai.edits import Choices
from engineersofai.pipeline_version import pipeline_version
from lessons.files import TEXT_SUFFIXES, ContentFiles
from lessons.models import LoadedTree
from lessons.report import UNCHANGED, Report
from lessons.storing import store


def fingerprint(files: ContentFiles) -> str:
    """Return a hash of all files of a tree and of what renders them; empty when one cannot be read."""
    digest = hashlib.sha256(f"{pipeline_version()} {sorted(settings.CONTENT_HOSTS)}".encode())
    root = os.fspath(files.root)
    try:
        for path in (*files.paths, *files.partials):
            real = os.path.join(root, path.removeprefix(files.prefix))
            digest.update(f"\n{path}\n".encode())
            digest.update(_stamp(real, is_text=path.endswith(TEXT_SUFFIXES)))
    except OSError:
        return ""
    return digest.hexdigest()


def _stamp(real: str, *, is_text: bool) -> bytes:
    if is_text:
        with open(real, "rb") as file:
            return hashlib.sha256(file.read()).digest()
    # Images may be many and large; one that was only touched is compared by its bytes later.
    found = os.stat(real)
    return f"{found.st_size} {found.st_mtime_ns}".encode()


def report_of_unchanged(name: str, mark: str, generation: int) -> Report | None:
    """Return the report of a load that would change nothing; None when that is not certain."""
    row = LoadedTree.objects.filter(name=name, generation=generation).first()
    if not mark or row is None or row.fingerprint != mark:
        return None
    counts = Counter({(kind, UNCHANGED): count for kind, count in row.counts.items()})
    return Report(counts=counts, warnings_before=row.warnings)


def remember(name: str, mark: str, generation: int, report: Report, warnings: int) -> None:
    """Note what was loaded and how much was warned of, in the transaction that wrote it."""
    counts: Counter[str] = Counter()
    for (kind, action), count in report.counts.items():
        if action not in {"retired", "deleted"}:
            counts[kind] += count
    row = LoadedTree.objects.filter(name=name).first() or LoadedTree(name=name)
    values = {"fingerprint": mark, "generation": generation, "counts": dict(counts), "warnings": warnings}
    store(row, values)


def may_skip(choices: Choices) -> bool:
    """Whether these choices ask for nothing but what the files say."""
    return not choices.only and choices.keep == "ask"
