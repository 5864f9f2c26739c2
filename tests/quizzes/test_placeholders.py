"""Placeholders in stored lessons: links and addresses, nothing else."""

from lessons.rendering import Fence
from quizzes.placeholders import slots_for
from quizzes.reading import LessonTexts, read_lesson
from quizzes.source import read_questions

FENCE = """\
questions:
  - id: {key}
    type: truefalse
    kind: why
    prompt: It is so.
    answer: true
    reason_true: a secret
    reason_false: another
"""


def questions_in(fence_line=None, section="", *keys):
    found = []
    for key in keys:
        text = FENCE.format(key=key) + (f'    section: "{section}"\n' if section else "")
        questions, problems = read_questions(text, "a.md", fence_line=fence_line, first_line=fence_line or 1)
        assert problems == []
        found += questions
    return found


def test_questions_stand_at_their_fence_at_their_section_or_at_the_end():
    questions = [
        *questions_in(10, "", "a", "b"),
        *questions_in(30, "", "c"),
        *questions_in(None, "#cache", "d", "e"),
        *questions_in(None, "", "f"),
    ]

    slots = slots_for("track/module/lesson", questions)

    assert sorted(slots.by_fence) == [10, 30]
    assert sorted(slots.by_section) == ["cache"]
    assert "slot=a&amp;slot=b" in slots.by_fence[10]
    assert "slot=d&amp;slot=e" in slots.by_section["cache"]
    assert "slot=f" in slots.at_end


def test_questions_of_one_fence_stand_together_though_others_are_asked_between():
    questions = [*questions_in(10, "", "a"), *questions_in(30, "", "b"), *questions_in(10, "", "c")]

    slots = slots_for("track/module/lesson", questions)

    assert "slot=a&amp;slot=c" in slots.by_fence[10]
    assert "slot=b" in slots.by_fence[30]


def test_placeholder_is_a_link_that_reserves_its_height_and_holds_no_key():
    (html,) = slots_for("track/module/lesson", questions_in(10, "", "a", "b")).by_fence.values()

    assert '<a href="/quizzes/track/module/lesson/?q=a">' in html
    assert 'class="questions questions--2"' in html
    assert 'id="questions-a"' in html
    assert "secret" not in html
    assert "<form" not in html


def test_a_lesson_without_questions_has_no_slots():
    slots = slots_for("track/module/lesson", [])

    assert (slots.by_fence, slots.by_section, slots.at_end) == ({}, {}, "")


def test_a_question_below_its_own_prompt_is_marked_as_asked_already():
    lines = {
        3: ("### 1. Which?\n", ""),
        6: ("\n", ""),  # right below another question
        9: ("{:else}\n", ""),  # in the next tab
        12: ("### 2. Which else?\n", 'question="Which of these?" '),
    }
    tag = "<Question {}choices={{[{{text: 'a', correct: true}}, {{text: 'b'}}]}} />"
    fences = [
        Fence(line, tag.format(own), "huggingface", before, line - 1) for line, (before, own) in lines.items()
    ]
    questions, problems = read_lesson(LessonTexts("a.mdx", "\n" * 15, "a", fences))

    slots = slots_for("track/module/lesson", questions)

    assert problems == []
    assert [line for line, html in slots.by_fence.items() if "questions--asked" in html] == [3, 9]
