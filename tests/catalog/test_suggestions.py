"""What "Did you mean …?" offers: the nearest word, and of paths the file that was most likely meant."""

from __future__ import annotations

import pytest

from catalog.problems import did_you_mean, nearest_word

FILES = [
    "course/01-first/01-numbers.md",
    "course/01-first/02-words.md",
    "course/02-second/index.md",
    "course/02-second/a.md",
    "course/03-third/02-words.md",
    "course/03-third/app/prep.py",
]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("course/01-first/01-nunbers.md", "course/01-first/01-numbers.md"),
        ("course/02-second/01-numbers.md", "course/01-first/01-numbers.md"),
        ("course/03-third/app/02-words.md", "course/03-third/02-words.md"),
        ("Course/01-First/02-Words.md", "course/01-first/02-words.md"),
        ("course/02-secnd/index.md", "course/02-second/index.md"),
        ("course/02-second/b-side.md", ""),
        ("course/03-third/app/data.csv", ""),
        ("numbers.md", ""),
    ],
)
def test_of_paths_the_name_of_the_file_counts(wrong: str, meant: str) -> None:
    assert nearest_word(wrong, FILES) == meant


def test_a_word_is_offered_when_one_is_near() -> None:
    assert did_you_mean("titel", ["title", "slug"]) == "Did you mean 'title'?"
    assert did_you_mean("author", ["title", "slug"]) == ""
