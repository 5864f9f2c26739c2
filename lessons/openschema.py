"""Schemas of front matter and category files: what other tools write there is kept, a slip is an error."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError

from catalog.problems import ContentError, Problem, Severity
from catalog.yamlsource import DataPath, Mapped, parse, path_in_data, translate


class OpenSchema(BaseModel):
    """A schema that keeps unknown keys: any Docusaurus page loads without a change."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    empty_says: ClassVar[frozenset[str]] = frozenset()
    """Keys that say something by having no value; any other is as good as left out then."""

    trifles: ClassVar[frozenset[str]] = frozenset()
    """Keys that a page can do without: what is wrong there is left out with a warning and refuses no load."""


T = TypeVar("T", bound=OpenSchema)

MAX_KEYS = 200
"""Keys of one front matter or category file: each unknown one is compared with all that are known."""


def read_open(schema: type[T], mapped: Mapped) -> tuple[T, list[Problem]]:
    """Read data that may hold unknown keys; one that is an edit or two from a known one is an error.

    A key without a value is as good as none, since templates leave many empty, but for ``empty_says``. What
    is wrong under ``trifles`` is a warning.
    """
    if not isinstance(mapped.data, dict):
        if mapped.data is None:
            return schema(), []
        message = _("the file must be keys with values")
        return schema(), [mapped.problem((), "wrong-type", message, _("Write 'label: …', for example."))]
    if len(mapped.data) > MAX_KEYS:
        message = _("more than %(limit)d keys") % {"limit": MAX_KEYS}
        return schema(), [mapped.problem((), "too-many", message, _("Leave out what nothing reads."))]
    known = tuple(field.alias or name for name, field in schema.model_fields.items())
    problems = [_unknown(schema, mapped, key, known) for key in mapped.data if key not in known]
    said = {key: value for key, value in mapped.data.items() if value is not None or key in schema.empty_says}
    said, warnings = _without_trifles(schema, mapped, said)
    problems += warnings
    mapped = replace(mapped, data=said)
    try:
        return parse(schema, mapped), problems
    except ContentError as error:
        return _salvage(schema, mapped), [*problems, *error.problems]


def _without_trifles(
    schema: type[OpenSchema], mapped: Mapped, said: dict[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the data without what is wrong in keys that a page can do without, and a warning for each."""
    trifles = {key: value for key, value in said.items() if key in schema.trifles}
    try:
        schema.model_validate(trifles)
    except ValidationError as error:
        warnings = [
            replace(each, severity=Severity.WARNING, remedy=each.remedy or _("It is left out."))
            for each in translate(schema, replace(mapped, data=trifles), error)
        ]
        wrong = {path_in_data(trifles, each["loc"]) for each in error.errors(include_url=False)}
        for path in sorted(wrong, reverse=True):  # from the end, where no other place moves
            said = _without(said, path)
        return said, warnings
    return said, []


def _without(data: Any, path: DataPath) -> Any:
    """Return a copy of data without what stands at a path."""
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {
            key: _without(value, rest) if key == step else value
            for key, value in data.items()
            if rest or key != step
        }
    return [
        _without(value, rest) if index == step else value
        for index, value in enumerate(data)
        if rest or index != step
    ]


def _unknown(schema: type[OpenSchema], mapped: Mapped, key: str, known: tuple[str, ...]) -> Problem:
    message, remedy = _("unknown key '%(key)s'") % {"key": key}, _("It is kept and not used.")
    meant = slip_of(key, known)
    if meant:
        remedy = _("Did you mean '%(word)s'?") % {"word": meant}
    problem = mapped.problem((key,), "unknown-key", message, remedy, at_key=True)
    is_error = meant and meant not in schema.trifles
    return problem if is_error else replace(problem, severity=Severity.WARNING)


@lru_cache(maxsize=4096)
def slip_of(word: str, known: tuple[str, ...]) -> str:
    """Return the known word that somebody meant who wrote another: at most two letters are wrong.

    In a word of five letters or fewer one may be wrong: ``time`` is a word of its own, not ``title``.
    """
    folded = word.casefold()
    allowed = 2 if len(folded) > 5 else 1
    near = [(edits(folded, each.casefold(), allowed), each) for each in known]
    distance, meant = min(near, default=(allowed + 1, ""))
    return meant if distance <= allowed else ""


def edits(first: str, second: str, most: int) -> int:
    """Return how many letters to add, drop, change or swap with a neighbor; ``most + 1`` when more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


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
