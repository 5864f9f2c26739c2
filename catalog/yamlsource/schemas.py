"""Which keys a schema knows at a place, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel


def known_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the keys that a schema knows at a pydantic location."""
    found: set[Any] = {model}
    for step in location:
        narrowed = {schema for schema in found if _is_tagged(schema, step)}
        if narrowed:
            found = narrowed
            continue
        below = {
            inner
            for schema in found
            for name, field in schema.model_fields.items()
            if step in (name, field.alias)
            for inner in _schemas(field.annotation)
        }
        found = below or found
    return sorted({field.alias or name for schema in found for name, field in schema.model_fields.items()})


def _is_tagged(schema: type[BaseModel], tag: int | str) -> bool:
    """Whether a member of a discriminated union goes by this tag."""
    return any(
        get_origin(field.annotation) is Literal and tag in get_args(field.annotation)
        for field in schema.model_fields.values()
    )


def _schemas(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the schemas inside a type: of lists, mappings, options and unions alike."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for inner in get_args(annotation):
        yield from _schemas(inner)
