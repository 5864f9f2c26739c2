"""Orders the pages of a track into modules, by its folders."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lessons.checks import MAX_ADDRESS
from lessons.folders import Folder, stem_of
from lessons.ordering import Place, sort_key, split_prefix, without_prefix
from lessons.placing import Placer
from lessons.source import ModuleSource, PageSource, TrackSource


def modules_by_folders(root: Folder, track: TrackSource, placer: Placer) -> list[ModuleSource]:
    """Return the modules in order: the pages at the top, then every first-level folder."""
    modules = []
    if any(path in placer.pages for path in root.own_pages()):
        modules.append(top_module(root, track, placer))
        modules[0].lessons = [each for each in _siblings(root, placer) if isinstance(each, PageSource)]
    for folder in _folders_in_order(root, placer):
        module = folder_module(folder, placer)
        module.lessons = [page for page in _in_order(folder, placer) if page is not module.index]
        if module.lessons or module.index:
            modules.append(module)
    return modules


def top_module(root: Folder, track: TrackSource, placer: Placer) -> ModuleSource:
    """Return the module that is named as the track and stands at its address, without lessons yet."""
    module = ModuleSource(root.path, placer.top_key, track.slug, track.title, track.category)
    _give_index(module, root, placer)
    if module.index is not None and module.index.meta.title:
        module.title = module.index.meta.title
    return module


def folder_module(folder: Folder, placer: Placer) -> ModuleSource:
    """Return the module of a first-level folder, without lessons yet."""
    name, generated = without_prefix(folder.name), folder.category.generated
    address = placer.address([name])
    if generated and generated.slug.strip("/"):
        address = placer.address(filter(None, generated.slug.split("/")))
    module = ModuleSource(folder.path, name, address, placer.label(folder), folder.category)
    if generated and generated.title:
        module.title = generated.title
    _give_index(module, folder, placer)
    if module.index is not None and (module.index.meta.title or not folder.category.label):
        module.title = module.index.title
    return module


def add_redirects(root: Folder, modules: Collection[ModuleSource], placer: Placer) -> None:
    """Let the address of every folder that has none of its own lead to its page, or to its first."""
    taken = {page.url_path for page in placer.pages.values()} | {module.url_path for module in modules}
    listed = {page.path: module for module in modules for page in module.pages()}
    for folder, parts in _below(root, []):
        targets = [page for page in _in_order(folder, placer) if not page.meta.draft and page.path in listed]
        if not targets:
            continue
        addresses = [placer.address(parts)]
        if folder.category.generated and len(parts) > 1:
            addresses.append(placer.address(filter(None, folder.category.generated.slug.split("/"))))
        for address in addresses:
            if address not in taken and address != placer.slug and len(address) <= MAX_ADDRESS:
                taken.add(address)
                listed[targets[0].path].redirects[address] = targets[0]


def _give_index(module: ModuleSource, folder: Folder, placer: Placer) -> None:
    module.index = placer.pages.get(folder.index)
    if module.index is not None:
        module.key, module.url_path = module.index.key, module.index.url_path


def _below(folder: Folder, parts: list[str]) -> Iterator[tuple[Folder, list[str]]]:
    for inner in folder.folders:
        own = [*parts, without_prefix(inner.name)]
        yield inner, own
        yield from _below(inner, own)


def _folders_in_order(root: Folder, placer: Placer) -> list[Folder]:
    return sorted(root.folders, key=lambda folder: _folder_place(folder, placer))


def _siblings(folder: Folder, placer: Placer) -> list[PageSource | Folder]:
    """Return the pages of a folder but its index, and its folders, in their order."""
    placed: list[tuple[Place, PageSource | Folder]] = [
        (_page_place(placer.pages[path]), placer.pages[path]) for path in folder.pages if path in placer.pages
    ]
    placed += [(_folder_place(each, placer), each) for each in folder.folders]
    placed.sort(key=lambda each: each[0])
    return [each for _place, each in placed]


def _in_order(folder: Folder, placer: Placer) -> Iterator[PageSource]:
    """Return all pages of a folder, each group's own page first in it."""
    if folder.index in placer.pages:
        yield placer.pages[folder.index]
    for each in _siblings(folder, placer):
        if isinstance(each, Folder):
            yield from _in_order(each, placer)
        else:
            yield each


def _page_place(page: PageSource) -> Place:
    stem = stem_of(page.path)
    return sort_key(page.meta.sidebar_position, split_prefix(stem)[0], stem)


def _folder_place(folder: Folder, placer: Placer) -> Place:
    position = folder.category.position
    if position is None and folder.index in placer.pages:
        position = placer.pages[folder.index].meta.sidebar_position
    return sort_key(position, split_prefix(folder.name)[0], folder.name)
