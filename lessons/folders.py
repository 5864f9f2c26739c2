"""The folders of a track as learners see them: without wrappers, each with its index page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lessons.categories import NOTHING_SAID, Category, CategoryFile
from lessons.files import BOOK_NAME, CATEGORY_NAMES, OUTLINE_NAMES, is_page
from lessons.ordering import slugify_part, without_prefix

INDEX_NAMES = ("index", "readme")
WRAPPER_NAMES = frozenset({"lessons", "chapters", "pages", "docs", "content", "src"})
"""Names that say where pages lie and not what they are about."""

_KEPT_NAMES = frozenset({*CATEGORY_NAMES, *OUTLINE_NAMES, BOOK_NAME})


@dataclass(slots=True)
class Folder:
    """A folder that holds pages, itself or below.

    ``path`` ends with a slash; ``index`` is the page that stands for the folder, by its name or, when
    ``is_appointed``, because the category file says so; ``pages`` are the others, those of a wrapper that was
    folded into it among them. ``files`` holds category files, outlines and ``book.toml`` by name, ``said``
    what its category file says.
    """

    path: str
    name: str
    index: str = ""
    pages: list[str] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    said: CategoryFile = NOTHING_SAID
    is_appointed: bool = False

    @property
    def category(self) -> Category:
        """What its category file says; nothing when it has none."""
        return self.said.category

    @property
    def category_path(self) -> str:
        """Its category file; empty when it has none."""
        return next((self.files[name] for name in CATEGORY_NAMES if name in self.files), "")

    def walk(self) -> Iterator[Folder]:
        """Return this folder and every one below it."""
        yield self
        for folder in self.folders:
            yield from folder.walk()

    def own_pages(self) -> list[str]:
        """Return its index page, if it has one, and its other pages."""
        return [self.index, *self.pages] if self.index else self.pages

    def take_index(self, path: str, *, is_appointed: bool = False) -> None:
        """Let one of its pages stand for the folder."""
        if self.index:
            self.pages.append(self.index)
        self.pages.remove(path)
        self.index, self.is_appointed = path, is_appointed


def stem_of(path: str) -> str:
    """Return a file's name without folders and suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def paths_within(paths: Sequence[str], folder: str) -> Sequence[str]:
    """Return those of sorted paths that lie in a folder (whose path ends with a slash)."""
    start = bisect_left(paths, folder)
    return paths[start : bisect_left(paths, folder[:-1] + "0", start)]  # "0" is what follows "/"


def build_folder(path: str, name: str, paths: Sequence[str]) -> Folder:
    """Return the folders of a track; those without a page below are left out."""
    root = Folder(path, name)
    folders = {path: root}
    pages: list[str] = []
    for each in paths:
        file_name = each.rpartition("/")[2]
        if file_name in _KEPT_NAMES:
            _folder(folders, each[: -len(file_name)]).files[file_name] = each
        if is_page(each):
            pages.append(each)
    for each in pages:
        _folder(folders, each.rpartition("/")[0] + "/").pages.append(each)
    _drop_empty(root)
    for folder in folders.values():
        choose_index(folder)
    return root


def _folder(folders: dict[str, Folder], path: str) -> Folder:
    found = folders.get(path)
    if found is None:
        above, _slash, name = path[:-1].rpartition("/")
        found = folders[path] = Folder(path, name)
        _folder(folders, above + "/").folders.append(found)
    return found


def _drop_empty(folder: Folder) -> bool:
    folder.folders = [each for each in folder.folders if not _drop_empty(each)]
    return not folder.pages and not folder.folders


def choose_index(folder: Folder) -> None:
    """Let ``index``, else ``README``, else a page named as its folder stand for it; the others stay pages."""
    name = folder.name.lower()
    ranks = {each: rank for rank, each in reversed([*enumerate((*INDEX_NAMES, name, without_prefix(name)))])}
    found = [(ranks[stem], page) for page in folder.pages if (stem := stem_of(page).lower()) in ranks]
    if found and not folder.index:
        folder.take_index(min(found)[1])


def fold_wrappers(root: Folder) -> None:
    """Fold folders that only wrap pages into their parents: they give no level, no address, no identity.

    In a module that is the only folder with pages, without index page, category file or folders of its own,
    when its parent has no page but its index or when its name is one of ``WRAPPER_NAMES``. At the top of a
    track, where a folder is a module, only such a name is folded. Nothing is that would make two pages clash.
    """
    if len(root.folders) == 1:
        inner = root.folders[0]
        is_wrapper = inner.name.lower() in WRAPPER_NAMES and not inner.category_path
        if is_wrapper and not (root.index and inner.index) and not _clash(root, inner):
            _fold(root, inner)
    for module in root.folders:
        # What was a wrapper to begin with: folding one does not make another of its parent.
        for folder in [each for each in module.walk() if _holds_wrapper(each)]:
            _fold(folder, folder.folders[0])


def _holds_wrapper(folder: Folder) -> bool:
    if len(folder.folders) != 1:
        return False
    inner = folder.folders[0]
    if inner.folders or inner.index or inner.category_path:
        return False
    return (not folder.pages or inner.name.lower() in WRAPPER_NAMES) and not _clash(folder, inner)


def settle_readmes(root: Folder) -> None:
    """Let ``x/README.md`` be a page of its folder where ``x.md`` has the folder's address.

    On GitHub the two are unlike files. An ``index.md`` claims the address, so there the clash is reported.
    """
    for folder in [inner for first in root.folders for inner in first.walk()]:
        names = {slugify_part(without_prefix(stem_of(page))) for page in folder.pages}
        for inner in folder.folders:
            is_readme = stem_of(inner.index).lower() == "readme"
            if is_readme and slugify_part(without_prefix(inner.name)) in names:
                inner.pages.append(inner.index)
                inner.index = ""


def _clash(outer: Folder, inner: Folder) -> bool:
    return not _names(outer, but=inner).isdisjoint(_names(inner))


def _names(folder: Folder, but: Folder | None = None) -> set[str]:
    stems = [stem_of(page) for page in folder.pages]
    stems += [each.name for each in folder.folders if each is not but]
    return {slugify_part(without_prefix(stem)) for stem in stems}


def _fold(outer: Folder, inner: Folder) -> None:
    outer.pages += inner.pages
    outer.index = outer.index or inner.index
    outer.folders = inner.folders
    outer.files = inner.files | outer.files
