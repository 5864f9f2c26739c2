"""Reads a content tree: order, titles, addresses and ids, by the file-system rule. Knows no database."""

from __future__ import annotations

from catalog.problems import ContentError
from catalog.yamlsource import parse_yaml
from lessons.checks import check_tree
from lessons.files import CATEGORY_NAMES, PAGE_SUFFIXES, ContentFiles
from lessons.frontmatter import Category, read_front_matter, read_open
from lessons.glossary import FILE_NAME as GLOSSARY_NAME
from lessons.glossary import read_glossary
from lessons.ordering import prettify, slugify_part, sort_key, split_prefix
from lessons.source import CATALOG_FOLDER, INDEX_NAMES, ContentTree, ModuleSource, PageSource, TrackSource


def read_tree(files: ContentFiles, *, single_track: str = "") -> ContentTree:
    """Read a tree. With ``single_track`` its root is that one track; else its folders are tracks.

    Nothing is raised: every problem of every file is in the result.
    """
    tree = ContentTree(files, problems=list(files.problems))
    reader = _Reader(tree)
    if GLOSSARY_NAME in files.paths:
        text = reader.text(GLOSSARY_NAME)
        tree.has_glossary = True
        if text is not None:
            tree.glossary = read_glossary(text, GLOSSARY_NAME)
            tree.problems.extend(tree.glossary.problems)
    if single_track:
        reader.track(files.prefix, single_track)
    else:
        for name in sorted({path.split("/")[0] for path in files.paths if "/" in path}):
            if name != CATALOG_FOLDER:
                reader.track(f"{name}/", slugify_part(split_prefix(name)[1]))
        tree.tracks.sort(key=lambda each: each.order)
    tree.problems.extend(check_tree(tree))
    return tree


