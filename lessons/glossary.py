"""``glossary.yml``: the words of the field, each with a source. A question's concepts are its ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from catalog.problems import ContentError, Problem
from catalog.yamlsource import Mapped, Schema, parse_yaml
from catalog.yamlsource.validation import translate

FILE_NAME = "glossary.yml"

MAX_BYTES = 512 * 1024
"""Size of the file: some two thousand terms. YAML of more keeps a reader busy for seconds."""

MAX_FAULTS = 200
"""Faults that are told at once; nobody reads more, and a hostile file holds a million."""


class TermSource(Schema):
    """Where a meaning was read, and on which day."""

    url: str = Field(pattern=r"^https?://\S+$", max_length=500)
    title: str = Field("", max_length=300)
    seen: date


class TermEntry(Schema):
    """One term."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)
    term: str = Field(min_length=1, max_length=120)
    aliases: list[str] = []
    definition: str = Field(min_length=1)
    source: TermSource


class GlossaryFile(Schema):
    """The file."""

    terms: list[TermEntry]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms by id, and what is wrong with the file."""

    terms: dict[str, TermEntry]
    problems: tuple[Problem, ...] = ()


def read_glossary(text: str, path: str) -> Glossary:
    """Read the glossary; everything that is wrong comes back at its line and column."""
    if len(text.encode()) > MAX_BYTES:
        message = _("the glossary is larger than %(limit)d KiB") % {"limit": MAX_BYTES // 1024}
        return Glossary({}, (Problem(path, 1, 1, "too-large", message, _("Leave terms out.")),))
    try:
        mapped = parse_yaml(text, path)
        entries = _entries(mapped)
    except ContentError as error:
        return Glossary({}, error.problems)
    terms: dict[str, TermEntry] = {}
    problems = []
    for index, entry in enumerate(entries):
        if entry.id in terms:
            message = _("two terms have the id '%(id)s'") % {"id": entry.id}
            problems.append(mapped.problem(("terms", index, "id"), "duplicate-id", message, _("Rename one.")))
        terms.setdefault(entry.id, entry)
    return Glossary(terms, tuple(problems))


def _entries(mapped: Mapped) -> list[TermEntry]:
    """Return the terms; raises ``ContentError`` with what is wrong with the first, as much as can be read."""
    read: Mapped = mapped
    unread: int | None = None
    while True:
        try:
            entries = GlossaryFile.model_validate(read.data).terms
        except ValidationError as error:
            if error.error_count() <= MAX_FAULTS:
                raise ContentError(
                    [*translate(GlossaryFile, read, error), *_unread(mapped, unread)]
                ) from error
        else:
            if unread is None:
                return entries
            raise ContentError(_unread(mapped, unread))
        terms = read.data.get("terms") if isinstance(read.data, dict) else None
        unread = len(terms) // 2 if isinstance(terms, list) else 0
        if not terms or not unread:
            raise ContentError(_unread(mapped, 0))
        read = replace(read, data={**read.data, "terms": terms[:unread]})


def _unread(mapped: Mapped, first: int | None) -> list[Problem]:
    """Say that faults are not listed from a term on."""
    if first is None:
        return []
    message = _("more faults from here on than are listed")
    return [mapped.problem(("terms", first), "too-many", message, _("Mend those before it first."))]
