"""From read pages to rendered ones: what the loader stores, still without a database."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, did_you_mean
from lessons.files import CATEGORY_NAMES, PAGE_SUFFIXES
from lessons.glossary import Glossary
from lessons.rendering import (
    AssetLink,
    Library,
    RenderContext,
    RenderedPage,
    Term,
    render_fragment,
    render_page,
)
from lessons.rendering.context import Facts
from lessons.source import CATALOG_FOLDER, ContentTree, ModuleSource, PageSource

ASSET_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".pdf": "application/pdf",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
    ".ipynb": "application/json",
}
"""What is served as what. Other files of a tree are not served."""

WORDS_PER_MINUTE = 220


@dataclass(frozen=True, slots=True)
class AssetSource:
    """A file that pages point at."""

    path: str
    name: str
    sha256: str
    content_type: str
    data: bytes
    width: int | None
    height: int | None

    @property
    def url(self) -> str:
        """Where it is served: the address carries its hash."""
        return f"/assets/{self.sha256}/{self.name}"


@dataclass(slots=True)
class PreparedPage:
    """A page ready to be stored; ``html`` still holds markers for questions and catalog directives."""

    source: PageSource
    rendered: RenderedPage
    objectives: list[str]
    prerequisites: list[str]
    number: str

    @property
    def anchors(self) -> frozenset[str]:
        """The anchors of its headings: where a question may say it is explained."""
        return frozenset(heading.anchor for heading in self.rendered.headings)

    @property
    def minutes(self) -> int:
        """Minutes to read, as the author says or by its words."""
        if self.source.meta.minutes is not None:
            return self.source.meta.minutes
        return max(1, round(self.rendered.words / WORDS_PER_MINUTE))


@dataclass(slots=True)
class PreparedLessons:
    """Every page of a tree rendered, by path, with the assets they use."""

    pages: dict[str, PreparedPage] = field(default_factory=dict)
    assets: dict[str, AssetSource] = field(default_factory=dict)
    library: Library = field(default_factory=Library)
    problems: list[Problem] = field(default_factory=list)


def prepare_lessons(
    tree: ContentTree, facts: Facts | None, content_hosts: tuple[str, ...]
) -> PreparedLessons:
    """Render every page; problems of all pages come together."""
    prepared = PreparedLessons()
    prepared.assets = _read_assets(tree, prepared.problems)
    prepared.library = Library(
        facts=facts,
        terms=terms_of(tree.glossary),
        pages={page.path: f"/learn/{page.url_path}/" for page in tree.pages()},
        assets={
            path: AssetLink(asset.url, asset.width, asset.height) for path, asset in prepared.assets.items()
        },
        content_hosts=content_hosts,
    )
    for track in tree.tracks:
        for module in track.modules:
            for page, number in _numbered(module):
                prepared.pages[page.path] = _prepare_page(page, number, prepared)
    _check_concepts(tree, prepared)
    return prepared


def terms_of(glossary: Glossary) -> dict[str, Term]:
    """Return the terms as tooltips need them."""
    return {key: Term(key, entry.term, entry.definition) for key, entry in glossary.terms.items()}


def _numbered(module: ModuleSource) -> list[tuple[PageSource, str]]:
    """Return pages with the number shown: the file's own prefix, else the place in the module."""
    numbers = [page.number for page in module.lessons]
    own = all(number is not None for number in numbers) and len(set(numbers)) == len(numbers)
    pages = [(page, str(page.number if own else place)) for place, page in enumerate(module.lessons, start=1)]
    return [(module.index, ""), *pages] if module.index is not None else pages


def _prepare_page(page: PageSource, number: str, prepared: PreparedLessons) -> PreparedPage:
    context = RenderContext(page.path, prepared.library, text=page.text, number=number)
    rendered = render_page(page.matter.body, context, page.matter.first_line)
    lists = {key: _fragments(page, key, prepared) for key in ("objectives", "prerequisites")}
    prepared.problems.extend(context.problems)
    return PreparedPage(page, rendered, lists["objectives"], lists["prerequisites"], number)


def _fragments(page: PageSource, key: str, prepared: PreparedLessons) -> list[str]:
    found = []
    for index, text in enumerate(getattr(page.meta, key)):
        line = page.matter.mapped.position((key, index)).line if page.matter.mapped else 1
        context = RenderContext(page.path, prepared.library, text=page.text)
        found.append(render_fragment(text, context, line))
        prepared.problems.extend(context.problems)
    return found


def _check_concepts(tree: ContentTree, prepared: PreparedLessons) -> None:
    if not tree.has_glossary:
        return
    for page in tree.pages():
        mapped = page.matter.mapped
        for index, concept in enumerate(page.meta.concepts):
            if concept not in tree.glossary.terms and mapped is not None:
                message = _("unknown concept '%(id)s'") % {"id": concept}
                remedy = did_you_mean(concept, tree.glossary.terms) or _("Add it to glossary.yml.")
                prepared.problems.append(
                    mapped.problem(("concepts", index), "unknown-concept", message, remedy)
                )


def _read_assets(tree: ContentTree, problems: list[Problem]) -> dict[str, AssetSource]:
    assets: dict[str, AssetSource] = {}
    folders = tuple(track.folder for track in tree.tracks)
    for path in tree.files.paths:
        name = path.rpartition("/")[2]
        suffix = "." + name.rpartition(".")[2].lower()
        if path.startswith(f"{CATALOG_FOLDER}/") or not path.startswith(folders) or name in CATEGORY_NAMES:
            continue
        if path.endswith(PAGE_SUFFIXES) or suffix not in ASSET_TYPES:
            continue
        try:
            data = tree.files.data(path)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        width, height = image_size(data, suffix)
        digest = hashlib.sha256(data).hexdigest()
        assets[path] = AssetSource(path, _safe_name(name), digest, ASSET_TYPES[suffix], data, width, height)
    return assets


def _safe_name(name: str) -> str:
    return re.sub(r"[^\w.-]", "-", name)[-200:]


_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_SVG_BOX = re.compile(rb"viewBox=[\"']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)")


def image_size(data: bytes, suffix: str) -> tuple[int | None, int | None]:
    """Return width and height in pixels, so that pages can reserve the place; (None, None) when unknown."""
    if suffix == ".svg":
        return _svg_size(data)
    if suffix == ".png" and data[:8] == b"\x89PNG\r\n\x1a\n":
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if suffix == ".gif" and data[:4] == b"GIF8":
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if suffix in {".jpg", ".jpeg"}:
        return _jpeg_size(data)
    if suffix == ".webp" and data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None, None


def _svg_size(data: bytes) -> tuple[int | None, int | None]:
    tag = _SVG_TAG.search(data[:4096])
    if tag is None:
        return None, None
    sides = {
        name: re.search(rb"\s" + name + rb"=[\"']([0-9.]+)(?:px)?[\"']", tag[0])
        for name in (b"width", b"height")
    }
    width, height = sides[b"width"], sides[b"height"]
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = _SVG_BOX.search(tag[0])
    return (round(float(box[1])), round(float(box[2]))) if box else (None, None)


def _jpeg_size(data: bytes) -> tuple[int | None, int | None]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return None, None
