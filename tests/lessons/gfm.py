"""How alike our pages and those of a GitHub Flavored Markdown reference are: what they are made of.

``python -m tests.lessons.gfm DIR`` measures every page of a folder and shows where the worst ones part.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import cmarkgfm
import django
from cmarkgfm.cmark import Options

from lessons.rendering import AssetLink, Library, RenderContext, fill_markers, render_page
from lessons.rendering.code import take_marks
from lessons.rendering.directives import open_directives
from lessons.rendering.mdx import plain_lines
from lessons.rendering.themes import theme_of

Piece = tuple[str, ...]

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNSEEN = {"script", "style", "math", "template"}
_UNSEEN_CLASSES = {"back", "src", "footnote-backref", "footnote-ref", "note__name", "code__bar", "task"}
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$]+\$|\\\(.*?\\\)|\\\[.*?\\\]")
_ANCHOR = re.compile(r"\s*(?:\[\[\S+\]\]|\{#\S+\})\Z")
_MEDIA = {"iframe", "video", "audio", "source", "embed"}
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]


class Node:
    """An element of a parsed page."""

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    @property
    def is_unseen(self) -> bool:
        if self.tag == "img" and theme_of(src := self.attributes.get("src", ""), self._classes) == "dark":
            return bool(urlsplit(src).scheme)  # of a remote pair one link is shown
        return self.tag in _UNSEEN or bool(_UNSEEN_CLASSES & set(self._classes.split()))

    @property
    def _classes(self) -> str:
        return self.attributes.get("class", "")


class _Tree(HTMLParser):
    """Builds a tree, and mends what an author left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Node("root", {})
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse_html(html: str) -> Node:
    """Return the root of a page's tree."""
    return _Tree(html).root


def structure(html: str) -> list[Piece]:
    """Return what a page is made of: headings, code, tables by row, list items by level, links, images."""
    return list(_pieces(parse_html(html), 0))


def _pieces(node: Node, level: int, *, in_link: bool = False) -> Iterator[Piece]:
    for child in node.children:
        if isinstance(child, str) or child.is_unseen:
            continue
        if child.tag == "pre":
            yield ("code", take_marks("".join(_texts(child)).strip("\n"))[0])
            continue
        if child.tag in _HEADINGS:
            yield ("heading", _ANCHOR.sub("", _plain(child)))
        elif child.tag == "tr":
            yield ("row", *(_plain(cell) for cell in child.children if isinstance(cell, Node)))
        elif child.tag == "li":
            yield ("item", str(level), _plain(child, but=frozenset({"li", "pre", "table"})))
        elif child.tag == "a" and child.attributes.get("href"):
            href = child.attributes["href"]
            yield ("link", _plain(child) or (href if urlsplit(href).scheme else ""))
        elif child.tag == "img":
            if not (in_link and urlsplit(child.attributes.get("src", "")).scheme):
                yield _image(child)
        elif child.tag in _MEDIA and child.attributes.get("src"):
            yield ("link", child.attributes.get("title") or child.attributes["src"])
        is_link = in_link or child.tag == "a"
        yield from _pieces(child, level + (child.tag in {"ul", "ol"}), in_link=is_link)


def _image(node: Node) -> Piece:
    src = urlsplit(node.attributes.get("src", ""))
    description = " ".join(node.attributes.get("alt", "").split())
    if src.scheme or src.netloc:
        return (
            "link",
            description or node.attributes["src"],
        )  # a remote image is a link, and within one its text
    return ("image", description, unquote(src.path).rpartition("/")[2])


def _plain(node: Node, but: frozenset[str] = frozenset()) -> str:
    text = _FORMULA.sub("", "".join(_texts(node, but)))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _texts(node: Node, but: frozenset[str] = frozenset()) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "img" and not child.is_unseen and urlsplit(child.attributes.get("src", "")).scheme:
            yield child.attributes.get("alt", "")
        elif not child.is_unseen and child.tag not in but:
            yield from _texts(child, but)
            yield " " if child.tag in {"p", "li", "td", "th", "div", "br", "summary"} else ""


class _AnyAsset(dict[str, AssetLink]):
    """Holds every file one may ask for, served under its own name."""

    def get(self, key: str, default: object = None) -> AssetLink:
        return AssetLink(f"/assets/0/{key.rpartition('/')[2]}")


class _AnyPage(dict[str, str]):
    """Holds every page one may ask for."""

    def get(self, key: str, default: object = None) -> str:
        return f"/learn/{key}/"


def ours(text: str, path: str = "course/page.md") -> str:
    """Return a page as we render it."""
    context = RenderContext(path, Library(pages=_AnyPage(), assets=_AnyAsset()), text=text)
    return fill_markers(render_page(text, context).html, {})


def reference(text: str, path: str = "course/page.md") -> str:
    """Return a page as the reference renders it, MDX and the fences of directives taken out."""
    context = RenderContext(path, text=text)
    plain = plain_lines(text.split("\n"), context, 1, is_mdx=path.endswith(".mdx"))
    lines, numbers = plain.physical(1)
    directives = open_directives(lines, numbers, context)
    for index in [*directives.opens, *directives.closes]:
        lines[index] = ""
    html: str = cmarkgfm.markdown_to_html_with_extensions("\n".join(lines), OPTIONS, extensions=EXTENSIONS)
    return html


@dataclass(frozen=True)
class Likeness:
    """How like one page is to the reference, from 0 to 1, and what differs."""

    ratio: float
    same_code: bool
    differences: tuple[str, ...] = ()


def compare(text: str, path: str = "course/page.md") -> Likeness:
    """Compare one page with the reference."""
    wanted, found = structure(reference(text, path)), structure(ours(text, path))
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    differences = [
        f"- {wanted[first:last]}\n    + {found[start:end]}"
        for kind, first, last, start, end in matcher.get_opcodes()
        if kind != "equal"
    ]
    same_code = [each for each in wanted if each[0] == "code"] == [
        each for each in found if each[0] == "code"
    ]
    return Likeness(matcher.ratio(), same_code, tuple(differences))


def measure(folder: Path) -> dict[str, Likeness]:
    """Compare every page of a folder."""
    found: dict[str, Likeness] = {}
    for file in sorted([*folder.rglob("*.md"), *folder.rglob("*.mdx")]):
        text = _FRONT_MATTER.sub("", file.read_text(encoding="utf-8"))
        found[str(file.relative_to(folder))] = compare(text, file.name)
    return found


def main(folder: str) -> None:
    """Print the mean, the worst pages with their first differences, and how many show the same code."""
    found = measure(Path(folder))
    if not found:
        print("no pages")
        return
    ratios = [each.ratio for each in found.values()]
    print(
        f"{len(found)} pages: mean {sum(ratios) / len(ratios):.4f}, least {min(ratios):.4f}, "
        f"{sum(ratio == 1 for ratio in ratios)} equal, "
        f"code the same on {sum(each.same_code for each in found.values()) / len(found):.1%}"
    )
    worst = sorted((each for each in found.items() if each[1].differences), key=lambda each: each[1].ratio)
    for path, likeness in worst[:20]:
        print(f"{likeness.ratio:.4f}{'' if likeness.same_code else ' (code)'} {path}")
        for difference in likeness.differences[:3]:
            print(f"    {difference[:600]}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
    django.setup()
    main(sys.argv[1])
