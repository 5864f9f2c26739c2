"""The reader of every YAML file and front matter: data with positions, and schemas checked against it."""

from catalog.yamlsource.reader import MAX_DEPTH, DataPath, Mapped, Position, parse_yaml, read_yaml
from catalog.yamlsource.validation import Schema, parse, path_in_data, translate, validate

__all__ = [
    "MAX_DEPTH",
    "DataPath",
    "Mapped",
    "Position",
    "Schema",
    "parse",
    "parse_yaml",
    "path_in_data",
    "read_yaml",
    "translate",
    "validate",
]
