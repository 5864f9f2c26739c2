"""Modules by an outline: it gives order, menu titles and groups; addresses, ids and titles stay by file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import count

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity
from lessons.arranging import folder_module, top_module
from lessons.categories import Category
from lessons.folders import Folder
from lessons.ordering import MAX_TITLE, slugify_part
from lessons.outlines.entries import Entry, Outline, Part
from lessons.outlines.matching import EntryPages
from lessons.placing import Placer
from lessons.source import ModuleSource, PageSource, TrackSource


def modules_by_outline(
    outline: Outline, root: Folder, track: TrackSource, placer: Placer
) -> tuple[list[ModuleSource], list[Problem]]:
    """Return the modules that an outline gives, and warnings.

    A page that it leaves out keeps its address and stands in no menu; an entry without a file is passed over.
    """
    arranger = _Arranger(outline, root, track, placer)
    for part in outline.parts:
        arranger.part(part)
    arranger.leave_out()
    return arranger.modules, [*arranger.entry_pages.problems, *arranger.problems]


class _Arranger:
    def __init__(self, outline: Outline, root: Folder, track: TrackSource, placer: Placer) -> None:
        self.outline = outline
        self.root = root
        self.track = track
        self.placer = placer
        self.entry_pages = EntryPages(outline, placer.pages)
        self.modules: list[ModuleSource] = []
        self.problems: list[Problem] = []
        self.first_level = {
            page: folder for folder in root.folders for inner in folder.walk() for page in inner.own_pages()
        }
        self.keys = {page.key for page in placer.pages.values()}
        self.addresses = {page.url_path for page in placer.pages.values()} | {track.slug}
        if root.index in placer.pages:
            # The page at the top stands on the track's own page, wherever the outline has it.
            self._top()

    def part(self, part: Part) -> None:
        """Make a part's module; one without any page is none."""
        if not part.title:
            self._top().lessons += self._lessons(part.entries, [])
            return
        index = self.entry_pages.take(part.page) if part.page else None
        lessons = list(self._lessons(part.entries, []))
        if not lessons and index is None:
            return
        module = self._module(part, lessons, index)
        module.title = part.title[:MAX_TITLE]
        module.lessons = [page for page in lessons if page is not module.index]
        self.modules.append(module)
        self.keys.add(module.key)
        self.addresses.add(module.url_path)

    def _lessons(self, entries: list[Entry], labels: list[str]) -> Iterator[PageSource]:
        for entry in entries:
            within = [*labels, entry.title] if entry.children else labels
            page = self.entry_pages.take(entry)
            if page is not None and page.path != self.root.index:
                page.group = " / ".join(filter(None, within))
                page.label = entry.title if entry.title != page.title else ""
                yield page
            yield from self._lessons(entry.children, within)

    def _top(self) -> ModuleSource:
        """Return the module named as the track; it stands where its first page is listed."""
        found = next((module for module in self.modules if module.folder == self.root.path), None)
        if found is None:
            found = top_module(self.root, self.track, self.placer)
            self.modules.append(found)
        return found

    def _module(self, part: Part, lessons: list[PageSource], index: PageSource | None) -> ModuleSource:
        """Return a part's module: of its page, else of the folder of all its pages, else a new one."""
        folders = [self.first_level.get(page.path) for page in lessons]
        folder = folders[0] if folders and all(each is folders[0] for each in folders) else None
        category = folder.category if folder else Category()
        if index is not None:
            return ModuleSource(index.path, index.key, index.url_path, "", category, index)
        if folder is not None and (module := self._folder_module(folder, lessons)):
            return module
        name = slugify_part(part.title)[:80]
        for number in count(1):
            key = name if number == 1 else f"{name}-{number}"
            address = self.placer.address([key])
            if key not in self.keys and address not in self.addresses:
                break
        return ModuleSource(f"{self.outline.path}#{key}", key, address, "", category)

    def _folder_module(self, folder: Folder, lessons: list[PageSource]) -> ModuleSource | None:
        """Return a folder's module when it is free for this part."""
        module = folder_module(folder, self.placer)
        if module.index is not None:
            is_free = module.index is lessons[0] or module.index.path not in self.entry_pages.listed
            return module if is_free else None
        return None if module.key in self.keys or module.url_path in self.addresses else module

    def leave_out(self) -> None:
        """Give the pages that the outline does not name a module near them, and no place in its menu."""
        placed = {page.path: module for module in self.modules for page in module.pages()}
        by_folder = {posixpath.dirname(path): module for path, module in reversed(placed.items())}
        by_first = {
            self.first_level[path].path: module for path, module in placed.items() if path in self.first_level
        }
        for path, page in self.placer.pages.items():
            if path in placed:
                continue
            first = self.first_level.get(path)
            module = by_folder.get(posixpath.dirname(path)) or (by_first.get(first.path) if first else None)
            page.is_left_out = True
            (module or self.modules[0] if self.modules else self._top()).lessons.append(page)
            if not (page.meta.unlisted or page.meta.draft):
                self.problems.append(self._left_out(page))

    def _left_out(self, page: PageSource) -> Problem:
        name = posixpath.basename(self.outline.path)
        message = _("%(outline)s does not name this page") % {"outline": name}
        remedy = _("It has an address and no place in menus; add it to %(outline)s to show it.")
        return Problem(page.path, 1, 1, "left-out", message, remedy % {"outline": name}, Severity.WARNING)
