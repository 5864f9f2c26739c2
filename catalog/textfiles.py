"""Text files from a content tree, read once and safely."""

from __future__ import annotations

import errno
import os
import stat
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem

MAX_BYTES = 2 * 1024 * 1024
"""The largest text file that is read: 2 MiB."""

_NO_SURPRISES = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, shown: str, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a regular file with ``\\n`` line ends and without a byte order mark.

    ``shown`` is the path that problems name. Raises ``ContentError`` for whatever ``read_bytes`` refuses, and
    for what is not UTF-8 or holds a NUL.
    """
    return decode_text(read_bytes(path, shown, max_bytes, _("Split the file.")), shown)


def read_bytes(path: Path, shown: str, max_bytes: int, remedy: str) -> bytes:
    """Return the bytes of a regular file; ``remedy`` says what to do about one that is too large.

    Raises ``ContentError`` for anything else, however the file has changed since it was listed: a symbolic
    link is not followed, a FIFO is not waited for, and no more than ``max_bytes`` are ever read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _NO_SURPRISES)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise ContentError(_not_a_file(shown))
            if status.st_size > max_bytes:
                raise ContentError(_too_large(shown, max_bytes, remedy))
            with open(handle, "rb", closefd=False) as file:
                data = file.read(max_bytes + 1)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno == errno.ELOOP:  # what O_NOFOLLOW says of a link
            raise ContentError(_not_a_file(shown)) from error
        message = _("cannot be read: %(reason)s") % {"reason": error.strerror or error}
        raise ContentError(Problem(shown, 1, 1, "unreadable", message)) from error
    if len(data) > max_bytes:
        raise ContentError(_too_large(shown, max_bytes, remedy))
    return data


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
    lines = _lines(text)
    return lines[line - 1] if 0 < line <= len(lines) else ""


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    """Return the lines of a text, kept: a file with a thousand mistakes is taken apart once."""
    return text.split("\n")


def _at_end_of(before: str, shown: str, code: str, message: str, remedy: str) -> Problem:
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Problem(shown, len(lines), len(lines[-1]) + 1, code, message, remedy, source_line=lines[-1])


def _not_a_file(shown: str) -> Problem:
    return Problem(shown, 1, 1, "not-a-file", _("not a regular file"))


def _too_large(shown: str, max_bytes: int, remedy: str) -> Problem:
    message = _("larger than %(limit)d KiB") % {"limit": max_bytes // 1024}
    return Problem(shown, 1, 1, "too-large", message, remedy)
