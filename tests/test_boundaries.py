"""Which way the arrows point: progress → quizzes → lessons → catalog, and accounts below all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

MAY_IMPORT: dict[str, set[str]] = {
    "accounts": set(),
    "catalog": {"accounts"},
    "lessons": {"catalog", "accounts"},
    "quizzes": {"lessons", "catalog", "accounts"},
    "progress": {"quizzes", "lessons", "catalog", "accounts"},
}
"""Besides itself. ``engineersofai`` and ``tests`` stand above and are nobody's to import."""

OURS = {*MAY_IMPORT, "engineersofai", "tests"}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and top package of every import of a file, wherever in the file it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module.split(".")[0]


@pytest.mark.parametrize("app", sorted(MAY_IMPORT))
def test_app_imports_only_what_lies_below_it(root: Path, app: str):
    allowed = MAY_IMPORT[app] | {app}

    strays = [
        f"{path.relative_to(root)}:{line} imports {package}"
        for path in sorted((root / app).rglob("*.py"))
        for line, package in imports(path)
        if package in OURS and package not in allowed
    ]

    assert strays == []


@pytest.mark.parametrize("app", sorted(MAY_IMPORT))
def test_app_has_foreign_keys_only_to_what_lies_below_it(app: str):
    """A relation may name its model as text, which no import shows."""
    allowed = MAY_IMPORT[app] | {app}

    strays = [
        f"{model.__name__}.{field.name} leads to {field.related_model._meta.app_label}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if field.related_model._meta.app_label in OURS - allowed
    ]

    assert strays == []


def test_map_knows_every_app_of_ours(root: Path):
    installed = {name for name in settings.INSTALLED_APPS if (root / name).is_dir()}

    assert installed == {*MAY_IMPORT, "engineersofai"}


def test_map_has_no_circle():
    for app, below in MAY_IMPORT.items():
        for other in below:
            assert app not in MAY_IMPORT[other], f"{app} and {other} may import each other"
