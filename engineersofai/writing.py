"""Content files written to disk: whole or not at all, and never where a link leads."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.utils.translation import gettext as _

_BOM = "\ufeff"


class Unwritable(Exception):
    """A file that cannot be written; the text says which and why."""


def place_of(folder: Path, path: str) -> Path:
    """Return where a content path lies below a folder.

    Raises ``Unwritable`` for a path that would lead out of it, on any system and also by a symbolic link on
    the way, and for a hidden one: no content file has such a name, while tools obey what they find there.
    """
    parts = PurePosixPath(path).parts
    names_drive = any(PureWindowsPath(part).drive for part in parts)
    if not parts or path.startswith("/") or ".." in parts or "\0" in path or "\\" in path or names_drive:
        raise Unwritable(_("%(path)s: this path leads out of the folder") % {"path": path})
    if any(part.startswith(".") for part in parts):
        raise Unwritable(_("%(path)s: a hidden file is no content") % {"path": path})
    place = folder
    for part in parts:
        place = place / part
        if place.is_symlink():
            raise Unwritable(_("%(path)s: a symbolic link lies on the way") % {"path": path})
    return place


def replace_file(place: Path, data: bytes) -> None:
    """Write a file under another name and give it its own when it is complete; its mode stays as it was.

    Raises ``Unwritable``.
    """
    temporary = ""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        mode = place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, place)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)
        raise Unwritable(f"{place}: {error.strerror or error}") from error


def as_written(text: str, earlier: bytes) -> bytes:
    """Return a text as bytes, with the byte order mark and the line ends that the file had before."""
    if earlier.startswith(_BOM.encode()):
        text = _BOM + text
    if earlier.count(b"\r\n") * 2 > earlier.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return text.encode()


def _umask() -> int:
    """Return the mask of new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
