"""Reads a content tree: order, titles, addresses and ids, by the file-system rule. Knows no database."""

from __future__ import annotations

from catalog.problems import ContentError
from lessons.arranging import add_redirects, modules_by_folders
from lessons.categories import read_category
from lessons.checks import check_tree
from lessons.files import ContentFiles
from lessons.folders import Folder, build_folder, fold_wrappers, paths_within, settle_readmes, stem_of
from lessons.frontmatter import Matter, read_front_matter
from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.glossary import read_glossary
from lessons.notices import Notices
from lessons.ordering import prettify, slugify_part, without_prefix
from lessons.outlines import find_outline, modules_by_outline, read_book
from lessons.placing import Placer, appoint_index
from lessons.source import CATALOG_FOLDER, ContentTree, TrackSource

README = "readme"
"""The name of the page that says at the top of a track what all of it is; an index is only its beginning."""


def read_tree(files: ContentFiles, *, single_track: str = "") -> ContentTree:
    """Read a tree. With ``single_track`` its root is that one track; else its folders are tracks.

    Nothing is raised: every problem of every file is in the result.
    """
    tree = ContentTree(files, problems=list(files.problems), paths=frozenset(files.paths))
    reader = _Reader(tree)
    if GLOSSARY_NAME in tree.paths:
        text = reader.text(GLOSSARY_NAME)
        if text is not None:
            tree.glossary = read_glossary(text, GLOSSARY_NAME)
            tree.problems.extend(tree.glossary.problems)
            # One that is refused tells nothing of which terms there are: nobody is blamed for naming them.
            tree.has_glossary = not any(problem.is_error for problem in tree.glossary.problems)
    if single_track:
        reader.track(files.prefix, single_track)
    else:
        for name in sorted({path.split("/")[0] for path in files.paths if "/" in path}):
            if name != CATALOG_FOLDER:
                reader.track(f"{name}/", slugify_part(without_prefix(name)))
        tree.tracks.sort(key=lambda each: each.order)
    tree.problems.extend(reader.notices.problems())
    tree.problems.extend(check_tree(tree))
    return tree


class _Reader:
    def __init__(self, tree: ContentTree) -> None:
        self.tree = tree
        self.notices = Notices()

    def text(self, path: str) -> str | None:
        """Return a file's text and remember it; what is wrong with it is noted."""
        try:
            text = self.tree.files.text(path)
        except ContentError as error:
            self.tree.problems.extend(error.problems)
            return None
        self.tree.texts[path] = text
        return text

    def track(self, path: str, slug: str) -> None:
        """Read one track; a folder without any page is none."""
        name = path.rstrip("/").rpartition("/")[2] or slug
        whole = build_folder(path, name, paths_within(self.tree.files.paths, path))
        for each in whole.walk():
            self._category(each)
        title = whole.category.label
        book = read_book(whole, self.text)
        if book is not None:
            self.notices.add(book.problems)
            title = title or book.title
        root = (book and book.root) or whole
        fold_wrappers(root)
        settle_readmes(root)
        outline = find_outline(root, self.text)
        matters = self._matters(root)
        if not matters:
            return
        for each in root.walk():
            self.notices.add(appoint_index(each, matters))
        placer = Placer(root, slug, self.tree.texts, matters)
        self.notices.add(placer.problems)
        if root.index in placer.pages and stem_of(root.index).lower() == README:
            title = title or placer.pages[root.index].title
        track = TrackSource(path, slug, title or prettify(without_prefix(name)), whole.category)
        if outline is not None:
            self.notices.add(outline.problems)
        if outline is None or outline.problems:
            track.modules = modules_by_folders(root, track, placer)
        else:
            track.modules, problems = modules_by_outline(outline, root, track, placer)
            self.notices.add(problems)
        add_redirects(root, track.modules, placer)
        self.tree.tracks.append(track)

    def _category(self, folder: Folder) -> None:
        if folder.category_path and (text := self.text(folder.category_path)) is not None:
            folder.said = read_category(text, folder.category_path)
            self.notices.add(folder.said.problems)

    def _matters(self, root: Folder) -> dict[str, Matter]:
        matters: dict[str, Matter] = {}
        for path in [page for folder in root.walk() for page in folder.own_pages()]:
            if (text := self.text(path)) is not None:
                matters[path] = read_front_matter(text, path)
                self.notices.add(matters[path].problems)
        return matters
