"""Books of an outline, as tests read them."""

from __future__ import annotations

from pathlib import Path

from lessons.files import list_files
from lessons.reader import read_tree
from lessons.source import ContentTree, ModuleSource
from tests.trees import write_tree


def read(root: Path, files: dict[str, str]) -> ContentTree:
    """Read a book whose files are given by path."""
    return read_tree(list_files(write_tree(root, files), "book/"), single_track="book")


def modules(tree: ContentTree) -> list[tuple[str, str, list[str]]]:
    """Return title, address below the track and lessons (by address) of every module."""
    return [
        (module.title, below(module.url_path), [below(page.url_path) for page in module.lessons])
        for module in tree.tracks[0].modules
    ]


def menu(module: ModuleSource) -> list[tuple[str, str]]:
    """Return group and label of every page that a module shows."""
    return [(page.group, page.label or page.title) for page in module.lessons if not page.unlisted]


def below(address: str) -> str:
    """Return an address below the book."""
    return address.removeprefix("book").removeprefix("/")


def pages(*names: str) -> dict[str, str]:
    """Return pages of these names, each with a title of its own."""
    return {name: f"# Title of {name.rpartition('/')[2].partition('.')[0]}\n\ntext\n" for name in names}
