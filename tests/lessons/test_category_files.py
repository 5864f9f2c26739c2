"""Category files: what a folder is called, where it stands, which page speaks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.files import ContentFiles, list_files
from lessons.reader import read_tree
from tests.lessons.folders import read, track_of
from tests.trees import write_tree


class TestCategoryFiles:
    """``_category_.yml`` and ``_category_.json``."""

    def test_name_the_generated_page_of_a_module(self, tmp_path: Path) -> None:
        link = "link: {type: generated-index, title: All basics, description: Begin here, slug: /start/here}"
        track = track_of(tmp_path, {"m/_category_.yaml": f"label: Basics\n{link}\n", "m/x.md": "# X"})

        module = track.modules[0]
        assert (module.title, module.description) == ("All basics", "Begin here")
        assert (module.key, module.url_path) == ("m", "docs/start/here")
        assert module.redirects["docs/m"].title == "X"

    @pytest.mark.parametrize("name", ["overview", "m/overview", "own-id"])
    def test_name_the_page_that_stands_for_a_folder(self, tmp_path: Path, name: str) -> None:
        track = track_of(
            tmp_path,
            {
                "m/_category_.yml": f"link: {{type: doc, id: {name}}}\n",
                "m/1-a.md": "# A",
                "m/2-overview.md": "---\nid: own-id\n---\n# Overview",
            },
        )

        module = track.modules[0]
        assert module.index is not None
        assert (module.title, module.key, module.url_path) == ("Overview", "own-id", "docs/m/overview")
        assert [page.title for page in module.lessons] == ["A"]
        assert module.redirects["docs/m"] is module.index

    def test_that_name_no_page_are_a_warning_with_a_suggestion(self, tmp_path: Path) -> None:
        tree = read(
            tmp_path,
            {"m/_category_.yml": "label: M\nlink:\n  type: doc\n  id: overveiw\n", "m/overview.md": "# O"},
        )

        assert [(each.path, each.line, each.is_error) for each in tree.problems] == [
            ("docs/m/_category_.yml", 4, False)
        ]
        assert "'overview'" in tree.problems[0].remedy

    def test_take_every_key_of_docusaurus(self, tmp_path: Path) -> None:
        keys = "label: M\nposition: 2.5\nlink: null\ncollapsed: false\ncollapsible: true\nclassName: red\n"
        keys += "customProps: {a: [1]}\ndescription: D\nkey: unique\n"
        track = track_of(tmp_path, {"m/_category_.yml": keys, "m/x.md": "# X", "m/index.md": "# Its page"})

        module = track.modules[0]
        assert (module.title, module.description, module.category.collapsed) == ("M", "D", False)
        assert module.index is not None

    @pytest.mark.parametrize(
        ("text", "place", "message"),
        [
            ("label: [a]\n", "1:8", "'label' must be text"),
            ("label: M\nposition: first\n", "2:11", "'position' must be a number"),
            ("link: {type: page, id: x}\n", "1:14", "'type' cannot be 'page'"),
            ("link: {type: generated-index, slug: 3}\n", "1:37", "'slug' must be text"),
            ("labell: M\n", "1:1", "unknown key 'labell'"),
            ("- label\n", "1:1", "must be keys with values"),
            ("label: &a M\n", "1:8", "anchors are not read"),
        ],
    )
    def test_are_refused_at_the_place_of_a_mistake(
        self, tmp_path: Path, text: str, place: str, message: str
    ) -> None:
        tree = read(tmp_path, {"m/_category_.yml": text, "m/x.md": "# X"})

        assert [problem.is_error for problem in tree.problems] == [True]
        assert str(tree.problems[0]).startswith(f"docs/m/_category_.yml:{place}: ")
        assert message in str(tree.problems[0])

    def test_are_read_once_however_many_pages_lie_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = list_files(
            write_tree(
                tmp_path, {"m/g/_category_.yml": "label: G", **{f"m/g/{n}.md": "" for n in range(50)}}
            ),
            "docs/",
        )
        read_paths: list[str] = []
        text = type(files).text

        def noted(self: ContentFiles, path: str) -> str:
            read_paths.append(path)
            return text(self, path)

        monkeypatch.setattr(type(files), "text", noted)

        read_tree(files, single_track="docs")

        assert len(read_paths) == len(set(read_paths)) == 51
