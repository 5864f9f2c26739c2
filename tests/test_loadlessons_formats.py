"""What ``loadlessons`` tells tools: one JSON object, and annotations for the lines of a pull request."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.problems import Problem, Severity
from engineersofai.reporting import annotate
from tests.trees import LESSON, TREE, load, write_tree

pytestmark = pytest.mark.django_db


def report(root: Path, *options: str) -> tuple[dict[str, Any], str]:
    """Load with JSON on standard output; return it, and what the refusal said."""
    out, err = StringIO(), StringIO()
    said = ""
    try:
        call_command("loadlessons", str(root), *options, "--format", "json", stdout=out, stderr=err)
    except CommandError as error:
        said = str(error)
    assert err.getvalue() == ""
    return json.loads(out.getvalue()), said


def by_file(found: dict[str, Any]) -> dict[str, Any]:
    return {page["file"]: page for page in found["pages"]}


def test_pages_come_with_place_address_questions_and_what_became_of_them(tmp_path: Path) -> None:
    found, _said = report(write_tree(tmp_path))

    assert by_file(found)["course/01-first/01-numbers.md"] == {
        "file": "course/01-first/01-numbers.md",
        "url": "/learn/course/first/numbers/",
        "title": "Numbers",
        "track": "course",
        "module": "first",
        "position": 1,
        "questions": 2,
        "options": 4,
        "correct": 1,
        "several": 0,
        "cue_percent": 0,
        "chance_percent": 25,
        "status": "created",
    }
    assert [page["position"] for page in found["pages"]] == [0, 1, 2]
    assert found["pages"][0]["title"] == "First module"
    assert found["counts"]["lesson"] == {"created": 2}
    assert found["changes"] > 0
    assert found["diagnostics"] == []
    assert found["facts"] == []
    assert found["dropped"] == {}


def test_a_check_compares_nothing_and_claims_nothing(tmp_path: Path) -> None:
    load(write_tree(tmp_path))

    found, _said = report(tmp_path, "--check")

    assert [page["status"] for page in found["pages"]] == [None, None, None]


def test_a_second_load_lists_every_page_as_unchanged(tmp_path: Path) -> None:
    load(write_tree(tmp_path))

    found, _said = report(tmp_path)

    assert {page["status"] for page in found["pages"]} == {"unchanged"}
    assert len(found["pages"]) == 3
    assert found["changes"] == 0
    assert report(tmp_path)[0] == found


def test_edited_and_retired_pages_say_so(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    (tmp_path / "course/01-first/02-words.md").unlink()
    write_tree(tmp_path, {"course/01-first/01-numbers.md": LESSON.replace("eight bits.", "8 bits.")})

    found, _said = report(tmp_path, "--prune")

    status = {file: page["status"] for file, page in by_file(found).items()}
    assert status == {
        "course/01-first/index.md": "unchanged",
        "course/01-first/01-numbers.md": "updated",
        "course/01-first/02-words.md": "retired",
    }
    gone = by_file(found)["course/01-first/02-words.md"]
    assert (gone["url"], gone["title"], gone["track"]) == ("/learn/course/first/words/", "Words", "course")


def test_a_refusal_is_the_same_object_with_its_diagnostics_and_writes_nothing(tmp_path: Path) -> None:
    words = "---\nminuts: 3\n---\n\n# Words\n\n[gone](no.md)\n"

    found, said = report(write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": words}))

    assert said == "1 error, 1 warning in 1 file: nothing was written."
    assert [
        (one["file"], one["line"], one["column"], one["code"], one["severity"])
        for one in found["diagnostics"]
    ] == [
        ("course/01-first/02-words.md", 2, 1, "unknown-key", "error"),
        ("course/01-first/02-words.md", 7, 8, "broken-link", "warning"),
    ]
    assert found["diagnostics"][0]["message"] == "unknown key 'minuts'. Did you mean 'minutes'?"
    assert len(found["pages"]) == 3
    assert found["changes"] == 0


def test_a_dry_run_gives_the_report_of_the_load(tmp_path: Path) -> None:
    write_tree(tmp_path)

    trial, _said = report(tmp_path, "--dry-run")

    assert trial == report(tmp_path)[0]


def test_a_check_needs_no_database(tmp_path: Path, django_assert_num_queries: Any) -> None:
    write_tree(tmp_path)

    with django_assert_num_queries(0):
        found, _said = report(tmp_path, "--check")

    assert len(found["pages"]) == 3


def test_several_folders_give_one_object(tmp_path: Path) -> None:
    one, two = (
        write_tree(tmp_path / "one", {"01-a.md": "# A\n"}),
        write_tree(tmp_path / "two", {"01-b.md": "# B\n"}),
    )

    found, _said = report(one, str(two))

    assert [page["file"] for page in found["pages"]] == ["one/01-a.md", "two/01-b.md"]
    assert found["counts"]["track"] == {"created": 2}


def test_annotations_escape_what_the_format_gives_a_meaning() -> None:
    problems = [
        Problem("a:b,c%.md", 3, 7, "x:y", "50% of\nit", "Mend it, soon: now."),
        Problem("a.md", 1, 1, "w", "odd", severity=Severity.WARNING),
        Problem("a.md", 1, 1, "n", "long", severity=Severity.NOTE),
    ]

    assert list(annotate(problems)) == [
        "::error file=a%3Ab%2Cc%25.md,line=3,col=7,title=x%3Ay::50%25 of%0Ait. Mend it, soon: now.",
        "::warning file=a.md,line=1,col=1,title=w::odd.",
        "::notice file=a.md,line=1,col=1,title=n::long.",
    ]


def test_annotations_go_to_standard_output_and_the_refusal_stays(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, "course/01-first/02-words.md": "---\nminuts: 3\n---\n\n# Words\n"})
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 error in 1 file: nothing was written"):
        call_command("loadlessons", str(tmp_path), "--format", "github", stdout=out, stderr=err)

    assert out.getvalue() == (
        f"::error file={tmp_path}/course/01-first/02-words.md,line=2,col=1,title=unknown-key::"
        "unknown key 'minuts'. Did you mean 'minutes'?\n"
    )
    assert err.getvalue() == ""
