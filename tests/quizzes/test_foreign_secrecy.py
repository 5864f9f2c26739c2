"""Questions in other formats: nothing sent before an answer tells which option is right, or why."""

import pytest

from lessons.models import Asset, Lesson
from quizzes.models import Question
from tests.quizzes.builders import in_place
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db

TAG = """\
# Tag

Text.

### 1. Which?

<Question choices={[
  {text: "Alpha", explain: "Sesame one.", correct: true},
  {text: "Beta", explain: "Sesame two."},
]} />

### 2. Which of these?

<Question
  choices={[
    {text: "Gamma", explain: "Sesame > three.", correct: true,
    {text: "Delta", explain: "Sesame four."},
  ]}
/>
"""
TOML = """\
[[questions]]
type = "MultipleChoice"
prompt.prompt = "Which is it?"
prompt.distractors = ["Epsilon"]
answer.answer = "Zeta"
context = "Sesame five."

[[questions]]
type = "ShortAnswer"
prompt.prompt = "What is it called?"
answer.answer = "sesame six"
"""
LIST = "## Which one?\n\n- [x] Eta\n\n  Sesame seven.\n- [ ] Theta\n\nSesame eight.\n"
GIFT = """\
How many?{#=8#Sesame nine.}

So it is.{TRUE#Sesame ten.#Sesame eleven.}

Its name?{=sesame =%0%no#Sesame.}
"""
FILES = {
    "words.toml": TOML,
    "03-list.quiz.md": LIST,
    "04-gift.gift": GIFT,
    "05-more.quiz.gift": GIFT,
    "06-upper.QUIZ.MD": LIST,
    "07-upper.GIFT": GIFT,
    "08-upper.TOML": TOML,
}
OTHER_KEY = [
    ('"Alpha", explain: "Sesame one."', '"Beta", explain: "Sesame two."'),
    ("[x]", "[ ]"),
    ('"Epsilon"', '"Zeta"'),
    ("TRUE", "FALSE"),
    ("=8#", "=9#"),
]
WAYS = """\
# Ways

import Part from './{name}'

<Part />

[link]({name}) ![image]({name}) <a href="{name}">a</a> <img src="{name}" alt="i"> {{{{#include {name}}}}}

{{{{#quiz {name}}}}}

```md reference title="{name}"
```
"""


def site(root, other_key=False):
    """Write a course that asks in every format, and tries every way to show the files of its questions."""
    first = "course/01-first/"
    tree = {f"{first}{name}": text for name, text in FILES.items()}
    tree |= {f"{first}01-tag.mdx": TAG, f"{first}02-toml.md": "# TOML\n\n{{#quiz words.toml}}\n"}
    tree |= {f"{first}{name}.md": f"# {name}\n" for name in ("03-list", "04-gift", "05-more")}
    for number, name in enumerate(FILES):
        tree[f"course/02-ways/mdx{number}.mdx"] = WAYS.format(name=f"../01-first/{name}")
        tree[f"course/02-ways/md{number}.md"] = WAYS.format(name=f"../01-first/{name}")
    if other_key:
        for name, text in tree.items():
            for one, other in OTHER_KEY:
                text = text.replace(one, "\0").replace(other, one).replace("\0", other)
            tree[name] = text
    return write_tree(root, tree)


def sent(client):
    """Return what anybody can fetch before an answer, by address: pages of the course, forms, files."""
    pages = ["/learn/", "/learn/course/", "/learn/course/first/", "/learn/course/ways/"]
    pages += [f"/learn/{path}/" for path in Lesson.objects.values_list("path", flat=True)]
    pages += [asset.get_absolute_url() for asset in Asset.objects.all()]
    found = {page: client.get(page) for page in pages}
    for question in Question.objects.select_related("quiz__lesson"):
        quiz, key = f"/quizzes/{question.quiz.lesson.path}/", question.key
        found[f"{quiz}?q={key}"] = client.get(quiz, {"q": key})
        slot = client.get(quiz, {"slot": key}, headers=in_place(f"section#questions-{key}"))
        found[f"{quiz}?slot={key}"] = slot
    assert {response.status_code for response in found.values()} == {200}
    return {address: response.content.decode() for address, response in found.items()}


def test_no_reason_and_no_accepted_answer_is_sent(tmp_path, client):
    load(site(tmp_path) / "course")

    pages = sent(client)

    assert Question.objects.count() == 14
    assert sum("<form" in text and "Zeta" in text for text in pages.values()) == 6
    assert [address for address, text in pages.items() if "sesame" in text.lower() or "[x]" in text] == []


def test_two_courses_whose_keys_differ_have_the_same_pages(tmp_path, client):
    load(site(tmp_path) / "course")
    here = {address: text for address, text in sent(client).items() if address.startswith("/learn/")}

    report = load(site(tmp_path, other_key=True) / "course")
    there = {address: text for address, text in sent(client).items() if address.startswith("/learn/")}

    assert "9 updated" in report.partition("question: ")[2]
    assert here == there
