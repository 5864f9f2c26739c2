"""From read pages to rendered ones: what the loader stores, still without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem, Severity, did_you_mean
from lessons.asset_source import AssetSource, read_assets
from lessons.glossary import Glossary
from lessons.packing import PackedPage
from lessons.rendering import (
    AssetLink,
    Library,
    RenderContext,
    Term,
    render_fragment,
    render_page,
)
from lessons.rendering.context import Facts
from lessons.source import ContentTree, ModuleSource, PageSource
from lessons.titles import without_title

WORDS_PER_MINUTE = 220


@dataclass(frozen=True, slots=True)
class PageJob:
    """What a page's rendering depends on besides the library; small, and fit to be sent to another process.

    ``title`` is what stands above the text: the page's own, or that of the module whose page it is.
    ``objectives`` and ``prerequisites`` are Markdown, each with the line it stands in.
    """

    path: str
    text: str
    title: str
    body: str
    first_line: int
    number: str
    objectives: tuple[tuple[int, str], ...]
    prerequisites: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, page: PageSource, number: str, module: ModuleSource) -> PageJob:
        """Return the job of a page that is shown with a number (empty for a module page)."""
        title = module.title if page is module.index else page.title
        matter = page.matter
        lists = {key: tuple(_lines(page, key)) for key in ("objectives", "prerequisites")}
        return cls(page.path, page.text, title, matter.body, matter.first_line, number, **lists)


@dataclass(slots=True)
class PageText:
    """A page as rendered, and what was noticed on the way."""

    rendered: PackedPage
    objectives: list[str]
    prerequisites: list[str]
    problems: list[Problem]
    dropped: Counter[str]


@dataclass(slots=True)
class PreparedPage:
    """A page ready to be stored; ``html`` still holds markers for questions and catalog directives."""

    source: PageSource
    rendered: PackedPage
    objectives: list[str]
    prerequisites: list[str]
    number: str
    assets: frozenset[str] = frozenset()
    """Content paths of the files that the page shows, its questions included."""

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


def open_library(tree: ContentTree, facts: Facts | None, content_hosts: tuple[str, ...]) -> PreparedLessons:
    """Return what the pages of a tree may point at; no page is rendered yet."""
    prepared = PreparedLessons()
    prepared.assets = read_assets(tree, prepared.problems)
    prepared.library = Library(
        facts=facts,
        terms=terms_of(tree.glossary),
        pages=_addresses(tree),
        assets={
            path: AssetLink(asset.url, asset.width, asset.height) for path, asset in prepared.assets.items()
        },
        content_hosts=content_hosts,
        partials=_read_partials(tree, prepared.problems),
    )
    _check_concepts(tree, prepared)
    return prepared


def render_job(job: PageJob, library: Library) -> PageText:
    """Render one page: a pure function, so that any process may do it and its result may be kept."""
    context = RenderContext(job.path, library, text=job.text, number=job.number)
    # Here and not where the job is made: only a page that changed is looked through for its title.
    rendered = render_page(without_title(job.body, job.title, job.path), context, job.first_line)
    problems = list(context.problems)

    def fragments(texts: tuple[tuple[int, str], ...]) -> list[str]:
        made = []
        for line, text in texts:
            fragment = RenderContext(job.path, library, text=job.text)
            made.append(render_fragment(text, fragment, line))
            problems.extend(fragment.problems)
        return made

    objectives, prerequisites = fragments(job.objectives), fragments(job.prerequisites)
    return PageText(PackedPage.pack(rendered), objectives, prerequisites, problems, context.dropped)


def terms_of(glossary: Glossary) -> dict[str, Term]:
    """Return the terms as tooltips need them."""
    return {key: Term(key, entry.term, entry.definition) for key, entry in glossary.terms.items()}


def numbered(module: ModuleSource) -> list[tuple[PageSource, str]]:
    """Return pages with the number shown: the file's own prefix, else the place in the module."""
    numbers = [page.number for page in module.lessons]
    own = all(number is not None for number in numbers) and len(set(numbers)) == len(numbers)
    pages = [(page, str(page.number if own else place)) for place, page in enumerate(module.lessons, start=1)]
    return [(module.index, ""), *pages] if module.index is not None else pages


def _addresses(tree: ContentTree) -> dict[str, str]:
    """Return the address of every page and of every folder: that of its page, else of the first one in it.

    A draft speaks for a folder only where nothing else does: learners would find nothing.
    """
    addresses: dict[str, str] = {}
    for track in tree.tracks:
        addresses[track.folder.rstrip("/")] = f"/learn/{track.slug}/"
        for module in track.modules:
            addresses.setdefault(module.folder.rstrip("/"), f"/learn/{module.url_path}/")
            for page in sorted(module.pages(), key=lambda page: page.meta.draft):
                address = addresses[page.path] = f"/learn/{page.url_path}/"
                for folder in PurePosixPath(page.path).parents[:-1]:
                    addresses.setdefault(str(folder), address)
    return addresses


def _read_partials(tree: ContentTree, problems: list[Problem]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in tree.files.partials:
        try:
            texts[path] = tree.files.text(path)
        except ContentError as error:
            # Nobody may ever import it; who does is told that it is not there.
            problems += [replace(problem, severity=Severity.WARNING) for problem in error.problems]
    return texts


def _lines(page: PageSource, key: str) -> Iterator[tuple[int, str]]:
    mapped = page.matter.mapped
    for index, text in enumerate(getattr(page.meta, key)):
        yield mapped.position((key, index)).line if mapped else 1, text


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
