"""``glossary.yml``: the words of the field, each with a source. A question's concepts are its ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from pydantic import Field

from catalog.problems import ContentError, Problem
from catalog.yamlsource import Schema, parse, parse_yaml

FILE_NAME = "glossary.yml"


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
    try:
        mapped = parse_yaml(text, path)
        entries = parse(GlossaryFile, mapped).terms
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
