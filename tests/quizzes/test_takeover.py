"""A foreign quiz taken over: exported as YAML it loads beside its page, and asks in the same places."""

from io import StringIO

import pytest
from django.core.management import call_command

from quizzes.export.yaml import as_yaml
from quizzes.models import Question, QuestionRevision
from quizzes.placeholders import slots_for
from quizzes.reading import LessonTexts, read_lesson
from tests.trees import TREE, load, refusal, write_tree

PAGE = """\
# Words

### 1. Which of `{a}` are words?[[which]]

<Question choices={[{text: "one {a}", correct: true}, {text: "two", explain: "Yes.", correct: true}]} />

### 2. How many letters has it?

<Question choices={[{text: "Three", correct: true}, {text: "Four"}, {text: "Five", explain: "No."}]} />
"""
WORDS = "course/01-first/02-words"
TOML = """\
[[questions]]
type = "MultipleChoice"
prompt.prompt = "Which is right?"
prompt.distractors = ["None", "Some"]
answer.answer = "All"

[[questions]]
id = "Named-1"
type = "ShortAnswer"
prompt.prompt = "What is it called?"
answer.answer = "a word"

[[questions]]
type = "Tracing"
prompt.program = "fn main() { let x: u8 = 256; }"
answer.doesCompile = false
"""
LIST = "## Which?\n\n- [x] a\n- [x] b\n\n## Which else?\n\n- [x] c\n- [ ] d\n\n  Not it.\n"
GIFT = """\
// eoai {"concepts": ["no-such-term"], "section": "#nowhere"}
::Bits::How many? {#=8:0.5 =%0%16:0#Twice that.}

::Byte::So it is. {TRUE}

Its name is {=byte =%0%nibble#Half of it.}
"""


@pytest.fixture
def root(tmp_path):
    tree = {key: text for key, text in TREE.items() if "words" not in key}
    tree |= {f"{WORDS}.mdx": PAGE, "course/01-first/03-rust.md": "# Rust\n\n{{#quiz rust.toml}}\n"}
    tree |= {"course/01-first/rust.toml": TOML, "course/01-first/04-lists.md": "# Lists\n"}
    tree |= {"course/01-first/04-lists.quiz.md": LIST, "course/01-first/05-gift.md": "# Gift\n"}
    tree |= {"course/01-first/05-gift.gift": GIFT}
    return write_tree(tmp_path / "content", tree)


def export(root):
    out = StringIO()
    call_command("exportquiz", "--output", str(root), "--force", stdout=out, stderr=out, no_color=True)
    return out.getvalue()


def asked():
    return {
        question.key: (question.type, question.position, question.revision.body)
        for question in Question.objects.filter(retired_at=None).select_related("revision")
    }


@pytest.mark.django_db
def test_every_format_exported_as_yaml_loads_beside_its_page_and_changes_no_question(root):
    load(root)
    before = asked()
    said = export(root)

    report = load(root)

    assert len(before) == 12
    assert "in the page" not in said
    assert "no errors" in load(root, "--check")
    assert asked() == before
    assert QuestionRevision.objects.count() == 12
    assert "question: 12 unchanged" in report
    assert "0 changes" in load(root)


@pytest.mark.django_db
def test_the_files_alone_ask_the_same_questions(root):
    load(root)
    before = {key: (kind, body) for key, (kind, _place, body) in asked().items()}
    export(root)
    (root / f"{WORDS}.mdx").write_text("# Words\n")
    (root / "course/01-first/03-rust.md").write_text("# Rust\n")
    for name in ("rust.toml", "04-lists.quiz.md", "05-gift.gift"):
        (root / "course/01-first" / name).unlink()

    load(root)

    assert {key: (kind, body) for key, (kind, _place, body) in asked().items()} == before


@pytest.mark.django_db
def test_what_is_missing_is_said_in_the_file_and_warned_of(root):
    load(root)
    export(root)

    text = (root / f"{WORDS}.quiz.yml").read_text()
    said = load(root, "--check", "--verbosity", "2")

    assert text.startswith(
        "questions:\n  # Every option is right: add a wrong one that people believe.\n  - id: "
    )
    assert text.count('reason: ""  # missing: say why\n') == 3
    assert "02-words.quiz.yml:10:17: 'reason' is empty" in said
    assert "02-words.quiz.yml:8:7: every option is right" in said
    assert "is asked as it stands in course/01-first/02-words.quiz.yml" in said


@pytest.mark.django_db
def test_an_edit_in_the_file_is_what_is_asked(root):
    load(root)
    export(root)
    load(root)
    place = root / f"{WORDS}.quiz.yml"
    place.write_text(place.read_text().replace("text: Four", "text: Forty"))

    assert ": 1 change in" in load(root)

    assert "'Forty'" in str(asked())


