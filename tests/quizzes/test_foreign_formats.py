"""Lessons whose questions are written in other formats, through the command that authors use."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from lessons.models import Lesson
from quizzes.models import Answer, Question
from tests.quizzes.builders import answer, make_learner
from tests.trees import load, refusal, write_tree

pytestmark = pytest.mark.django_db

HUGGINGFACE = """\
# Tokens

### 1. What is a token?

<Question
\tchoices={[
\t\t{
\t\t\ttext: "A piece of <code>text</code><script>alert(1)</script>",
\t\t\texplain: "Yes.",
\t\t\tcorrect: true
\t\t},
\t\t{ text: "A coin", explain: "<b onclick='x()'>No.</b>" },
\t]}
/>

### 2. What is not?

<Question choices={[{ text: "a" }, { text: "b" }]} />
"""
MDBOOK = """\
[[questions]]
type = "ShortAnswer"
prompt.prompt = "Which keyword?"
answer.answer = "mut"
id = "33333333-aaaa-4000-8000-000000000003"
"""
TREE = {
    "course/01-first/01-tokens.mdx": HUGGINGFACE,
    "course/01-first/02-words.md": "# Words\n\nText.\n\n{{#quiz ../quizzes/words.toml}}\n",
    "course/quizzes/words.toml": MDBOOK,
    "course/01-first/03-bytes.md": "# Bytes\n\nText.\n",
    "course/01-first/03-bytes.quiz.md": "## How many bits?\n\n- [x] Eight\n- [ ] Four\n",
    "course/01-first/04-sums.md": "# Sums\n\nText.\n",
    "course/01-first/04-sums.gift": "Two and two?{#4}\n",
}


@pytest.fixture
def root(tmp_path):
    return write_tree(tmp_path / "content", TREE)


def questions(path):
    return list(Question.objects.filter(quiz__lesson__path=f"course/first/{path}", retired_at=None))


def test_every_format_is_asked_in_its_lesson_and_loads_again_unchanged(root, client):
    load(root / "course")

    assert [lesson.title for lesson in Lesson.objects.order_by("position")] == [
        "Tokens",
        "Words",
        "Bytes",
        "Sums",
    ]
    assert [len(questions(name)) for name in ("tokens", "words", "bytes", "sums")] == [1, 1, 1, 1]
    page = client.get("/learn/course/first/tokens/").text
    assert page.index("What is a token?") < page.index('class="questions') < page.index("What is not?")
    assert "0 changes" in load(root / "course")


def test_what_others_wrote_cannot_run(root):
    load(root / "course")

    first, second = questions("tokens")[0].revision.body["options"]
    assert first["html"].startswith("A piece of <code>text</code>")
    assert "<script" not in first["html"]
    assert second["reason"] == "<b>No.</b>"


def test_a_broken_question_is_a_warning_at_its_line(root):
    out = StringIO()
    call_command("loadlessons", str(root / "course"), "--check", "--format", "json", stdout=out)

    found = [one for one in json.loads(out.getvalue())["diagnostics"] if one["code"] == "no-right-option"]
    assert [(one["file"], one["line"], one["severity"]) for one in found] == [
        ("course/01-first/01-tokens.mdx", 18, "warning")
    ]


def test_missing_reasons_are_counted(root):
    assert "reasons missing" in load(root / "course")


def test_an_edited_prompt_keeps_answers_and_an_unchanged_lesson_its_questions(root):
    load(root / "course")
    (bits,) = questions("bytes")
    answer(make_learner(), bits)
    path = root / "course/01-first/03-bytes.quiz.md"
    path.write_text(path.read_text().replace("How many bits?", "How many bits has a byte?"))

    load(root / "course")

    (edited,) = questions("bytes")
    assert edited.pk == bits.pk
    assert edited.revision.body["prompt"] == "How many bits has a byte?"
    assert Answer.objects.get().question == edited


def test_a_lesson_with_another_name_keeps_the_questions_of_its_id(root):
    bytes_page = root / "course/01-first/03-bytes.md"
    bytes_page.write_text(f"---\nid: bytes\n---\n\n{bytes_page.read_text()}")
    load(root / "course")
    (bits,) = questions("bytes")

    bytes_page.rename(bytes_page.with_name("03-octets.md"))
    quiz = root / "course/01-first/03-bytes.quiz.md"
    quiz.rename(quiz.with_name("03-octets.quiz.md"))
    load(root / "course")

    assert [(question.pk, question.key) for question in questions("octets")] == [(bits.pk, bits.key)]


def test_a_file_beside_no_lesson_is_told_and_refuses_nothing(root):
    (root / "course/01-first/09-gone.gift").write_text("Two and two?{#4}\n")

    assert "no lesson lies beside this quiz" in load(root / "course")


def test_our_own_format_stays_strict(root):
    (root / "course/01-first/04-sums.quiz.yml").write_text(
        "questions:\n  - type: short\n    kind: recall\n    prompt: Sum?\n    accepted: [4]\n    reason: r\n"
    )

    said = refusal(root / "course")

    assert "04-sums.quiz.yml:2:5: missing key 'id'" in said
    assert "--fix-ids" in said


@pytest.mark.parametrize("name", ["04-sums.GIFT", "03-bytes.Quiz.Md", "09-none.GIFT"])
def test_a_question_file_with_capitals_in_its_suffix_is_a_warning(root, name):
    write_tree(root, {f"course/01-first/{name}": "Two is {=2}\n"})

    said = load(root / "course")

    stem, _, suffix = name.partition(".")
    assert f"01-first/{name}:1:1: questions are read from '.{suffix.lower()}' in small letters only" in said
    assert f"Name it {stem}.{suffix.lower()}." in said


def test_a_quiz_of_ours_with_capitals_in_its_suffix_is_refused(root):
    write_tree(root, {"course/01-first/04-sums.quiz.YML": "questions: []\n"})

    assert "04-sums.quiz.YML:1:1: questions are read from '.quiz.yml'" in refusal(root / "course")
