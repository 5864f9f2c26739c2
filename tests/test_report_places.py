"""Reports name files so that whoever reads them can open them: from a terminal, an editor, a checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.catalog.files import write_catalog
from tests.trees import TREE, load, refusal, write_tree

FAULTY = {"course/01-first/02-words.md": "---\nminuts: 3\n---\n\n# Words\n\n[gone](no.md)\n"}
PAGE = "course/01-first/02-words.md"


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a faulty content root in a folder of the current one."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    return write_tree(tmp_path / "docs", {**TREE, **FAULTY})


@pytest.mark.parametrize("given", ["docs", "./docs", "{here}/docs", "docs/../docs"])
def test_a_file_below_the_current_folder_is_named_from_there(docs: Path, given: str) -> None:
    said = refusal(Path(given.format(here=docs.parent)), "--check")

    assert f"error: docs/{PAGE}:2:1: unknown key" in said
    assert f"warning: docs/{PAGE}:7:8: broken link" in said


def test_a_file_elsewhere_is_named_as_the_folder_was_given(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs / "course")

    assert f"error: ../../docs/{PAGE}:2:1: " in refusal(Path("../../docs"), "--check")
    assert f"error: {docs}/{PAGE}:2:1: " in refusal(docs, "--check")


@pytest.mark.parametrize("options", [(), ("--track", "sums")])
def test_a_single_track_is_named_by_its_folder_and_not_by_its_slug(
    docs: Path, options: tuple[str, ...]
) -> None:
    said = refusal(Path("docs/course"), "--check", *options)

    assert f"error: docs/{PAGE}:2:1: " in said
    assert f"error file=docs/{PAGE},line=2" in refusal(
        Path("docs/course"), "--check", "--format", "github", *options
    )


def test_annotations_start_from_the_checkout_of_a_workflow(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(docs.parent))
    monkeypatch.chdir(docs)

    assert f"::error file=docs/{PAGE},line=2" in refusal(Path(), "--check", "--format", "github")
    assert f"error: {PAGE}:2:1: " in refusal(Path(), "--check")


def test_tools_are_given_content_paths(docs: Path) -> None:
    said = refusal(Path("docs/course"), "--check", "--track", "sums", "--format", "json")

    diagnostics = json.loads(said.rpartition("}")[0] + "}")["diagnostics"]
    assert {each["file"] for each in diagnostics} == {"sums/01-first/02-words.md"}


def test_what_lies_beside_the_tracks_is_named_too(docs: Path) -> None:
    write_tree(docs, {"glossary.yml": "terms: 3\n", "catalog/families/heron.yml": "nam: Heron\n"})

    said = refusal(Path("docs"), "--check")

    assert "error: docs/glossary.yml:1:" in said
    assert "error: docs/catalog/families/heron.yml:1:1: " in said


def test_a_folder_without_a_page_is_named_as_it_lies(docs: Path) -> None:
    (docs / "none").mkdir()

    assert "error: docs/none/:1:1: no page lies here" in refusal(Path("docs/none"), "--check")


@pytest.mark.django_db
def test_lines_that_cite_a_changed_fact_can_be_opened(docs: Path) -> None:
    write_catalog(docs)
    words = "# Words\n\nOf {{ model:heron-1-7b.context }}.\n"
    load(write_tree(docs, {PAGE: words}))
    family = next((docs / "catalog/families").glob("heron*.yml"))
    family.write_text(family.read_text().replace("context_tokens: 8192", "context_tokens: 4096"))

    said = load(Path("docs"))

    assert f"    docs/{PAGE}:3\n" in said
