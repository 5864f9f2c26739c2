"""A content tree as data: tracks, modules and pages in order, each with its address. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.problems import Problem
from lessons.categories import Category
from lessons.files import ContentFiles
from lessons.frontmatter import FrontMatter, Matter
from lessons.glossary import Glossary
from lessons.ordering import Place, sort_key, split_prefix

CATALOG_FOLDER = "catalog"


@dataclass(slots=True)
class PageSource:
    """One Markdown file with its place.

    ``place`` is its path below the track, without suffix, prefixes and wrappers; ``key`` its identity: the
    front matter id, else the place. ``url_path`` is its address below /learn/, without slashes at the ends.
    ``label`` is its title in menus where that is another, ``group`` the labels of the folders it lies in.
    """

    path: str
    text: str
    matter: Matter
    place: str
    key: str
    url_path: str
    title: str
    number: int | None = None
    group: str = ""
    label: str = ""
    is_left_out: bool = False
    """Whether the course's outline does not name it."""

    @property
    def meta(self) -> FrontMatter:
        """Its front matter."""
        return self.matter.meta

    @property
    def unlisted(self) -> bool:
        """Whether it has an address and no place in menus."""
        return self.meta.unlisted or self.is_left_out

    @property
    def folder(self) -> str:
        """The folder it lies in, with a slash at the end."""
        return self.path.rpartition("/")[0] + "/"

    @property
    def stem(self) -> str:
        """Its path without the suffix: ``x/03-mixtral`` for ``x/03-mixtral.md``."""
        return self.path.rpartition(".")[0]


@dataclass(slots=True)
class ModuleSource:
    """A first-level folder of a track: its page, if there is one, and its lessons in order.

    ``folder`` is that folder, or whatever else in the tree it is alone in coming from: a page, a line of an
    outline. ``redirects`` are addresses of its groups, each with the page that it leads to.
    """

    folder: str
    key: str
    url_path: str
    title: str
    category: Category
    index: PageSource | None = None
    lessons: list[PageSource] = field(default_factory=list)
    redirects: dict[str, PageSource] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """What stands under its title: the words of its page, else of its folder."""
        generated = self.category.generated
        said = self.index.meta.description if self.index else generated.description if generated else ""
        return said or self.category.description

    def pages(self) -> Iterator[PageSource]:
        """Return the module page and the lessons."""
        if self.index is not None:
            yield self.index
        yield from self.lessons


@dataclass(slots=True)
class TrackSource:
    """A course."""

    folder: str
    slug: str
    title: str
    category: Category
    modules: list[ModuleSource] = field(default_factory=list)

    @property
    def order(self) -> Place:
        """What orders it among tracks: its position, else its folder's prefix, and without either the end."""
        name = self.folder.rstrip("/").rpartition("/")[2]
        return sort_key(self.category.position, split_prefix(name)[0], name)


@dataclass(slots=True)
class ContentTree:
    """Everything read from one content root, and everything that is wrong with it so far."""

    files: ContentFiles
    tracks: list[TrackSource] = field(default_factory=list)
    glossary: Glossary = field(default_factory=lambda: Glossary({}))
    has_glossary: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    """Every path of ``files``, for asking whether a file is there."""

    problems: list[Problem] = field(default_factory=list)

    def pages(self) -> Iterator[PageSource]:
        """Return every page of every track, in order."""
        for track in self.tracks:
            for module in track.modules:
                yield from module.pages()
