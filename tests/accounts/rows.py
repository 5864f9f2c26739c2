"""Makes a row of any model, so that a test can walk all models, also those that are yet to come."""

import itertools
import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

_numbers = itertools.count(1)


def make_row(model: type[models.Model], **given: Any) -> Any:
    """Make a row with whatever its model requires; rows it points at are made along."""
    values = {
        field.name: _value(field)
        for field in model._meta.concrete_fields
        if field.name not in given and _is_required(field)
    }
    return model._default_manager.create(**values, **given)


def twin(row: models.Model, **changed: Any) -> Any:
    """Make another row that points at the same rows as this one: as like it as the database allows."""
    pointers = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.many_to_one and field.name not in changed
    }
    return make_row(type(row), **pointers, **changed)


def _is_required(field: Any) -> bool:
    return not (
        field.primary_key or field.null or field.has_default() or getattr(field, "auto_now_add", False)
    )


def _value(field: Any) -> Any:
    number = next(_numbers)
    if field.is_relation:
        return make_row(field.related_model)
    if field.choices:
        return field.choices[0][0]
    match field:
        case models.UUIDField():
            return uuid.uuid4()
        case models.DateTimeField():
            return datetime(2026, 11, 24, tzinfo=UTC)
        case models.DateField():
            return date(2026, 11, 24)
        case models.JSONField():
            return {}
        case models.BinaryField():
            return b""
        case models.BooleanField():
            return False
        case models.IntegerField() | models.DecimalField() | models.FloatField():
            return 1
        case models.URLField():
            return f"https://host.test/{number}"
        case _:
            return f"text-{number}"
