"""Text files from a content tree, read once and safely."""

from __future__ import annotations

import stat
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem

MAX_BYTES = 2 * 1024 * 1024
"""The largest text file that is read: 2 MiB."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, shown: str, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a regular file with ``\\n`` line ends and without a byte order mark.

    ``shown`` is the path that problems name. Raises ``ContentError`` for anything that is no regular file
    (symbolic links are not followed), too large, not UTF-8, or holding a NUL.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise ContentError(Problem(shown, 1, 1, "not-a-file", _("not a regular file")))
        if status.st_size > max_bytes:
            raise ContentError(_too_large(shown, max_bytes))
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        message = _("cannot be read: %(reason)s") % {"reason": error.strerror or error}
        raise ContentError(Problem(shown, 1, 1, "unreadable", message)) from error
    if len(data) > max_bytes:
        raise ContentError(_too_large(shown, max_bytes))
    return decode_text(data, shown)


def decode_text(data: bytes, shown: str) -> str:
    """Decode a file's bytes as ``read_text`` does; raises ``ContentError`` at the first wrong byte."""
    encoding = "utf-16" if data.startswith(_UTF16_MARKS) else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        message = _("byte 0x%(byte)02x is not valid %(encoding)s") % {
            "byte": data[error.start],
            "encoding": encoding.upper(),
        }
        raise ContentError(
            _at_end_of(before, shown, "bad-encoding", message, _("Save the file as UTF-8."))
        ) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if (nul := text.find("\0")) >= 0:
        raise ContentError(_at_end_of(text[:nul], shown, "nul", _("a NUL character"), _("Remove it.")))
    return text


def line_at(text: str, line: int) -> str:
    """Return one line of a text, counted from 1, or an empty string beyond its end."""
    lines = text.split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _at_end_of(before: str, shown: str, code: str, message: str, remedy: str) -> Problem:
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Problem(shown, len(lines), len(lines[-1]) + 1, code, message, remedy, source_line=lines[-1])


def _too_large(shown: str, max_bytes: int) -> Problem:
    message = _("larger than %(limit)d KiB") % {"limit": max_bytes // 1024}
    return Problem(shown, 1, 1, "too-large", message, _("Split the file."))