class _Reader:
    def __init__(self, tree: ContentTree) -> None:
        self.tree = tree
        self.paths = tree.files.paths

    def text(self, path: str) -> str | None:
        """Return a file's text and remember it; what is wrong with it is noted."""
        try:
            text = self.tree.files.text(path)
        except ContentError as error:
            self.tree.problems.extend(error.problems)
            return None
        self.tree.texts[path] = text
        return text

    def track(self, folder: str, slug: str) -> None:
        """Read one track; a folder without any page is none."""
        inside = [path for path in self.paths if path.startswith(folder)]
        pages = [path for path in inside if path.endswith(PAGE_SUFFIXES)]
        if not pages:
            return
        category = self.category(folder)
        name = folder.rstrip("/").rpartition("/")[2] or slug
        title = category.label or prettify(split_prefix(name)[1])
        track = TrackSource(folder, slug, title, category)
        top = [path for path in pages if "/" not in path.removeprefix(folder)]
        if top:
            self.module(track, folder, top, is_top=True)
        folders = sorted(
            {path.removeprefix(folder).split("/")[0] for path in pages}
            - {path.removeprefix(folder) for path in top}
        )
        for child in folders:
            within = f"{folder}{child}/"
            self.module(track, within, [path for path in pages if path.startswith(within)], is_top=False)
        track.modules.sort(key=self._module_order)
        self.tree.tracks.append(track)

    def _module_order(self, module: ModuleSource) -> tuple[float, str]:
        name = module.folder.rstrip("/").rpartition("/")[2]
        position = module.category.position
        if position is None and module.index is not None:
            position = module.index.meta.sidebar_position
        return sort_key(position, split_prefix(name)[0], name)

    def module(self, track: TrackSource, folder: str, paths: list[str], *, is_top: bool) -> None:
        """Read one module; the pages at the top of a track form one named as the track."""
        name = folder.rstrip("/").rpartition("/")[2]
        category = track.category if is_top else self.category(folder)
        slug = slugify_part(split_prefix(name)[1])
        base = track.slug if is_top else f"{track.slug}/{slug}"
        module = ModuleSource(folder, track.slug if is_top else slug, base, "", category)
        ordered: list[tuple[tuple[tuple[float, str], ...], PageSource]] = []
        for path in paths:
            page = self.page(track, module, path)
            if page is None:
                continue
            if self._is_index(path, folder):
                module.index = page
            else:
                ordered.append((self._place(path, folder, page), page))
        ordered.sort(key=lambda each: each[0])
        module.lessons = [page for _place, page in ordered]
        index_title = module.index.title if module.index and module.index.meta.title else None
        module.title = (
            index_title
            or category.label
            or (
                track.title
                if is_top
                else module.index.title
                if module.index
                else prettify(split_prefix(name)[1])
            )
        )
        if module.index is not None:
            module.key = module.index.key
            module.url_path = module.index.url_path
        track.modules.append(module)

    def page(self, track: TrackSource, module: ModuleSource, path: str) -> PageSource | None:
        """Read one page and find its address."""
        text = self.text(path)
        if text is None:
            return None
        matter = read_front_matter(text, path)
        self.tree.problems.extend(matter.problems)
        relative = path.removeprefix(track.folder).rpartition(".")[0].split("/")
        is_index = self._is_index(path, module.folder)
        if is_index or relative[-1].lower() in INDEX_NAMES:
            relative = relative[:-1]
        parts = [split_prefix(part)[1] for part in relative]
        number = None if is_index else split_prefix(path.rpartition("/")[2].rpartition(".")[0])[0]
        stem = parts[-1] if parts else track.slug
        place = "/".join(parts) or track.slug
        return PageSource(
            path=path,
            text=text,
            matter=matter,
            place=place,
            key=matter.meta.id or place,
            url_path=self._address(track.slug, parts, matter.meta.slug),
            title=matter.meta.title or first_heading(matter.body) or prettify(stem),
            number=number,
            group=self._group(module.folder, path),
        )

    def _address(self, track: str, parts: list[str], slug: str | None) -> str:
        own = [slugify_part(part) for part in parts]
        if slug:
            own = [] if slug.startswith("/") else own[:-1]
            for part in slug.split("/"):
                if part == "..":
                    own = own[:-1]
                elif part not in {"", "."}:
                    own.append(slugify_part(part))
        return "/".join([track, *own])

    def _group(self, folder: str, path: str) -> str:
        names = path.removeprefix(folder).split("/")[:-1]
        labels = []
        within = folder
        for name in names:
            within += f"{name}/"
            labels.append(self.category(within).label or prettify(split_prefix(name)[1]))
        return " / ".join(labels)

    def _place(self, path: str, folder: str, page: PageSource) -> tuple[tuple[float, str], ...]:
        """Return what orders a page inside its module: the place of each folder on the way, then its own."""
        places: list[tuple[float, str]] = []
        within = folder
        *names, file_name = path.removeprefix(folder).split("/")
        for name in names:
            within += f"{name}/"
            places.append(sort_key(self.category(within).position, split_prefix(name)[0], name))
        prefix = split_prefix(file_name.rpartition(".")[0])[0]
        places.append(sort_key(page.meta.sidebar_position, prefix, file_name))
        return tuple(places)

    def _is_index(self, path: str, folder: str) -> bool:
        relative = path.removeprefix(folder)
        if "/" in relative:
            return False
        stem = relative.rpartition(".")[0].lower()
        name = folder.rstrip("/").rpartition("/")[2].lower()
        return stem in INDEX_NAMES or stem in {name, split_prefix(name)[1]}

    def category(self, folder: str) -> Category:
        """Return what a folder says of itself; its problems are noted the first time."""
        path = next((folder + name for name in CATEGORY_NAMES if folder + name in self.paths), None)
        if path is None:
            return Category()
        known = path in self.tree.texts
        text = self.tree.texts.get(path) if known else self.text(path)
        if text is None or not text.strip():
            return Category()
        try:
            mapped = parse_yaml(text, path)
        except ContentError as error:
            if not known:
                self.tree.problems.extend(error.problems)
            return Category()
        if not isinstance(mapped.data, dict):
            return Category()
        category, problems = read_open(Category, mapped)
        if not known:
            self.tree.problems.extend(problems)
        return category


def first_heading(body: str) -> str:
    """Return the first heading of level one, else of any level, as plain text; empty when there is none."""
    found = ""
    fence = ""
    for line in body.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fence = "" if fence else "```"
        elif not fence and line.startswith("#"):
            marks, _space, title = line.partition(" ")
            if set(marks) == {"#"} and title.strip():
                plain = title.split("{#")[0].strip().strip("#").strip().replace("`", "").replace("*", "")
                if marks == "#":
                    return plain
                found = found or plain
    return found
