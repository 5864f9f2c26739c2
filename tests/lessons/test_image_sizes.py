"""The sides of images as files give them: only such as an image can have reach the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.models import Asset
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "drawing",
    [
        b"<svg width='1.2.3' height='4'></svg>",
        b"<svg viewBox='0 0 . .'></svg>",
        b"<svg width='" + b"9" * 400 + b"' height='4'></svg>",
        b"<svg width='0' height='4'></svg>",
    ],
)
def test_a_drawing_with_sides_that_no_drawing_has_is_shown_without_them(
    tmp_path: Path, drawing: bytes
) -> None:
    write_tree(
        tmp_path, {"course/01-first/01-a.md": "# A\n\n![B](b.svg)\n", "course/01-first/b.svg": drawing}
    )

    load(tmp_path / "course")

    assert list(Asset.objects.values_list("width", "height")) == [(None, None)]


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("b.svg", b"<svg width='720.4px' height='.6'></svg>", (720, 1)),
        ("b.svg", b"<svg viewBox='0 0 30 20.5'></svg>", (30, 20)),
        ("b.png", b"\x89PNG\r\n\x1a\n" + b"\xff" * 20, (None, None)),
        ("b.png", b"\x89PNG\r\n\x1a\n", (None, None)),
    ],
)
def test_the_size_of_an_image_is_what_it_says_where_that_can_be(
    tmp_path: Path, name: str, data: bytes, size: tuple[int | None, int | None]
) -> None:
    write_tree(
        tmp_path, {"course/01-first/01-a.md": f"# A\n\n![B]({name})\n", f"course/01-first/{name}": data}
    )

    load(tmp_path / "course")

    assert list(Asset.objects.values_list("width", "height")) == [size]
