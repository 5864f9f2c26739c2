"""``_toctree.yml`` as Hugging Face's doc-builder has it: titles, pages and sections of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import ContentError
from catalog.yamlsource import DataPath, Mapped, parse_yaml
from lessons.outlines.entries import Entry, Outline, Part

MAX_DEPTH = 32
"""How deep lists and mappings nest: two levels for each level of sections."""


MAX_PROBLEMS = 100
"""How many mistakes are told before reading ends: a file with more is no table of contents."""


def read_toctree(text: str, path: str) -> Outline:
    """Read a table of contents; other keys than ``title``, ``local`` and ``sections`` say nothing here."""
    outline = Outline(path, text, (".mdx", ".md", ""))
    try:
        mapped = parse_yaml(text, path, max_depth=MAX_DEPTH)
    except ContentError as error:
        outline.problems += error.problems
        return outline
    for entry in _entries(mapped.data, (), mapped, outline):
        if not entry.children:
            outline.leaf(entry)
        else:
            page = entry if entry.target else None
            outline.parts.append(Part(entry.title or entry.target, entry.children, page))
    return outline


def _entries(data: Any, path: DataPath, mapped: Mapped, outline: Outline) -> list[Entry]:
    if data is None:
        return []
    if not isinstance(data, list):
        _refuse(path, _("a list of entries was expected"), mapped, outline)
        return []
    entries = []
    for index, each in enumerate(data):
        if len(outline.problems) >= MAX_PROBLEMS:
            break
        here = (*path, index)
        if not isinstance(each, dict):
            _refuse(here, _("an entry with title, local or sections was expected"), mapped, outline)
            continue
        title, target = (_text(each.get(key), (*here, key), mapped, outline) for key in ("title", "local"))
        place = mapped.position((*here, "local") if target else here)
        children = _entries(each.get("sections"), (*here, "sections"), mapped, outline)
        if not (title or target):
            _refuse(here, _("an entry without title and page"), mapped, outline)
        entries.append(Entry(title, target, place.line, place.column, children))
    return entries


def _text(value: Any, path: DataPath, mapped: Mapped, outline: Outline) -> str:
    """Return a value as text; a number is one (``local: 1`` names the page ``1.mdx``)."""
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        _refuse(path, _("'%(key)s' must be text") % {"key": path[-1]}, mapped, outline)
        return ""
    return str(value).strip()


def _refuse(path: DataPath, message: str, mapped: Mapped, outline: Outline) -> None:
    outline.problems.append(mapped.problem(path, "outline", message, _("See docs/authoring.md.")))
