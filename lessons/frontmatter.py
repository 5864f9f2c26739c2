"""Front matter: what stands between two lines of ``---`` at the top of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from catalog.problems import ContentError, Problem, Severity, nearest_word
from catalog.yamlsource import Mapped, parse, parse_yaml

MAX_BYTES = 16 * 1024
"""The largest front matter that is read: 16 KiB."""

Completion = Literal["quiz", "pass", "view", "manual"]


class _Open(BaseModel):
    """A schema that keeps unknown keys: any Docusaurus page loads without a change."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)


T = TypeVar("T", bound=_Open)


class FrontMatter(_Open):
    """The keys that are read; every one may be left out."""

    title: str | None = Field(None, max_length=200)
    description: str = ""
    slug: str | None = Field(None, max_length=200)
    id: str | None = Field(None, max_length=200, pattern=r"^[^\s/][^\s]*$")
    sidebar_position: float | None = None
    sidebar_label: str = Field("", max_length=200)
    draft: bool = False
    unlisted: bool = False
    tags: list[str] = []
    keywords: list[str] = []
    image: str | None = None
    hide_title: bool = False
    hide_table_of_contents: bool = False
    toc_min_heading_level: int = Field(2, ge=2, le=6)
    toc_max_heading_level: int = Field(3, ge=2, le=6)
    pagination_next: str | None = None
    pagination_prev: str | None = None
    last_update: object = None
    custom_edit_url: str | None = None
    minutes: int | None = Field(None, ge=0, le=600)
    level: str = Field("", max_length=60)
    prerequisites: list[str] = []
    objectives: list[str] = []
    key_concept: str = Field("", max_length=200)
    complete: Completion | None = None
    aliases: list[str] = []
    concepts: list[str] = []


class ModuleTest(BaseModel):
    """How a module's test is drawn."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    questions: int = Field(24, ge=1, le=200)
    pass_: int = Field(80, ge=1, le=100, alias="pass")


class Category(_Open):
    """``_category_.yml``: what a folder is called and where it stands."""

    label: str | None = Field(None, max_length=200)
    position: float | None = None
    description: str = ""
    link: object = None
    collapsed: bool = True
    collapsible: bool = True
    key: str | None = None
    level: str = Field("", max_length=60)
    prerequisites: list[str] = []
    test: ModuleTest | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """A page taken apart: its front matter, its body, and the line (from 1) on which the body begins."""

    meta: FrontMatter
    body: str
    first_line: int
    mapped: Mapped | None
    problems: tuple[Problem, ...] = ()


def read_front_matter(text: str, path: str) -> Matter:
    """Take a page apart. Problems come back with it; with an error ``meta`` holds what is right.

    A first line of ``---`` that nothing closes, or that closes around plain text, is a rule in the text.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Matter(FrontMatter(), text, 1, None)
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return Matter(FrontMatter(), text, 1, None)
    block = "\n".join(lines[1:end])
    body, first_line = "\n".join(lines[end + 1 :]), end + 2
    if len(block.encode()) > MAX_BYTES:
        problem = Problem(
            path, 1, 1, "front-matter", _("front matter is larger than 16 KiB"), _("Move text into the page.")
        )
        return Matter(FrontMatter(), body, first_line, None, (problem,))
    if not block.strip():
        return Matter(FrontMatter(), body, first_line, None)
    try:
        mapped = parse_yaml(block, path, first_line=2)
    except ContentError as error:
        return Matter(FrontMatter(), body, first_line, None, error.problems)
    if not isinstance(mapped.data, dict):
        return Matter(FrontMatter(), text, 1, None)
    meta, problems = read_open(FrontMatter, mapped)
    return Matter(meta, body, first_line, mapped, tuple(problems))


def read_open(schema: type[T], mapped: Mapped) -> tuple[T, list[Problem]]:
    """Read data that may hold unknown keys; one that is an edit or two from a known one is an error."""
    known = list(schema.model_fields)
    problems: list[Problem] = []
    for key in mapped.data:
        if key in known:
            continue
        nearest = nearest_word(str(key), known)
        message = _("unknown key '%(key)s'") % {"key": key}
        if nearest:
            remedy = _("Did you mean '%(word)s'?") % {"word": nearest}
            problems.append(mapped.problem((key,), "unknown-key", message, remedy, at_key=True))
        else:
            problem = mapped.problem(
                (key,), "unknown-key", message, _("It is kept and not used."), at_key=True
            )
            problems.append(replace(problem, severity=Severity.WARNING))
    try:
        return parse(schema, mapped), problems
    except ContentError as error:
        return _salvage(schema, mapped), [*problems, *error.problems]


def _salvage(schema: type[T], mapped: Mapped) -> T:
    """Return what is right in faulty data, so that one wrong key does not hide what else is wrong."""
    right = {key: value for key, value in mapped.data.items() if _fits(schema, key, value)}
    return schema.model_validate(right)


def _fits(schema: type[T], key: object, value: object) -> bool:
    try:
        schema.model_validate({key: value})
    except ValidationError:
        return False
    return True
