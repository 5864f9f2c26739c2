"""The normalizer: an entry for each line, blocks as CommonMark has them, a cost in step with the length."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.rendering import Library, RenderContext, Term, render_page
from lessons.rendering.normalizer import normalize
from lessons.rendering.structure import END, begin

PAGES = sorted((Path(__file__).parent / "gfm_pages").glob("*.md"))


def entries(text: str, **library: object) -> list[str]:
    return normalize(text, RenderContext("course/page.md", Library(**library), text=text)).entries  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_has_its_entry(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert len(entries(text)) == len(text.split("\n"))


def test_an_entry_holds_what_begins_and_ends_on_its_line() -> None:
    found = entries("# One\n- a\n  - b\n\nText\ngoes on.")

    assert found == [
        begin("h", "1", "1", "") + "One",
        "\n".join([begin("ul", "tight", ""), begin("li"), begin("p") + "a"]),
        "\n".join([begin("ul", "tight", ""), begin("li"), begin("p") + "b"]),
        "",
        "\n".join([END, END, END, END, begin("p") + "Text"]),
        "goes on.",
    ]


def test_a_list_that_turns_out_loose_says_so_where_it_began() -> None:
    assert entries("- a\n\n- b")[0].split("\n")[0] == begin("ul", "loose", "")
    assert entries("- a\n- b")[0].split("\n")[0] == begin("ul", "tight", "")


def test_lines_of_a_code_block_leave_empty_entries() -> None:
    found = entries("```py\na\n\nb\n```\nText")

    assert found[1:5] == ["", "", "", ""]
    assert found[5] == begin("p") + "Text"


def test_what_runs_over_lines_leaves_the_next_lines_in_step() -> None:
    found = entries(
        "a $x +\ny$ b\nc \\\\(z\\\\) d\n[e\nf](term:g)\nh", terms={"g": Term("g", "G", "A letter.")}
    )

    assert [entry[-1:] for entry in found] == ["\ue001", "b", "d", "\ue001", "", "h"]


def test_a_formula_of_several_lines_may_stand_in_a_list() -> None:
    text = "- Then\n\n  $$\n  a = b\n  + c\n  $$\n\n  holds.\n"

    html = render_page(text, RenderContext("course/page.md", text=text)).html

    assert html.count("<math") == 1
    assert html.index("<li>") < html.index("<math") < html.index("</li>")


def test_marks_that_an_author_writes_mean_nothing() -> None:
    text = "\ue004h:1:1:\ue005Title\n\n\ue0060\ue007 &#xe004;end&#xe005; <b>&#xE006;0&#57351;</b>\n"

    page = render_page(text, RenderContext("course/page.md", text=text))

    assert page.headings == ()
    assert not any(sign in page.html for sign in "\ue004\ue005\ue006\ue007")


@pytest.mark.parametrize(
    "text",
    [
        "> " * 150 + "a",
        "\n".join("  " * level + "- a" for level in range(150)),
        "1. " * 150 + "a",
        "> - " * 80 + "a",
        "*a **b " * 80 + "c** d*" * 80,
        "![a" * 150 + "](b.png)" * 150,
        "<div>\n\n" * 150,
    ],
    ids=["quotes", "lists", "numbered lists", "both", "emphasis", "images", "html"],
)
def test_what_is_nested_too_deep_is_one_clean_error(text: str) -> None:
    context = RenderContext("course/page.md", text=text)

    render_page(text, context)

    assert [each.code for each in context.problems if each.is_error] == ["too-deep"]


def test_ninety_levels_are_shown() -> None:
    text = "> " * 90 + "deep"
    context = RenderContext("course/page.md", text=text)

    html = render_page(text, context).html

    assert html.count("<blockquote>") == 90
    assert not context.problems


N = 5_000
HOSTILE: dict[str, Callable[[], str]] = {
    "open brackets": lambda: "[" * N,
    "bracket pairs": lambda: "[" * N + "]" * N,
    "images": lambda: "![" * N,
    "links without end": lambda: "[a](" * N,
    "addresses without end": lambda: "[a](<b" * N,
    "terms without end": lambda: "[a](term:" * N,
    "quotation marks": lambda: ">" * N,
    "stress without end": lambda: "*a _b " * N,
    "stress of many lengths": lambda: "a**b" * N + "c* " * N,
    "less-than signs": lambda: "<" * N,
    "tags without end": lambda: "<a " * N,
    "comments without end": lambda: "a <!-- " * N,
    "declarations without end": lambda: "a <![CDATA[ <? <!A " * N,
    "backticks of many lengths": lambda: " ".join("`" * length for length in range(1, 150)),
    "dollars": lambda: "$a " * N,
    "pairs of dollars": lambda: "$$a " * N,
    "formulas without end": lambda: "\\\\( " * N,
    "facts without end": lambda: "{{ model:" * N,
    "columns": lambda: "|a" * N + "\n" + "|-" * N,
    "short rows of a wide table": lambda: "|a" * 900 + "\n" + "|-" * 900 + "\n" + "|x\n" * N,
    "footnotes": lambda: "".join(f"a[^{each}]\n\n[^{each}]: b\n\n" for each in range(N // 5)),
    "one heading again and again": lambda: "# a\n" * N,
    "definitions": lambda: "".join(f"[a{each}]: /x\n" for each in range(N)) + "\n" + "[a1] " * N,
    "broken anchors": lambda: "[a](#b) " * N,
    "broken links": lambda: "[a](b.md) " * N,
    "white space": lambda: "a" + " " * N * 10 + "b",
    "closing marks of a heading": lambda: "# a" + " #" * N + "b",
    "tabs": lambda: ">\t" * N,
    "mail signs": lambda: "a." * N + "@" * N,
    "web addresses": lambda: "http://a" * N + " " + "www." * N,
    "titles in HTML": lambda: "<title> " * N,
    "a box of many paragraphs": lambda: ":::note\n" + "text\n\n" * N + ":::\n",
    "items within items": lambda: "".join(" " * min(each, 300) + "- a\n" for each in range(N // 5)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_costs_more_than_its_length_asks_for(name: str) -> None:
    text = HOSTILE[name]()
    context = RenderContext("course/page.md", text=text)
    start = time.process_time()

    render_page(text, context)

    assert time.process_time() - start < 2
