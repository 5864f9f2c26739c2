"""What a command says when the database cannot be used: one line, and no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import InternalError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _


@contextmanager
def database_in_words() -> Iterator[None]:
    """Turn what a database refuses into a ``CommandError`` that says why and, where known, what to do."""
    try:
        yield
    except (InternalError, OperationalError, ProgrammingError) as error:
        raise CommandError(_in_words(error)) from error


def _in_words(error: Exception) -> str:
    why = str(error).strip().rstrip(".")
    message = _("The database cannot be used: %(why)s.") % {"why": why}
    if isinstance(error, ProgrammingError) or "no such" in why:
        return f"{message} {_('Is `manage.py migrate` done?')}"
    if "locked" in why:
        return f"{message} {_('Another program is writing; try again.')}"
    return message
