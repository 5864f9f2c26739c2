"""The writing of questions: flaws are warned of where they stand, and nothing else is."""

from __future__ import annotations

from textwrap import indent

import pytest

from catalog.problems import Severity
from quizzes.lint import LessonLength, lint_lengths, lint_questions
from quizzes.source import QuestionSource, read_questions
from quizzes.summary import QuizSummary, summarize
from tests.trees import load, write_tree


def choice(*options: str, prompt: str = "Why?", type: str = "choice") -> str:
    """One question; the options that begin with + are right."""
    lines = [f"- text: {option.lstrip('+')}" for option in options]
    written = "\n".join(
        f"{line}\n  reason: r" + ("\n  correct: true" if option.startswith("+") else "")
        for line, option in zip(lines, options, strict=True)
    )
    return (
        f"- id: a\n  type: {type}\n  kind: why\n  prompt: {prompt}\n  options:\n{indent(written, '    ')}\n"
    )


def statement(prompt: str) -> str:
    return (
        f"- id: a\n  type: truefalse\n  kind: why\n  prompt: {prompt}\n  answer: true\n"
        "  reason_true: r\n  reason_false: r\n"
    )


def read(*questions: str) -> list[QuestionSource]:
    text = "questions:\n" + "".join(
        question.replace("id: a", f"id: q{number}") for number, question in enumerate(questions)
    )
    found, problems = read_questions(text, "a.quiz.yml")
    assert problems == []
    return found


def flaws(*questions: str) -> list[tuple[int, int, str]]:
    problems = lint_questions(read(*questions))
    assert all(problem.severity is Severity.WARNING for problem in problems)
    assert all(problem.remedy for problem in problems)
    return [(problem.line, problem.column, problem.code) for problem in problems]


def codes(question: str) -> list[str]:
    return [code for _line, _column, code in flaws(question)]


LONG = "It repeats what every other one says, and then explains at length"


def test_a_right_option_longer_by_half_is_reported_at_its_text():
    assert flaws(choice("It repeats what is said", f"+{LONG}")) == [(9, 13, "item-longest")]
    assert flaws(choice(f"+{LONG}", LONG.replace("other", "second"))) == []
    assert flaws(choice("+It repeats what is said", LONG)) == []


def test_a_short_right_option_may_be_a_word_longer():
    assert flaws(choice("+twelve or so", "ten")) == []


def test_all_right_options_longer_than_all_wrong_ones_are_reported_once():
    second = LONG.replace("other", "second")

    assert codes(choice(f"+{LONG}", f"+{second}", "Nothing", type="multi")) == ["item-longest"]
    assert codes(choice(f"+{LONG}", "+Everything", "Nothing", type="multi")) == []


def test_length_is_what_a_reader_sees():
    link = "'[It repeats what is said](https://example.org/a/very/long/address/of/a/page/that/nobody/sees)'"
    fact = "'{{ model:a-checkpoint-with-a-long-name-v0.1.context }}'"

    assert codes(choice(f"+{link}", "It denies what is said")) == []
    assert codes(choice(f"+{fact}", "131,072 tokens")) == []


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("All of the above", "item-all-or-none"),
        ("None of the above.", "item-all-or-none"),
        ("Both of the above, in turn", "item-all-or-none"),
        ("none of these", "item-all-or-none"),
        ("A and B", "item-position"),
        ("Both A and C are right", "item-position"),
        ("A, B and D", "item-position"),
        ("The first option, but slower", "item-position"),
        ("Option B with a cache", "item-position"),
        ("All of these weights are read", None),
        ("None of its layers caches", None),
        ("A mixture and a dense model", None),
        ("The first layer", None),
        ("Vitamin A and vitamin B", None),
        ("'`All of the above` is printed'", None),
    ],
)
def test_options_that_lean_on_their_place_are_reported(option, code):
    assert codes(choice("+It reads once", option)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("Which of these is not stored?", "not"),
        ("What does a router never do?", "never"),
        ("'All of these hold, except one. Which?'", None),
        ("Which of these are cached, except in the last layer?", None),
        ("Mark each that is stored, except the header", None),
        ("Pick the one that isn't stored", None),
        ("Select all parts except the header", "except"),
        ("Which part isn't stored?", "isn't"),
        ("Which of these is **not** stored?", None),
        ("Which of these *is not* stored?", None),
        ("Which of these is NOT stored?", None),
        ("Why is the header not stored?", None),
        ("A card does not hold 8 GB. Which model fits?", None),
        ("Which model suits a card that does not hold 8 GB?", None),
        ("What happens when a model does not fit?", None),
        ("Which value has `not a`?", None),
        ("Which two of the authors wrote it?", None),
    ],
)
def test_an_unmarked_negation_in_a_question_is_reported_at_the_word(prompt, word):
    found = flaws(choice("+It reads", "It runs", prompt=prompt))

    if word is None:
        assert found == []
    else:
        assert found == [(5, 11 + prompt.index(word), "item-negative")]


