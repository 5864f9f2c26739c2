"""``_category_.yml``: what a folder is called, where it stands, and what its address leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from catalog.problems import ContentError, Problem
from catalog.yamlsource import Mapped, parse_yaml
from lessons.openschema import OpenSchema, read_open
from lessons.plain_words import without_keys

MAX_BYTES = 16 * 1024
"""The largest category file that is read: 16 KiB, as front matter."""

_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


class ModuleTest(BaseModel):
    """How a module's test is drawn."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    questions: int = Field(24, ge=1, le=200)
    pass_: int = Field(80, ge=1, le=100, alias="pass")


class GeneratedIndex(OpenSchema):
    """``link: {type: generated-index}``: a list of what the folder holds, with its title and address."""

    type: Literal["generated-index"]
    title: str = Field("", max_length=200)
    description: str = ""
    slug: str = Field("", max_length=200)


class DocLink(OpenSchema):
    """``link: {type: doc}``: a page of the folder that stands for it, named by its id or file name."""

    type: Literal["doc"]
    id: str = Field(min_length=1, max_length=300)


class Category(OpenSchema):
    """The keys that are read; every one may be left out."""

    trifles = frozenset({"className", "collapsed", "collapsible", "key", "level"})

    label: str | None = Field(None, max_length=200)
    position: float | None = None
    description: str = ""
    link: Annotated[GeneratedIndex | DocLink, Field(discriminator="type")] | None = None
    collapsed: bool = True
    collapsible: bool = True
    class_name: str = Field("", alias="className")
    custom_props: object = Field(None, alias="customProps")
    key: str | None = None
    level: str = Field("", max_length=60)
    prerequisites: list[str] = []
    test: ModuleTest | None = None

    @property
    def generated(self) -> GeneratedIndex | None:
        """What it says of a generated index, if anything."""
        return self.link if isinstance(self.link, GeneratedIndex) else None

    @property
    def page_id(self) -> str:
        """The id of the page that stands for the folder; empty when none is named."""
        return self.link.id if isinstance(self.link, DocLink) else ""


@dataclass(frozen=True, slots=True)
class CategoryFile:
    """A category file as read; ``mapped`` is None when it is empty or broken."""

    category: Category
    mapped: Mapped | None = None
    problems: tuple[Problem, ...] = ()


NOTHING_SAID = CategoryFile(Category())
"""What a folder without a category file says."""


def read_category(text: str, path: str) -> CategoryFile:
    """Read a category file, YAML or JSON. What is wrong comes with it; the rest is used."""
    if not text.strip():
        return NOTHING_SAID
    if len(text) > MAX_BYTES:
        problem = Problem(path, 1, 1, "too-large", _("larger than 16 KiB"), _("Move text into a page."))
        return CategoryFile(Category(), None, (problem,))
    if path.endswith(".json"):
        # JSON spells an emoji as two escapes, which YAML refuses one by one.
        text = _SURROGATES.sub(_character, text)
    try:
        mapped = parse_yaml(text, path)
    except ContentError as error:
        return CategoryFile(Category(), None, error.problems)
    mapped, strays = without_keys(mapped)
    category, problems = read_open(Category, mapped)
    return CategoryFile(category, mapped, (*problems, *strays))


def _character(pair: re.Match[str]) -> str:
    high, low = int(pair[1], 16), int(pair[2], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
