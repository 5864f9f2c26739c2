"""Components of Docusaurus, Hugging Face, mdBook and their kin: what each becomes."""

from __future__ import annotations

import re
from html import escape

from django.utils.translation import gettext as _

from lessons.rendering.mdx.scanner import Expression, Tag, literal
from lessons.rendering.urls import split_address

BOXES = {
    "Tip": "tip",
    "Note": "note",
    "Info": "info",
    "Warning": "warning",
    "Caution": "caution",
    "Danger": "danger",
    "Important": "important",
    "Admonition": "note",
    "Callout": "note",
    "Aside": "note",
    "Accordion": "details",
    "Details": "details",
    "Tabs": "tabs",
    "TabItem": "tab",
    "Tab": "tab",
    "hfoptions": "tabs",
    "hfoption": "tab",
}
"""Components that become a directive of this name."""

VIDEOS = frozenset({"Youtube", "YouTube", "iframe", "video", "Video", "Vimeo"})
"""Shown as a link, since no page of ours loads from elsewhere."""

DROPPED = frozenset({"CourseFloatingBanner", "FrameworkSwitchCourse", "DocCardList", "TOCInline", "Head"})
"""Tools of the site that the text was written for: left out with all they hold."""

WRAPPERS = frozenset(
    {"Highlight", "BrowserOnly", "Steps", "Card", "CardGrid", "CardGroup", "Columns", "Translate"}
)
"""Components whose children say all there is to say."""

KNOWN = frozenset(BOXES) | DROPPED | WRAPPERS | {"CodeBlock"}
"""Components that are closed by a tag of their own."""

_HTML = (
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas"
    " caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed"
    " fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr"
    " html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noframes"
    " noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script"
    " search section select small source span strike strong style sub summary sup svg table tbody td"
    " template textarea tfoot th thead time title tr track tt u ul var video wbr"
)
HTML_TAGS = frozenset(_HTML.split())
"""Tags that a browser knows; any other in small letters is text, such as a token ``<think>``."""

FRAMEWORKS = {"pt": "PyTorch", "tf": "TensorFlow", "flax": "Flax", "jax": "JAX"}
_OTHER_FRAMEWORK = {"PyTorch": "TensorFlow", "TensorFlow": "PyTorch"}
_LABELS = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "python": "Python", "bash": "Bash"} | FRAMEWORKS
_CONDITION = re.compile(r"\{(?:#if|:else if)\s+fw\s*={2,3}\s*[\"'](?P<name>\w+)[\"']\s*\}")
_VALUES = re.compile(r"\{[^{}]*\}")
_PAIR = re.compile(r"""(?P<key>label|value)\s*:\s*(?P<quote>["'])(?P<text>.*?)(?P=quote)""")
_CALL = re.compile(
    r"""\s*(?:require|useBaseUrl)\(\s*(?P<quote>["'])(?P<path>[^"']*)(?P=quote)\s*\)(?:\.default)?\s*"""
)
_THEMED = re.compile(
    r"""\b(?P<theme>light|dark)\s*:\s*(?:(?:require|useBaseUrl)\(\s*)?(?P<quote>["'])(?P<path>[^"']+)(?P=quote)"""
)
_MARKUP = re.compile(r"([\\`*_\[\]{}<>$&|])")
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][\w:.-]*\Z")


LINKS = frozenset({"Link", "NavLink"})
"""Components that are a link to what ``to`` or ``href`` says."""


def box_head(tag: Tag, labels: dict[str, str], chosen: str = "") -> str:
    """Return what stands behind the colons of the directive that a component becomes.

    ``labels`` are those that the tabs around a tab give to its values, ``chosen`` the value shown first.
    """
    name = BOXES[tag.name]
    if name == "tabs":
        group = tag.text("groupId", "id", "syncKey").replace("}", "")
        return f'tabs{{group="{quoted(group)}"}}' if group else "tabs"
    if name == "tab":
        is_default = tag.is_true("default") or bool(chosen and tag.text("value") == chosen)
        return tab_head(tab_label(tag, labels), is_default=is_default)
    if tag.name == "Tip" and tag.is_true("warning"):
        name = "warning"
    kind = tag.text("type")
    if tag.name in {"Admonition", "Callout", "Aside"} and re.fullmatch(r"[A-Za-z][\w-]*", kind):
        name = kind.lower()
    title = plain_markdown(tag.text("title", "header", "summary"))
    return f"{name}[{title}]" if title else name


def quoted(text: str) -> str:
    """Return text as it stands in an attribute of a directive."""
    return text.replace('"', "'").replace("\n", " ")


def tab_head(label: str, *, is_default: bool = False) -> str:
    """Return what stands behind the colons of one tab."""
    return f"tab[{plain_markdown(label)}]" + ("{default}" if is_default else "")


