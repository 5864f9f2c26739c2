"""Options that mean nothing together, and folders that cannot be meant, are told from faulty content."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.trees import TREE, load, refusal, write_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def track(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "track", {"01-a.md": "# A\n"})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--check", "--dry-run"], "--check looks at no database, so --dry-run has nothing to do."),
        (["--check", "--ours"], "--check looks at no database, so --ours has nothing to do."),
        (["--check", "--prune"], "--check looks at no database, so --prune has nothing to do."),
        (["--ours", "--theirs"], "not allowed with argument"),
        (["--only", "/etc/passwd"], "name the file or folder as it lies within DIR"),
        (["--only", "../a.md"], "name the file or folder as it lies within DIR"),
        (["--track", "My Track"], "'My Track' is no slug. Did you mean 'my-track'?"),
        (["--format", "xml"], "invalid choice"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(track: Path, options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said.replace("?", r"\?")):
        call_command("loadlessons", str(track), *options)


def test_one_part_or_one_slug_cannot_be_meant_for_several_folders(track: Path, tmp_path: Path) -> None:
    other = write_tree(tmp_path / "other", {"01-b.md": "# B\n"})

    for option in (["--only", "01-a.md"], ["--track", "x"]):
        with pytest.raises(CommandError, match="goes with one folder"):
            call_command("loadlessons", str(track), str(other), *option)


def test_a_folder_given_twice_is_refused_however_it_is_written(track: Path) -> None:
    with pytest.raises(CommandError, match="is given twice"):
        call_command("loadlessons", str(track), f"{track}/../track")


def test_a_file_is_answered_with_the_command_that_was_meant(track: Path) -> None:
    with pytest.raises(
        CommandError, match=r"01-a.md is a file. Give its folder: loadlessons .*track --only 01-a.md"
    ):
        call_command("loadlessons", str(track / "01-a.md"))


def test_what_is_not_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"is no folder\. Name a content root or a track"):
        call_command("loadlessons", str(tmp_path / "gone"))


def test_a_content_root_names_its_tracks_itself(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is a content root"):
        call_command("loadlessons", str(write_tree(tmp_path)), "--track", "x")


@pytest.mark.parametrize("options", [[], ["--check"], ["--dry-run"]])
@pytest.mark.parametrize("files", [{}, {"notes/a.txt": "a"}, {"_drafts/a.md": "# A\n"}])
def test_a_folder_without_a_page_is_an_error(
    tmp_path: Path, files: dict[str, str], options: list[str]
) -> None:
    said = refusal(write_tree(tmp_path, files), *options)

    assert "no page lies here or in any folder below. A page is a file that ends in .md or .mdx." in said


def test_a_content_root_may_hold_a_glossary_alone(tmp_path: Path) -> None:
    assert "term: 1 created" in load(write_tree(tmp_path, {"glossary.yml": TREE["glossary.yml"]}))


def test_folders_are_loaded_in_order_until_one_is_refused(track: Path, tmp_path: Path) -> None:
    bad = write_tree(tmp_path / "bad", {"01-b.md": "---\nminuts: 3\n---\n"})
    late = write_tree(tmp_path / "late", {"01-c.md": "# C\n"})

    said = refusal(track, str(bad), str(late))

    assert "track: 1 created" in said
    assert "unknown key 'minuts'" in said
    assert "late" not in said
    assert "late" in refusal(track, str(bad), str(late), "--check")


def test_help_says_what_every_option_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("loadlessons", "--help")

    shown = " ".join(capsys.readouterr().out.split())
    for option in ("--check", "--dry-run", "--only PATH", "--track SLUG", "--prune", "--ours", "--theirs"):
        assert option in shown
    assert "need and touch no database" in shown
    assert "Let more than a fifth of a track's lessons retire" in shown
