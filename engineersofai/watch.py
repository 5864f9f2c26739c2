"""Waits for files to change, by looking: works on every system and file system, network shares included."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PAUSE = 0.5
"""Seconds between two looks."""

SETTLE = 0.1
"""Seconds without a change after which a change is over: editors write a file in several steps."""

SHARE = 0.05
"""Part of the time that looking may take; large trees are looked at less often."""

_IGNORED = {".git", ".hg", ".svn", "node_modules", "__pycache__"}
_MAX_DEPTH = 40

Snapshot = dict[str, tuple[int, int, int]]
"""Time of the last change in nanoseconds, size and file number, by path."""


def watch(
    folders: Sequence[Path], act: Callable[[], None], *, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Call ``act`` now and after every change below the folders, until it or Ctrl-C raises.

    What changes while ``act`` is at work is seen afterwards.
    """
    seen = look(folders)
    act()
    while True:
        seen = wait_for_change(folders, seen, sleep)
        act()


def wait_for_change(
    folders: Sequence[Path], seen: Snapshot, sleep: Callable[[float], None] = time.sleep
) -> Snapshot:
    """Return what lies below the folders as soon as that differs from ``seen`` and has come to rest."""
    while True:
        began = time.monotonic()
        found = look(folders)
        if found != seen:
            break
        sleep(max(PAUSE, (time.monotonic() - began) / SHARE))
    while True:
        sleep(SETTLE)
        again = look(folders)
        if again == found:
            return found
        found = again


def look(folders: Sequence[Path]) -> Snapshot:
    """Return the files below the folders; what cannot be read is not there."""
    return {path: stamp for folder in folders for path, stamp in _walk(str(folder), 0)}


def _walk(folder: str, depth: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError:  # gone since it was listed, or not ours to read
        return
    for entry in entries:
        try:
            status = os.lstat(entry.path)  # an entry of its own would know no file number on Windows
        except OSError:
            continue
        if not stat.S_ISDIR(status.st_mode):
            yield entry.path, (status.st_mtime_ns, status.st_size, status.st_ino)
        elif entry.name not in _IGNORED and depth < _MAX_DEPTH:
            yield from _walk(entry.path, depth + 1)