def tab_label(tag: Tag, labels: dict[str, str]) -> str:
    """Return the words on a tab: its own label, else what the tabs around say, else its value."""
    value = tag.text("value", "id", "name")
    return tag.text("label", "title") or labels.get(value) or _LABELS.get(value.lower()) or value or _("Tab")


def labels_of(tabs: Tag) -> dict[str, str]:
    """Return the labels that ``<Tabs values={[{label, value}, …]}>`` gives to values."""
    values = tabs.attributes.get("values")
    if not isinstance(values, Expression):
        return {}
    found = {}
    for each in _VALUES.finditer(values.source):
        pairs = {pair["key"]: pair["text"] for pair in _PAIR.finditer(each[0])}
        if {"label", "value"} <= pairs.keys():
            found[pairs["value"]] = pairs["label"]
    return found


def framework_of(condition: str) -> str:
    """Return the framework that ``{#if fw === 'pt'}`` asks for, else an empty text."""
    match = _CONDITION.fullmatch(condition)
    return FRAMEWORKS.get(match["name"], match["name"]) if match else ""


def other_framework(name: str) -> str:
    """Return the framework that an ``{:else}`` behind this one stands for."""
    return _OTHER_FRAMEWORK.get(name) or _("Otherwise")


def plain_markdown(text: str) -> str:
    """Return Markdown that shows this text, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def video_link(tag: Tag, inner: str) -> tuple[str, str] | None:
    """Return title and address of what a video or frame shows; None when nothing names one."""
    address = tag.text("src", "url", "href")
    if not address and (known := tag.text("id", "videoId", "playlistId")):
        host = "vimeo.com/" if tag.name == "Vimeo" else "www.youtube.com/watch?v="
        address = f"https://{host}{known}"
    if not address:
        source = re.search(r"<source\b[^>]*?\ssrc=[\"']([^\"']+)[\"']", inner)
        address = source[1] if source else ""
    address = address.strip()
    parts = split_address(address) if not re.search(r"[\s<>\\]", address) else split_address("")
    if not address or parts.scheme not in {"", "http", "https"} or not (parts.netloc or parts.path):
        return None
    shown = f"{parts.netloc.removeprefix('www.')}{parts.path if parts.path != '/' else ''}"
    if parts.query:
        shown += f"?{parts.query}"
    return tag.text("title") or shown, address


def video_name(tag: Tag) -> str:
    """Return what a card calls it: a video, or whatever page a frame holds."""
    host = split_address(tag.text("src")).netloc
    is_page = tag.name == "iframe" and not re.search(
        r"(?:^|\.)(?:youtube|youtube-nocookie|vimeo|youtu)\.", host
    )
    return _("Embedded page") if is_page else _("Video")


def themed_image(tag: Tag) -> str:
    """Return the pictures of Docusaurus's ``<ThemedImage>`` as HTML, each marked with the pages it is for."""
    sources = tag.attributes.get("sources")
    found = _THEMED.finditer(sources.source) if isinstance(sources, Expression) else ()
    alt = escape(" ".join(tag.text("alt").split()))
    return "".join(
        f'<img src="{escape(each["path"])}#only-{each["theme"]}" alt="{alt}" />'
        for each in sorted(found, key=lambda each: each["theme"], reverse=True)
    )


def link_html(tag: Tag) -> str:
    """Return the opening tag of the link that a component is; empty when its address is not known."""
    address = tag.text("to", "href")
    return f'<a href="{escape(address)}">' if address else ""


def card_head(tag: Tag) -> str:
    """Return title and address of a card as Markdown; empty when it has no title."""
    title, address = plain_markdown(tag.text("title")), tag.text("href", "to")
    if not title or not address or re.search(r"[\s<>\\]", address):
        return f"**{title}**" if title else ""
    return f"**[{title}](<{address}>)**"


def plain_html(tag: Tag, lines: int) -> str:
    """Return an HTML tag with JSX taken out of its attributes, over as many line ends."""
    pieces = [f"<{tag.name}"]
    for name, value in tag.attributes.items():
        name = {"className": "class", "htmlFor": "for"}.get(name, name)
        if isinstance(value, Expression):
            call = _CALL.fullmatch(value.source)
            known = call["path"] if call else literal(value.source)
            if known is None:
                continue
            value = escape(known)
        # The line ends of the tag are written between its attributes, all of them.
        value = None if value is None else " ".join(value.split("\n"))
        if _ATTRIBUTE_NAME.match(name):
            pieces.append(name if value is None else f'{name}="{value.replace(chr(34), "&quot;")}"')
    pieces[-1] += " />" if tag.is_self_closing else ">"
    ends = [*["\n"] * min(lines, len(pieces) - 1), *[" "] * max(0, len(pieces) - 1 - lines), ""]
    before = "\n" * max(0, lines - len(pieces) + 1)
    return before + "".join(piece + end for piece, end in zip(pieces, ends, strict=True))
