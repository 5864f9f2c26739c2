"""Gives every page of a track its place: title, address, identity, and the group it is shown in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity, did_you_mean
from lessons.folders import Folder, stem_of
from lessons.frontmatter import Matter
from lessons.ordering import prettify, slugify_part, split_prefix, without_prefix
from lessons.source import PageSource
from lessons.titles import first_heading


def appoint_index(folder: Folder, matters: Mapping[str, Matter]) -> list[Problem]:
    """Let the page that a category file names (``link: {type: doc, id: …}``) stand for its folder."""
    wanted, mapped = folder.category.page_id, folder.said.mapped
    if not wanted or mapped is None:
        return []
    last = wanted.rpartition("/")[2]
    names: dict[str, str] = {}
    for path in folder.own_pages():
        if path in matters:
            names.setdefault(without_prefix(stem_of(path)), path)
            names[matters[path].meta.id or ""] = path
    found = names.get(wanted) or names.get(last)
    if found is None:
        message = _("no page '%(id)s' in this folder") % {"id": wanted}
        remedy = did_you_mean(last, filter(None, names)) or _("Name a page by its id or file name.")
        problem = mapped.problem(("link", "id"), "unknown-page", message, remedy)
        return [replace(problem, severity=Severity.WARNING)]
    if found != folder.index:
        folder.take_index(found, is_appointed=True)
    return []


class Placer:
    """Makes the pages of one track; ``pages`` has them by path, ``problems`` what was wrong on the way."""

    def __init__(
        self, root: Folder, slug: str, texts: Mapping[str, str], matters: Mapping[str, Matter]
    ) -> None:
        self.root = root
        self.slug = slug
        self.texts = texts
        self.matters = matters
        self.pages: dict[str, PageSource] = {}
        self.problems: list[Problem] = []
        names = {without_prefix(each.name) for each in root.folders}
        # A folder named as the track has the track's name for its id; none begins with a slash.
        self.top_key = f"/{slug}" if slug in names else slug
        self._place(root, [], [])

    def label(self, folder: Folder) -> str:
        """Return what a folder is called in menus."""
        if folder.category.label:
            return folder.category.label
        index = self.pages.get(folder.index)
        return (index.label or index.title) if index else prettify(without_prefix(folder.name))

    def address(self, parts: Iterable[str]) -> str:
        """Return the address below /learn/ of a path below the track."""
        return "/".join([self.slug, *map(slugify_part, parts)])

    def _place(self, folder: Folder, parts: list[str], labels: list[str]) -> None:
        if folder.index in self.matters:
            own = [*parts, without_prefix(stem_of(folder.index))] if folder.is_appointed else parts
            self._add(folder.index, parts, own, is_module_page=len(parts) <= 1)
        # From the second level on folders are groups; their own page is in the group it stands for.
        shown = [*labels, self.label(folder)] if len(parts) > 1 else labels
        group = " / ".join(shown)
        if folder.index in self.pages:
            self.pages[folder.index].group = group
        for path in folder.pages:
            if path in self.matters:
                self._add(path, parts, [*parts, without_prefix(stem_of(path))])
                self.pages[path].group = group
        for inner in folder.folders:
            self._place(inner, [*parts, without_prefix(inner.name)], shown)

    def _add(self, path: str, folder: list[str], parts: list[str], *, is_module_page: bool = False) -> None:
        matter = self.matters[path]
        place = "/".join(parts) or self.top_key
        self.pages[path] = PageSource(
            path=path,
            text=self.texts[path],
            matter=matter,
            place=place,
            key=matter.meta.id or place,
            url_path=self._page_address(path, matter, folder, parts),
            title=matter.meta.title
            or first_heading(matter.body, path)
            or prettify(parts[-1] if parts else self.slug),
            number=None if is_module_page else split_prefix(stem_of(path))[0],
            label=matter.meta.sidebar_label,
        )

    def _page_address(self, path: str, matter: Matter, folder: list[str], parts: list[str]) -> str:
        slug = matter.meta.slug
        if not slug:
            return self.address(parts)
        own = [] if slug.startswith("/") else list(folder)
        for part in slug.split("/"):
            if part == "..":
                own = own[:-1]
            elif part.strip() not in {"", "."}:
                own.append(part)
        if own or path == self.root.index:
            return self.address(own)
        # The track's own page lists its modules; a lesson there would hide it, or never be seen.
        message = _("the slug '%(slug)s' is the address of the course's own page") % {"slug": slug}
        remedy = _("It keeps %(address)s; to stand on that page, name it index.md at the top.")
        address = self.address(parts)
        shown = {"address": f"/learn/{address}/"}
        if matter.mapped is not None:
            problem = matter.mapped.problem(("slug",), "slug", message, remedy % shown)
            self.problems.append(replace(problem, severity=Severity.WARNING))
        return address
