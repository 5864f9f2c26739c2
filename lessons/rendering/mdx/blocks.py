"""What components become: boxes, tabs, link cards, code, questions, the text of a partial."""

from __future__ import annotations

import re
from collections import Counter
from textwrap import dedent

from django.utils.translation import gettext as _

from lessons.rendering.context import RenderContext
from lessons.rendering.fences import Fence
from lessons.rendering.markers import marker
from lessons.rendering.mdx import components
from lessons.rendering.mdx.frames import Frames
from lessons.rendering.mdx.output import Output
from lessons.rendering.mdx.partials import render_partial
from lessons.rendering.mdx.places import Places
from lessons.rendering.mdx.questions import stands_in_link
from lessons.rendering.mdx.scanner import Tag, literal, unescaped
from lessons.rendering.mdx.unclosed import report_unclosed

_LEAD = re.compile(r"[ \t]*")
_MARKS = re.compile(r"[ \t]*(?:(?:>[ \t]*|(?:[-*+:]|\d{1,9}[.)])[ \t]+))+")
_SUMMARY = re.compile(r"\s*<summary\b[^>]*>(?P<title>.*?)</summary\s*>", re.DOTALL)
_TEMPLATE = re.compile(r"\s*\{\s*`(?P<text>.*)`\s*\}\s*", re.DOTALL)
_MAX_SUMMARY = 4_000


