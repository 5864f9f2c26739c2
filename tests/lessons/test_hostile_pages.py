"""Short pages that would keep a machine busy, end the process, or show which option is right."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lessons.asset_source import read_assets
from lessons.files import list_files
from lessons.reader import read_tree
from lessons.rendering import Library, RenderContext, fill_markers, render_page
from lessons.rendering.sanitizer import sanitize
from lessons.titles import first_heading
from tests.trees import write_tree

SECRET = "the right one"


def render(text: str, path: str = "course/page.md") -> tuple[str, list[str]]:
    context = RenderContext(path, Library(), text=text)
    html = fill_markers(render_page(text, context).html, {})
    return html, [problem.code for problem in context.problems]


def repeated(piece: str, times: int = 2_000) -> str:
    return "".join(piece.replace("@", str(number)) for number in range(times))


@pytest.mark.parametrize(
    "text",
    [
        repeated("<b id=a@>") + "\n\n" + "x\n\n" * 2_000,
        repeated('<b id=a@><!--</b>--><i title="</b></i>"></i>') + "\n\n" + "x\n\n" * 2_000,
        repeated("x <b id=a@>\n\n<table><tr><td>\n\nx </b>\n\n</td></tr></table>\n\n"),
        repeated("x <b id=a@><template></b></template>\n\n"),
        "<div>" + repeated("<b id=a@>") + "<p>x" * 2_000 + '<i title="\n',
        "<span>" * 50_000 + "\n\n" + "x\n\n" * 10_000,
        "<div>" + "<span>" * 20_000 + "</b>" * 50_000,
        "<b " + repeated("a@=1 ", 20_000) + ">\n\nx\n",
    ],
)
def test_html_that_no_sanitizer_would_finish_is_refused_before_it_begins(text: str) -> None:
    began = time.process_time()

    html, codes = render(text)

    assert (html, codes[-1]) == ("", "unclosed-html")
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "<table>" + "<tr><td>a<td><b>b</b></tr>" * 2_000 + "</table>\n",
        'Text <b>b</b> <a name="x"> <i>i</i><br>.\n\n<div><p>a</p><ul><li>x<li>y</ul></div>\n\n' * 300,
        "<p>x <b>never closed\n\n" + "text <a name=x> and *more*\n\n" * 500,
    ],
)
def test_html_as_people_write_it_is_shown(text: str) -> None:
    html, codes = render(text)

    assert "unclosed-html" not in codes
    assert "</b>" in html


@pytest.mark.parametrize(
    "tex",
    [
        r"\sqrt{" * 20_000 + "x" + "}" * 20_000,
        "{" * 20_000,
        r"\left(" * 20_000 + "x",
        r"\begin{matrix}" * 20_000 + "x",
        r"\hat" * 20_000 + "x",
        "x^{" * 2_000 + "x" + "}" * 2_000,
    ],
)
def test_a_formula_too_deep_for_its_converter_is_shown_as_written(tex: str) -> None:
    html, codes = render(f"${tex}$")

    assert codes == ["math"]
    assert "<code>" in html


def test_a_formula_may_be_nested_as_deep_as_any_is() -> None:
    tex = "{" * 90 + "x" + "}" * 90 + r" \{ x \}" * 100

    html, codes = render(f"${tex}$")

    assert "<math" in html
    assert codes == []


UNCLOSED = f'<Question choices={{[ {{text: "{SECRET}", correct: true}}, {{text: "b"}} ]\n'
TAG_AT_ITS_END = f'Text <Question choices={{[ {{text: "{SECRET}", correct: true}}, {{text: "b"}} ]\n/>\n'
AS_CODE = f"""<Question
  choices={{[

        {{text: "{SECRET}", correct: true}},
        {{text: "b"}}
  ]}}
/>
"""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (UNCLOSED, "course/page.md"),
        (UNCLOSED, "course/page.mdx"),
        (TAG_AT_ITS_END, "course/page.md"),
        (TAG_AT_ITS_END, "course/page.mdx"),
        (AS_CODE, "course/page.md"),  # MDX has no code by indentation, and reads it
    ],
)
def test_a_question_that_cannot_be_read_shows_no_key(text: str, path: str) -> None:
    html, codes = render(f"{text}\nAfter.\n\n## Two\n\nMore.\n", path)

    assert SECRET not in html
    assert codes == ["question"]
    assert "After." in html
    assert "More." in html


@pytest.mark.parametrize(
    "reference", ["&#&#xE000;xE000;0&#&#xE001;xE001;", "&#&#57346;xE002;end:&#&#xE003;xE003;"]
)
@pytest.mark.parametrize("around", ["<div>{}</div>", "<td>{}", "<summary>{}</summary>"])
def test_references_that_remain_of_references_make_no_character_of_ours(around: str, reference: str) -> None:
    html, _codes = render("`code`, $x$\n\n" + around.format(reference) + "\n")

    assert not any("\ue000" <= character <= "\ue00f" for character in html)
    assert html.count("<math") == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "&#1;JavaScript:alert(1)", "data:text/html,x"])
def test_a_quote_cites_pages_only(address: str) -> None:
    html, _codes = render(f'<blockquote cite="{address}">x</blockquote>\n')

    assert "cite" not in html
    assert 'cite="https://example.org/"' in render('<q cite="https://example.org/">x</q>\n')[0]


def test_what_goes_wrong_at_an_attribute_is_not_passed_over() -> None:
    def fails(value: str) -> str:
        raise KeyError(value)

    with pytest.raises(KeyError):
        sanitize('<p id="main" class="btn">x</p>', plain=fails)


def test_a_title_holds_no_character_that_stands_for_code() -> None:
    assert first_heading("# `a` and &#xE000;5&#xE001;\n").startswith("a and ")


@pytest.mark.parametrize("piece", [" _a", "<!--", "{/*"])
def test_the_title_of_a_page_of_many_headings_is_found_at_once(piece: str) -> None:
    began = time.process_time()

    first_heading(("## " + piece * (1_980 // len(piece)) + "\n") * 1_000)

    assert time.process_time() - began < 1


def test_no_file_of_questions_is_served_however_its_name_is_written(tmp_path: Path) -> None:
    names = ("a.quiz.yml", "b.quiz.YML", "c.Quiz.yaml", "d.quiz.md", "e.gift", "f.toml", "notes.yml")
    files = list_files(write_tree(tmp_path, dict.fromkeys(("page.md", *names), "text\n")), "course/")

    assets = read_assets(read_tree(files, single_track="course"), [])

    assert list(assets) == ["course/notes.yml"]