def test_a_word_in_a_block_of_lines_is_found_below():
    prompt = ">-\n    A file has a header.\n    Which part is not stored?"

    assert flaws(choice("+It reads", "It runs", prompt=prompt)) == [(7, 19, "item-negative")]


@pytest.mark.parametrize(
    ("prompt", "is_flawed"),
    [
        ("A cache does not grow with the context.", True),
        ("'After a reboot, the cache is never empty.'", True),
        ("A cache does *not* grow with the context.", False),
        ("A team that never asks can delete it.", False),
        ("If nothing is asked, it does what it did.", False),
    ],
)
def test_an_unmarked_negation_turns_a_statement_round(prompt, is_flawed):
    assert codes(statement(prompt)) == (["item-negative"] if is_flawed else [])


def test_options_that_differ_by_case_only_are_reported_outside_code():
    assert flaws(choice("+Reads once", "reads once.")) == [(10, 13, "item-alike")]
    assert flaws(choice("+'`None`'", "'`none`'")) == []


def test_every_question_of_a_file_is_looked_at():
    found = flaws(
        choice("+It reads", "None of the above"), statement("It is not."), choice("+It reads", "A and B")
    )

    assert [code for _line, _column, code in found] == ["item-all-or-none", "item-negative", "item-position"]


def test_a_long_lesson_without_a_question_is_a_warning_of_its_file():
    (problem,) = lint_lengths(
        [LessonLength("a/01-b.md", 800, 0), LessonLength("a/c.md", 799, 0), LessonLength("a/d.md", 5000, 1)]
    )

    assert (problem.path, problem.code, problem.severity) == (
        "a/01-b.md",
        "lesson-without-question",
        Severity.WARNING,
    )
    assert "It has 800" in problem.remedy


def test_a_course_without_any_question_is_told_once_and_how_many_lessons_are_long():
    lessons = [LessonLength(f"a/0{number}.md", words, 0) for number, words in enumerate((10, 800, 900, 799))]

    (problem,) = lint_lengths(lessons)

    assert (problem.path, problem.code) == ("a/00.md", "course-without-question")
    assert "2 of its lessons have 800 words or more" in problem.message
    assert [one.code for one in lint_lengths(lessons[:2])] == ["lesson-without-question"]
    assert lint_lengths([]) == []


@pytest.mark.django_db
def test_a_load_tells_it_once_for_the_course_and_for_each_lesson_beside_a_question(tmp_path):
    text = "# Long\n\n" + "word " * 900
    root = write_tree(tmp_path, {f"course/0{number}.md": text for number in range(4)})

    assert load(root, "--check").count("without a question") == 1

    write_tree(root, {"course/00.quiz.md": "## Which?\n\n- [x] One\n- [ ] Two\n"})
    assert load(root, "--check").count("a lesson of 800 words or more without a question") == 3


def test_a_summary_counts_options_and_what_their_length_gives_away():
    found = summarize(
        read(
            choice("+the longest of all", "short", "tiny"),
            choice("+short", "the longest of all", "the longest of one"),
            choice("+the same", "the sane"),
            choice("+the longest of all", "+right", "wrong", "none", type="multi"),
            statement("It is so."),
        )
    )

    assert (found.questions, found.options, found.correct, found.several) == (5, 12, 5, 1)
    # 1 and 0; two equally long ones, one of them right: a half; one of two right ones: a half.
    assert (found.cue_earned, found.cue_possible) == (2.0, 4)
    assert found.cue_chance == pytest.approx(1 / 3 + 1 / 3 + 1 / 2 + 1 / 4)
    assert (found.cue_percent, found.chance_percent) == (50, 35)


def test_summaries_add_up_and_none_is_no_score():
    one = summarize(read(choice("+the longest of all", "short")))

    assert one + one == QuizSummary(2, 4, 2, 0, 2.0, 2, 1.0)
    assert sum([one, one], QuizSummary()) == one + one
    assert (QuizSummary().cue_percent, QuizSummary().chance_percent) == (None, None)
