"""Courses without an outline, as tests read them."""

from __future__ import annotations

from pathlib import Path

from lessons.files import list_files
from lessons.reader import read_tree
from lessons.source import ContentTree, ModuleSource, TrackSource
from tests.trees import write_tree


def read(root: Path, files: dict[str, str]) -> ContentTree:
    """Read a course whose files are given by path."""
    return read_tree(list_files(write_tree(root, files), "docs/"), single_track="docs")


def track_of(root: Path, files: dict[str, str]) -> TrackSource:
    """Return the course of these files, in which nothing may be wrong."""
    tree = read(root, files)
    assert not tree.problems
    return tree.tracks[0]


def addresses(module: ModuleSource) -> list[str]:
    """Return where a module's lessons stand below the course."""
    return [page.url_path.removeprefix("docs/") for page in module.lessons]


def groups(module: ModuleSource) -> list[tuple[str, str]]:
    """Return group and title of a module's lessons."""
    return [(page.group, page.title) for page in module.lessons]