@pytest.mark.django_db
def test_a_file_that_was_completed_by_hand_is_exported_as_it_is(root):
    load(root)
    export(root)
    place = root / f"{WORDS}.quiz.yml"
    completed = place.read_text().replace('reason: ""  # missing: say why', "reason: So it is.  # mine")
    place.write_text(completed)
    load(root)

    export(root)

    assert place.read_text() == completed


@pytest.mark.django_db
def test_a_type_changed_on_the_way_is_refused_as_in_any_file(root):
    load(root)
    export(root)
    place = root / f"{WORDS}.quiz.yml"
    wrong = "        reason: Yes.\n      - {text: three, reason: It is not.}\n"
    text = place.read_text().replace("type: multi", "type: choice").replace("        reason: Yes.\n", wrong)
    place.write_text(text.replace("        correct: true\n", "", 1))

    assert "was of type 'multi'" in refusal(root)


@pytest.mark.django_db
def test_a_page_renamed_after_it_was_taken_over_asks_every_question_once(root):
    load(root)
    export(root)
    load(root)
    before = asked()
    for suffix in (".mdx", ".quiz.yml"):
        (root / f"{WORDS}{suffix}").rename(root / f"course/01-first/02-renamed{suffix}")

    report = load(root)

    assert asked() == before
    assert "question: 12 unchanged" in report
    page = (root / "course/01-first/02-renamed.mdx").read_text()
    assert page == PAGE


@pytest.mark.django_db
def test_a_folder_taken_over_and_loaded_elsewhere_asks_every_question_once(root):
    load(root)
    export(root)
    before = set(asked())
    (root / "course/01-first").rename(root / "course/02-other")

    load(root / "course", "--track", "elsewhere")

    keys = Question.objects.filter(track__slug="elsewhere").values_list("key", flat=True)
    assert set(keys) == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["00-earlier", "06-later"])
def test_a_file_beside_another_lesson_is_asked_there_whichever_comes_first(root, name):
    load(root)
    before = set(asked())
    export(root)
    (root / f"course/01-first/{name}.md").write_text("# Another\n")
    (root / f"{WORDS}.quiz.yml").rename(root / f"course/01-first/{name}.quiz.yml")

    said = load(root, "--verbosity", "2")

    assert "02-words.mdx:5:1: the id 'first-words--" in said
    assert set(asked()) == before
    assert Question.objects.filter(quiz__lesson__title="Another", retired_at=None).count() == 2


def read(files, page=PAGE):
    from lessons.rendering import Library, RenderContext, render_page

    context = RenderContext("a.mdx", Library(), text=page)
    fences = render_page(page, context, 1).quiz_fences
    return read_lesson(LessonTexts("a.mdx", page, "a", fences, files))


def test_a_question_taken_over_stands_where_the_other_stood():
    (which, many), _problems = read({})
    text = as_yaml([many.spec, which.spec]).replace("How many letters has it?", "How many has it?")

    questions, problems = read({"a.quiz.yml": text})

    assert [(each.key, each.path) for each in questions] == [
        (which.key, "a.quiz.yml"),
        (many.key, "a.quiz.yml"),
    ]
    assert [each.fence_line for each in questions] == [which.fence_line, many.fence_line]
    assert [each.prompt_is_above for each in questions] == [True, False]
    assert not any(problem.is_error for problem in problems)


def test_a_question_taken_over_may_name_another_place():
    (which, _many), _problems = read({})
    text = as_yaml([which.spec]).replace("    prompt:", '    section: "#which"\n    prompt:')

    questions, _problems = read({"a.quiz.yml": text})

    assert list(slots_for("t/m/a", questions).by_section) == ["which"]


def fence_of(*questions):
    return f"\n```quiz\n{as_yaml(questions)}```\n"


def spec_of(question, key, prompt):
    return question.spec.model_copy(update={"id": key, "prompt": prompt})


def test_a_question_taken_over_by_a_fence_stands_there_in_its_order():
    (which, many), _problems = read({})
    another, last = (spec_of(many, key, "What else?") for key in ("another", "last"))

    questions, problems = read({}, PAGE + fence_of(another, which.spec, last))

    line = PAGE.count("\n") + 3
    assert [(each.key, each.fence_line) for each in questions] == [
        (many.key, many.fence_line),
        ("another", line),
        (which.key, line),
        ("last", line),
    ]
    assert not any(problem.is_error for problem in problems)
    assert sorted(slots_for("t/m/a", questions).by_fence) == [many.fence_line, line]


def test_an_equal_id_is_stronger_than_one_that_says_the_same():
    (which, many), _problems = read({})
    copied = spec_of(which, which.key.replace("a--", "b--"), which.spec.prompt)

    questions, problems = read({"a.quiz.yml": as_yaml([copied, which.spec])})

    assert [each.key for each in questions] == [which.key, many.key, copied.id]
    assert questions[0].fence_line == which.fence_line
    assert not any(problem.is_error for problem in problems)
