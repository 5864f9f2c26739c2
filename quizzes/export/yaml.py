"""Questions as our own YAML, laid out as an author would write it.

What other formats leave out and an author would add is named in comments where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml
from django.utils.translation import gettext as _

from quizzes.bodies import number_text
from quizzes.schema import AnySpec, ChoiceSpec, MultiSpec, NumericSpec, ShortSpec, TrueFalseSpec

WIDTH = 110


def as_yaml(specs: Iterable[AnySpec]) -> str:
    """Return questions as the text of a quiz file; reading it gives equal questions, and warns of gaps."""
    return "questions:\n" + "".join(_question(spec) for spec in specs)


def _question(spec: AnySpec) -> str:
    """Return one question as an item of the list, its gaps with a comment each."""
    plain = _plain(spec)
    gap = _unused(repr(plain))
    text: str = yaml.dump(
        {"questions": [_with_gaps(plain, gap)]},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=False,
    )
    if text.endswith("\n...\n"):  # the mark of an end, where line ends at the end of a text count
        text = text.removesuffix("...\n")
    text = text.removeprefix("questions:\n").replace(gap, f'""  # {_("missing: say why")}')
    if isinstance(spec, MultiSpec) and all(option.correct for option in spec.options):
        text = f"  # {_('Every option is right: add a wrong one that people believe.')}\n{text}"
    return text


def _unused(text: str) -> str:
    """Return a word that does not occur in a text."""
    word = "gap"
    while word in text:
        word += "p"
    return word


def _with_gaps(value: Any, gap: str, key: str = "") -> Any:
    """Return data with ``gap`` in place of every empty reason."""
    if isinstance(value, dict):
        return {name: _with_gaps(item, gap, name) for name, item in value.items()}
    if isinstance(value, list) and not isinstance(value, _Line):
        return [_with_gaps(item, gap) for item in value]
    return gap if key.startswith("reason") and value == "" else value


def _plain(spec: AnySpec) -> dict[str, Any]:
    """Return a question's keys and values, without those that say nothing."""
    plain: dict[str, Any] = {"id": spec.id, "type": spec.type, "kind": spec.kind}
    if spec.concepts:
        plain["concepts"] = _Line(spec.concepts)
    if spec.section is not None:
        plain["section"] = spec.section
    plain["prompt"] = spec.prompt
    match spec:
        case ChoiceSpec() | MultiSpec():
            plain["options"] = [
                {
                    **({"id": option.id} if option.id else {}),
                    "text": option.text,
                    **({"correct": True} if option.correct else {}),
                    "reason": option.reason,
                }
                for option in spec.options
            ]
        case TrueFalseSpec():
            plain |= {"answer": spec.answer}
            plain |= {"reason_true": spec.reason_true, "reason_false": spec.reason_false}
        case NumericSpec():
            plain["answer"] = _Number(number_text(spec.answer))
            if isinstance(spec.tolerance, str):
                plain["tolerance"] = spec.tolerance
            elif isinstance(spec.tolerance, (int, float)) and spec.tolerance:
                plain["tolerance"] = _Number(number_text(float(spec.tolerance)))
            if spec.unit:
                plain["unit"] = spec.unit
            plain["reason"] = spec.reason
            if spec.mistakes:
                plain["mistakes"] = [
                    {"answer": _Number(number_text(each.answer)), "reason": each.reason}
                    for each in spec.mistakes
                ]
        case ShortSpec():
            plain |= {"accepted": _Line(spec.accepted), "reason": spec.reason}
            if spec.mistakes:
                plain["mistakes"] = [{"answer": each.answer, "reason": each.reason} for each in spec.mistakes]
    if spec.explanation:
        plain["explanation"] = spec.explanation
    return plain


class _Number(str):
    """Digits that stand without quotes."""


class _Line(list[str]):
    """A list that stands on one line."""

    def __init__(self, items: Iterable[str]) -> None:
        super().__init__(items)


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, and quotes what our reader would not take for text."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if _could_be_more(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _could_be_more(text: str) -> bool:
    """Whether our reader might take a plain scalar for more than text: ``1e3`` is a number to it only."""
    return not text or text[0] in "0123456789+-.~" or text.lower() in {"null", "true", "false"}


def _number(dumper: yaml.SafeDumper, text: _Number) -> yaml.ScalarNode:
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", str(text))


def _line(dumper: yaml.SafeDumper, items: _Line) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Number, _number)
_Dumper.add_representer(_Line, _line)