class Blocks:
    """Writes components; a method that takes a tag returns the place it read up to, 0 when it is text."""

    def __init__(self, places: Places, numbers: list[int], context: RenderContext, *, is_mdx: bool) -> None:
        self.places = places
        self.is_mdx = is_mdx
        self.numbers = numbers
        self.context = context
        self.out = Output()
        self.frames = Frames(self.out, context)
        self.fences: list[Fence] = []
        self.prompt_row = 0
        self.questions_read: set[int] = set()
        self._imports: dict[str, str] = {}
        self._indent = ""
        self._is_inline_only = False
        self._opened: set[str] = set()
        self._links: Counter[str] = Counter()
        self._told: set[str] = set()

    def begin_line(self, row: int) -> None:
        """Note how a line begins: in a table's row or a quote nothing can stand on its own."""
        lead = _LEAD.match(self.places.lines[row])
        self._indent = lead[0] if lead else ""
        self._is_inline_only = self.places.lines[row].startswith(("|", ">"), len(self._indent))

    def finish(self) -> None:
        """Close what is open at the end of the text."""
        self.frames.close_all()
        self.out.finish()

    def note_import(self, name: str, path: str) -> None:
        """Remember what a name was imported from."""
        if name:
            self._imports[name] = path

    def has_partner(self, tag: Tag, before: int | None = None) -> bool:
        """Whether a tag's closing tag follows (before a place), or its opening tag came."""
        if tag.is_self_closing:
            return True
        if tag.is_closing:
            return tag.name in self._opened
        closing = self.places.closing(tag.name, tag.end)
        found = closing >= 0 and (before is None or closing < before)
        if found:
            self._opened.add(tag.name)
        return found

    def component(self, tag: Tag) -> int:
        """Write a component, known or not."""
        name = tag.name
        if tag.is_closing:
            if self._links.get(name):
                self._links[name] -= 1
                self.out.text("</a>")
                return tag.end
            if self.frames.is_open(name):
                self.frames.close_tag(name)
                return tag.end
            return tag.end if name in self._opened or name in components.VIDEOS else 0
        if name == "Question" and "choices" in tag.attributes:
            # Where it is not asked it becomes a stray one, which no reading leaves in.
            return 0 if stands_in_link(self.places, tag.start, tag.end) else self._question(tag)
        if name in components.VIDEOS:
            return self._video(tag)
        if name in self._imports and (held := render_partial(self._imports[name], self.context)):
            self._write(held)
            self.out.blank(self._source(tag.start, tag.end))
            return tag.end
        if name == "ThemedImage" and (image := components.themed_image(tag)):
            self.out.text(image)
            self.out.blank(self._source(tag.start, tag.end))
            return tag.end
        if not self.has_partner(tag):
            return self._unclosed(tag)
        self._opened.add(name)
        if name in components.LINKS and not tag.is_self_closing and (link := components.link_html(tag)):
            self._links[name] += 1
            self.out.text(link)
            self.out.blank(self._source(tag.start, tag.end))
            return tag.end
        if name == "CodeBlock":
            return self._code(tag)
        if name in components.DROPPED:
            return self._leave_out(tag)
        return self._children(tag)

    def details(self, tag: Tag) -> int:
        """Open ``<details>`` whose children are Markdown, or close it."""
        if tag.is_closing:
            if not self.frames.is_open("details"):
                return 0
            self.frames.close_tag("details")
            return tag.end
        if not self.out.is_fresh or self._is_inline_only or self.places.closing("details", tag.end) < 0:
            return 0
        title, end = "", tag.end
        text = self.places.text
        summary = _SUMMARY.match(text, tag.end, min(len(text), tag.end + _MAX_SUMMARY))
        if summary and not self.places.holds_code(tag.end, summary.end()):
            title, end = " ".join(summary["title"].split()), summary.end()
        self.frames.open_details(title, tag.is_true("open"), self._indent, *self._place(tag))
        self.out.blank(text[tag.start : end])
        return end

    def condition(self, word: str, framework: str, at: int) -> bool:
        """Open, go on with or close ``{#if}``; False when nothing tells its branches apart."""
        if self._is_inline_only:
            return False
        line, column = self.numbers[self.places.row(at)], self.places.column(at)
        if word == "#if":
            self.frames.begin_condition(framework, self._indent, line, column)
            return bool(framework)
        if word == ":else":
            self.frames.next_branch(framework)
        elif word == "/if":
            self.frames.end_condition()
        else:
            return False
        return True

    def place_fence(self, fence: Fence, at: int) -> None:
        """Note questions written here, and leave a marker in their place."""
        if self.fences and self.fences[-1].line == fence.line:
            message = _("two questions begin on one line")
            self.context.report(
                fence.line, self.places.column(at), "component", message, _("Give each a line of its own.")
            )
            return
        self.fences.append(fence)
        place = marker("fence", str(fence.line))
        if self._begins_item(at):
            self.out.text(place)  # on a line of its own it would stand outside of the item
        else:
            self._write(place)

    def _begins_item(self, at: int) -> bool:
        """Whether nothing but the marks of lists and quotes stands before a place in its line."""
        row = self.places.row(at)
        return _MARKS.fullmatch(self.places.lines[row], 0, at - self.places.starts[row]) is not None

    # -- one component each --------------------------------------------------------------------------

    def _question(self, tag: Tag) -> int:
        row = self.places.row(tag.start)
        written = self._source(tag.start, tag.end)
        before = "\n".join(self.places.lines[self.prompt_row : row])
        fence = Fence(self.numbers[row], written, "huggingface", before, self.numbers[self.prompt_row])
        self.place_fence(fence, tag.start)
        self.out.blank(written)
        self.prompt_row = min(self.places.row(tag.end - 1) + 1, len(self.places.lines) - 1)
        self._opened.add(tag.name)
        self.questions_read.add(tag.start)
        return tag.end

    def _video(self, tag: Tag) -> int:
        end, inner = tag.end, ""
        if not tag.is_self_closing and (closing := self.places.closing(tag.name, tag.end)) >= 0:
            inner = self._source(tag.end, closing)
            end = self.places.text.index(">", closing) + 1
        found = components.video_link(tag, inner)
        self.context.dropped[f"component <{tag.name}>"] += 1
        message = _("a video or page of elsewhere is shown as a link")
        self._warn(tag, "remote-frame", message, _("Say in the text what it shows."))
        if found is not None:
            title, address = found
            name = components.video_name(tag)
            link = f"[{components.plain_markdown(title)}](<{address}>)"
            self._write("::::aside[" + name + "]", link, "::::", inline=link)
        self.out.blank(self._source(tag.start, end))
        return end

    def _code(self, tag: Tag) -> int:
        closing = self.places.closing("CodeBlock", tag.end)
        if tag.is_self_closing or closing < 0:
            return self._leave_out(tag)
        inner = self._source(tag.end, closing)
        template = _TEMPLATE.fullmatch(inner)
        known = literal(inner.strip()[1:-1]) if inner.strip().startswith("{") else inner
        if template and "${" not in template["text"]:
            known = unescaped(template["text"])
        if known is None:
            return self._leave_out(tag)
        title = components.quoted(tag.text("title"))
        language = re.sub(r"[^\w+#.-]", "", tag.text("language"))
        ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", known)), default=0))
        body = dedent(known.strip("\n")).rstrip().split("\n")
        self._write(f"{ticks}{language}" + f' title="{title}"' * bool(title), *body, ticks)
        end = self.places.text.index(">", closing) + 1
        self.out.blank(self._source(tag.start, end))
        return end

    def _leave_out(self, tag: Tag) -> int:
        end = tag.end
        if not tag.is_self_closing and (closing := self.places.closing(tag.name, tag.end)) >= 0:
            end = self.places.text.index(">", closing) + 1
        self.context.dropped[f"component <{tag.name}>"] += 1
        if tag.name not in self._told:
            self._told.add(tag.name)
            self._warn(tag, "component", _("component <%(name)s> is left out") % {"name": tag.name}, "")
        self.out.blank(self._source(tag.start, end))
        return end

    def _unclosed(self, tag: Tag) -> int:
        """Leave out a tag that nothing closes, and say so; ``<Tab>`` in a sentence is a word of the text."""
        is_known = tag.name in components.KNOWN or tag.name in self._imports
        is_first = self.out.is_fresh
        is_alone = is_first and self.places.is_end_of_line(tag.end)
        is_meant = tag.holds_braces or (is_known and is_alone)
        if self.is_mdx and not is_meant:  # where no tag may stay open
            is_meant = is_known and (is_first or bool(tag.attributes))
            is_meant = is_meant or (is_alone and not tag.name.isupper())
        if not is_meant:
            return 0
        self.context.dropped[f"component <{tag.name}>"] += 1
        report_unclosed(self.context, tag.name, *self._place(tag))
        self.out.blank(self._source(tag.start, tag.end))
        return tag.end

    def _children(self, tag: Tag) -> int:
        """Keep the children: in a box, or as they are."""
        is_box = tag.name in components.BOXES
        if not is_box:
            self.context.dropped[f"component <{tag.name}>"] += 1
            if tag.name not in components.WRAPPERS:
                message = _("unknown component <%(name)s>") % {"name": tag.name}
                self._warn(tag, "component", message, _("Its content is kept as plain Markdown."))
        stands_alone = (is_box or self.out.is_fresh) and not self._is_inline_only
        if stands_alone and not tag.is_self_closing:
            self.frames.open_tag(tag, self._indent, *self._place(tag))
        if tag.name == "Card" and (head := components.card_head(tag)):
            self._write(head, "", inline=head)
        self.out.blank(self._source(tag.start, tag.end))
        return tag.end

    # -- writing -------------------------------------------------------------------------------------

    def _write(self, *lines: str, inline: str = "") -> None:
        if self._is_inline_only:
            self.out.text(inline or " ".join(lines))
        else:
            self.out.block(*(self._indent + line if line else "" for line in lines))

    def _source(self, start: int, end: int) -> str:
        return self.places.text[start:end]

    def _place(self, tag: Tag) -> tuple[int, int]:
        return self.numbers[self.places.row(tag.start)], self.places.column(tag.start)

    def _warn(self, tag: Tag, code: str, message: str, remedy: str) -> None:
        self.context.warn(*self._place(tag), code, message, remedy)
