"""A question inside boxes, tabs, HTML and lists: its prompt is what is said there, without half a frame."""

import time

import pytest

from lessons.rendering import Fence, Library, RenderContext, render_fragment, render_page
from quizzes.bodies import build_body
from quizzes.models import Question
from quizzes.reading import LessonTexts, read_lesson
from tests.trees import TREE, load, write_tree

TAG = '<Question choices={[{text: "a", correct: true}, {text: "b"}]} />'
BOX = f":::note\n\nWhy?\n\n{TAG}\n\n:::\n"

FRAMED = {
    "a box": BOX,
    "a box in a box": f"::::note\n:::tip\n\nWhy?\n\n{TAG}\n\n:::\n::::\n",
    "tabs": f"::::tabs\n:::tab A\n\nWhy?\n\n{TAG}\n\n:::\n:::tab B\n\nNothing.\n\n:::\n::::\n",
    "a note of MkDocs": f'!!! note "Quiz"\n\n    Why?\n\n    {TAG}\n',
    "tabs of MkDocs": f'=== "A"\n\n    Why?\n\n    {TAG}\n\n=== "B"\n\n    Nothing.\n',
    "details": f"<details>\n<summary>Quiz</summary>\n\nWhy?\n\n{TAG}\n\n</details>\n",
    "HTML over two lines": f'<div\n  class="x">\n\nWhy?\n\n{TAG}\n\n</div>\n',
    "options": f'<hfoptions id="x">\n<hfoption id="y">\n\nWhy?\n\n{TAG}\n\n</hfoption>\n</hfoptions>\n',
    "below a box": f":::note\n\nText.\n\n{TAG}\n\n:::\n\nWhy?\n\n{TAG}\n",
    "below details": f"<details>\n\nText.\n\n{TAG}\n\n</details>\n\nWhy?\n\n{TAG}\n",
    "a list": f"1. What?\n\n    {TAG}\n\n2. Why?\n\n    {TAG}\n",
}


def prompts(page, suffix):
    """Return each prompt as it is rendered, and what rendering it would complain of."""
    path = f"a{suffix}"
    fences = render_page(page, RenderContext(path, Library(), text=page), 1).quiz_fences
    questions, problems = read_lesson(LessonTexts(path, page, "a", fences))
    context = RenderContext(path, Library(), text=page)

    def render(text, line):
        return render_fragment(text, context, line)

    return [build_body(each, render).prompt for each in questions], [*problems, *context.problems]


@pytest.mark.parametrize("suffix", [".md", ".mdx"])
@pytest.mark.parametrize("page", FRAMED.values(), ids=FRAMED)
def test_half_a_frame_is_no_part_of_a_prompt(page, suffix):
    found, problems = prompts(page, suffix)

    assert problems == []
    assert found[-1] in ("Why?", "<p>Why?</p>")


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", [".md", ".mdx"])
def test_a_question_in_a_box_loads(tmp_path, suffix):
    words = {path: text for path, text in TREE.items() if "02-words" not in path}

    load(write_tree(tmp_path, {**words, f"course/01-first/02-words{suffix}": f"# Words\n\n{BOX}"}))

    assert Question.objects.filter(quiz__lesson__title="Words", retired_at=None).count() == 1


def test_a_whole_frame_is_part_of_the_prompt_and_so_is_code():
    hint = ":::tip\n\nThink.\n\n:::"
    code = "```md\n:::note\n<div>\n```"
    page = f"### Why?\n\n{hint}\n\n<div>\n\nMore.\n\n</div>\n\nIs `<div>` closed?\n\n{code}\n\n{TAG}\n"

    (found,), problems = prompts(page, ".md")

    assert problems == []
    assert all(part in found for part in ('<aside class="note">', "Think.", "<div>\n<p>More."))
    assert "<code>&lt;div&gt;</code>" in found
    assert ":::note" in found


def test_the_other_lines_of_a_numbered_question_are_no_code():
    (_what, why), problems = prompts(f"1. What?\n\n    {TAG}\n\n2. Why?\n\n    More.\n\n    {TAG}\n", ".md")

    assert problems == []
    assert why == "<p>Why?</p><p>More.</p>"


def test_a_number_inside_a_box_is_left_out_and_the_prompt_keeps_its_line():
    page = f"Text.\n\n{TAG}\n\n:::note\n\n2. Why?\n\n{TAG}\n\n:::\n"
    fences = render_page(page, RenderContext("a.md", Library(), text=page), 1).quiz_fences

    (_first, second), _problems = read_lesson(LessonTexts("a.md", page, "a", fences))

    assert (second.spec.prompt, second.line_of("prompt")) == ("Why?", 7)


@pytest.mark.parametrize(
    "frame",
    [
        "<div>\n" * 20_000,
        "</div>" * 50_000,
        "<div " * 100_000,
        "<details><summary>" * 20_000,
        ":::a\n" * 50_000,
    ],
)
def test_a_monstrous_frame_is_read_in_time(frame):
    before = f"{frame}\n\nWhy?\n\n"
    fence = Fence(before.count("\n") + 1, TAG, "huggingface", before, 1)
    started = time.process_time()

    read_lesson(LessonTexts("a.md", f"{before}{TAG}", "a", [fence]))

    assert time.process_time() - started < 2
