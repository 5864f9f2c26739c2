"""Nothing outside a content tree is read or served, whatever its files point at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from lessons.models import Asset, Lesson
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db

SECRET = "KEPT-OUTSIDE"


def test_nothing_outside_the_tree_is_read_or_served(tmp_path: Path, client: Client) -> None:
    outside = write_tree(
        tmp_path,
        {
            "secret.md": f"# {SECRET}\n",
            "_secret.mdx": f"{SECRET}\n",
            "secret.txt": SECRET,
            "secret.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>',
            "secret.toml": f'[[questions]]\ntype="ShortAnswer"\nprompt.prompt="{SECRET}"\nanswer.answer="a"',
            "secret.quiz.yml": f"questions:\n  - id: {SECRET.lower()}\n",
        },
    )
    ways = [
        f"{up}{name}"
        for name in ("secret.md", "secret.txt", "secret.svg")
        for up in (
            "../../../",
            "..%2F..%2F..%2F",
            "../../course/../../",
            f"{outside}/",
            f"file://{outside}/",
            "....//",
        )
    ]
    lines = [f"[a]({way}) ![b]({way}) <img src='{way}'> <a href='{way}'>c</a>" for way in ways]
    lines += [
        "{{#quiz ../../../secret.toml}}",
        "{{#include ../../../secret.txt}}",
        f"{{{{#quiz {outside}/secret.toml}}}}",
    ]
    imports = "import S from '../../../_secret.mdx'\n\n# B\n\n<S />\n"
    root = write_tree(
        tmp_path / "content",
        {
            "glossary.yml": "terms: []\n",
            "course/01-m/01-a.md": "# A\n\n" + "\n\n".join(lines) + "\n",
            "course/01-m/02-b.mdx": imports,
        },
    )
    module = root / "course/01-m"
    for name in ("secret.md", "secret.svg", "_secret.mdx"):
        os.symlink(outside / name, module / f"link-{name}")
    os.symlink(outside, root / "course/02-outside")
    os.symlink(outside / "secret.quiz.yml", module / "01-a.quiz.yml")

    said = load(root, "--verbosity", "2")

    assert "not a regular file" in said
    assert Lesson.objects.count() == 2
    assert not Asset.objects.exists()
    for app in ("lessons", "quizzes"):
        for model in apps.get_app_config(app).get_models():
            for row in model._base_manager.values_list():
                assert SECRET not in str(row), model
    for address in ("/learn/course/m/a/", "/learn/course/m/b/"):
        assert SECRET not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "course/SUMMARY.md",
            "# Summary\n\n- [A](01-m/01-a.md)\n- [B](../../secret.md)\n- [C](/etc/hostname)\n",
        ),
        (
            "course/_toctree.yml",
            "- title: T\n  sections:\n    - {local: 01-m/01-a}\n    - {local: ../../secret}\n",
        ),
        ("course/01-m/_category_.json", '{"label": "M", "link": {"type": "doc", "id": "../../../secret"}}'),
    ],
)
def test_no_outline_leads_outside_the_tree(tmp_path: Path, name: str, text: str) -> None:
    write_tree(tmp_path, {"secret.md": f"# {SECRET}\n"})
    root = write_tree(
        tmp_path / "content", {"glossary.yml": "terms: []\n", "course/01-m/01-a.md": "# A\n", name: text}
    )

    try:
        said = load(root)
    except Exception as error:
        said = str(error)

    assert "Traceback" not in said
    assert not Lesson.objects.filter(html__contains=SECRET).exists()
    assert not Lesson.objects.filter(title__contains=SECRET).exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "a.svg/../../x"]
)
def test_an_asset_is_served_by_its_hash_and_by_nothing_else(
    tmp_path: Path, client: Client, name: str
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    load(write_tree(tmp_path, {"course/01-first/a.svg": svg, "course/01-first/b.md": "# B\n\n![a](a.svg)\n"}))
    asset = Asset.objects.get()

    assert client.get(f"/assets/{'0' * 64}/{name}").status_code == 404
    served = client.get(f"/assets/{asset.sha256}/{name}")
    assert served.status_code == 404 or b"root:" not in served.content
