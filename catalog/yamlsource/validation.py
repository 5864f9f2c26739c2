"""Data against a schema: pydantic's errors told in a content author's words, each at its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from catalog.problems import ContentError, Problem, did_you_mean, nearest_word
from catalog.yamlsource.reader import DataPath, Mapped
from catalog.yamlsource.schemas import known_keys

M = TypeVar("M", bound=BaseModel)


class Schema(BaseModel):
    """Base of every content schema: unknown keys are errors and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_WANTED: dict[str, Promise | str] = {
    "string_type": gettext_lazy("text"),
    "int_type": gettext_lazy("a whole number"),
    "int_from_float": gettext_lazy("a whole number"),
    "float_type": gettext_lazy("a number"),
    "decimal_type": gettext_lazy("a number"),
    "bool_type": gettext_lazy("true or false"),
    "date_type": gettext_lazy("a date such as 2026-11-23"),
    "list_type": gettext_lazy("a list"),
    "tuple_type": gettext_lazy("a list"),
    "dict_type": gettext_lazy("keys with values"),
    "model_type": gettext_lazy("keys with values"),
    "model_attributes_type": gettext_lazy("keys with values"),
}


def validate(model: type[BaseModel], mapped: Mapped) -> list[Problem]:
    """Return everything in the data that the schema refuses; an empty list means that it fits."""
    try:
        model.model_validate(mapped.data)
    except ValidationError as error:
        return translate(model, mapped, error)
    return []


def parse(model: type[M], mapped: Mapped) -> M:
    """Return the data as an instance of the schema; raises ``ContentError`` with all that does not fit."""
    try:
        return model.model_validate(mapped.data)
    except ValidationError as error:
        raise ContentError(translate(model, mapped, error)) from error


def translate(model: type[BaseModel], mapped: Mapped, error: ValidationError) -> list[Problem]:
    """Return pydantic's errors as problems in reading order."""
    details = [(path_in_data(mapped.data, each["loc"]), each) for each in error.errors(include_url=False)]
    # A misspelled key shows twice, as unknown and as missing: the first says it all.
    misspelled = {
        (path[:-1], nearest_word(str(path[-1]), known_keys(model, each["loc"][:-1])))
        for path, each in details
        if each["type"] == "extra_forbidden"
    }
    found = [
        _problem(model, mapped, path, each)
        for path, each in details
        if not (each["type"] == "missing" and (path[:-1], path[-1]) in misspelled)
    ]
    return sorted(found, key=Problem.sort_key)


def _problem(model: type[BaseModel], mapped: Mapped, path: DataPath, error: ErrorDetails) -> Problem:
    kind = error["type"]
    name = _name(path)
    if kind == "missing":
        message = _("missing key '%(key)s'") % {"key": path[-1]}
        return mapped.problem(path[:-1], "missing-key", message, _("Add it here."), at_key=True)
    if kind == "extra_forbidden":
        known = known_keys(model, error["loc"][:-1])
        remedy = did_you_mean(str(path[-1]), known) or _known(known)
        message = _("unknown key '%(key)s'") % {"key": path[-1]}
        return mapped.problem(path, "unknown-key", message, remedy, at_key=True)
    if kind in _WANTED:
        message = _("%(name)s must be %(wanted)s") % {"name": name, "wanted": _WANTED[kind]}
        return mapped.problem(path, "wrong-type", message, _remedy_for_type(kind, error["input"]))
    if kind in ("literal_error", "enum"):
        expected = [part.strip("'") for part in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        message = _("%(name)s cannot be '%(value)s'") % {"name": name, "value": error["input"]}
        remedy = did_you_mean(str(error["input"]), expected) or _known(expected)
        return mapped.problem(path, "not-allowed", message, remedy)
    if kind == "union_tag_not_found":
        tag = error["ctx"]["discriminator"].strip("'")
        message = _("missing key '%(key)s'") % {"key": tag}
        return mapped.problem(path, "missing-key", message, _("Add it here."), at_key=True)
    if kind == "union_tag_invalid":
        tag = error["ctx"]["discriminator"].strip("'")
        expected = [part.strip("'") for part in error["ctx"]["expected_tags"].split(", ")]
        message = _("%(name)s cannot be '%(value)s'") % {"name": f"'{tag}'", "value": error["ctx"]["tag"]}
        remedy = did_you_mean(error["ctx"]["tag"], expected) or _known(expected)
        return mapped.problem((*path, tag), "not-allowed", message, remedy)
    # Checks of the schemas themselves (ValueError, PydanticCustomError) and bounds of numbers and lengths.
    message = error["msg"].removeprefix("Value error, ")
    if kind not in ("value_error", "assertion_error") and not error.get("ctx", {}).get("sentence"):
        message = f"{name}: {message[:1].lower()}{message[1:]}"
    return mapped.problem(path, "invalid", message.rstrip("."), str(error.get("ctx", {}).get("remedy", "")))


def path_in_data(data: Any, location: tuple[int | str, ...]) -> DataPath:
    """Return the part of a pydantic location that names data; names of union members are left out."""
    path: list[str | int] = []
    node = data
    for index, step in enumerate(location):
        if _holds(node, step):
            node = node[step]
        elif not (isinstance(node, dict) and index == len(location) - 1):
            continue
        path.append(step)
    return tuple(path)


def _holds(node: Any, step: int | str) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _name(path: DataPath) -> str:
    words = [step for step in path if isinstance(step, str)]
    if path and isinstance(path[-1], int):
        where = f"'{words[-1]}'" if words else _("the list")
        return _("item %(number)d of %(name)s") % {"number": path[-1] + 1, "name": where}
    return f"'{words[-1]}'" if words else _("the file")


def _known(words: Iterable[str]) -> str:
    listed = ", ".join(sorted(words))
    return _("Known: %(words)s.") % {"words": listed} if listed else ""


def _remedy_for_type(kind: str, value: Any) -> str:
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        shown = str(value).lower() if isinstance(value, bool) else value
        return _('Quote it: "%(value)s".') % {"value": shown}
    if kind == "string_type" and hasattr(value, "isoformat"):
        return _('Quote it: "%(value)s".') % {"value": value.isoformat()}
    if value is None:
        return _("It is empty.")
    if kind in _BARE and isinstance(value, str):
        if _BARE[kind].fullmatch(value.strip()):
            if kind == "date_type" and not _is_day(value.strip()):
                return _("No month has that day: '%(value)s'.") % {"value": value.strip()}
            return _("Write it without quotes, found '%(value)s'.") % {"value": value[:40]}
        return _("It says '%(value)s'.") % {"value": value[:40]}
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_BARE = {
    "int_type": re.compile(r"[-+]?\d+"),
    "float_type": re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"),
    "bool_type": re.compile(r"(?i:true|false)"),
    "date_type": re.compile(r"\d{4}-\d{2}-\d{2}"),
}
"""What a text of a wrong type looks like that only its quotes keep from being right."""
