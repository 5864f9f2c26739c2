"""Texts of front matter and category files: readers see them as they are written, in menus and lists too."""

from __future__ import annotations

from dataclasses import replace

from catalog.problems import Problem, Severity
from catalog.yamlsource import DataPath, Mapped
from lessons.rendering.mdx.questions import holds_question, stray_words, without_questions


def without_keys(mapped: Mapped) -> tuple[Mapped, list[Problem]]:
    """Take out of every text what looks like a question, for it holds its key; each is a warning."""
    if not holds_question(mapped.text):
        return mapped, []
    problems: list[Problem] = []
    data = _without(mapped.data, (), mapped, problems)
    return replace(mapped, data=data), problems


def _without(value: object, path: DataPath, mapped: Mapped, problems: list[Problem]) -> object:
    if isinstance(value, dict):
        return {key: _without(each, (*path, key), mapped, problems) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, (*path, at), mapped, problems) for at, each in enumerate(value)]
    if not isinstance(value, str) or not holds_question(value):
        return value
    problem = mapped.problem(path, "question", *stray_words())
    problems.append(replace(problem, severity=Severity.WARNING))
    return without_questions(value)
