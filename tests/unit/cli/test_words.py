"""What the command line reads and writes, part by part."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.cli.document import RunDocument
from studio.cli.exits import Exit, exit_of_problem, exit_of_problems
from studio.cli.options import read_money
from studio.cli.terminal import plain, problem_lines
from studio.cli.wish import TargetWords, choose_targets, with_options
from studio.domain import errors
from studio.domain.assets import Size
from studio.domain.capability import Capability, ModelSpec, ProviderSpec, SizeList
from studio.domain.errors import Problem, RequestInvalid, StudioError
from studio.domain.pricing import Currency, Money
from studio.domain.request import Target
from studio.domain.words import PROBLEM_WORDS
from tests.unit.cli.conftest import CommandLine

CAPABILITY = Capability(size=SizeList(sizes=(Size.of(64, 64),)))


def spec(name: str, *models: str) -> ProviderSpec:
    known = tuple(ModelSpec(id=model, title=model, capability=CAPABILITY) for model in models)
    return ProviderSpec(id=name, title=name, monogram="X", reference_page="x.md", default_model=models[0], models=known)


SPECS = (spec("openai", "gpt", "mini"), spec("demo", "painter"))


def keys(targets: tuple[Target, ...]) -> list[str]:
    return [f"{target.key}@{target.account}" for target in targets]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (TargetWords(("openai/mini", "demo")), ["openai/mini@default", "demo/painter@default"]),
        (TargetWords(("openai/family/large",)), ["openai/family/large@default"]),
        (TargetWords(provider="openai"), ["openai/gpt@default"]),
        (TargetWords(provider="openai", model="mini", account="work"), ["openai/mini@work"]),
        (TargetWords(model="demo/painter"), ["demo/painter@default"]),
        (TargetWords(("demo", "demo/painter")), ["demo/painter@default"]),
        (TargetWords(), ["openai/named@default"]),
    ],
)
def test_targets_of_the_command_line_outrank_those_of_the_request(words: TargetWords, expected: list[str]) -> None:
    named = (Target(provider="openai", model="named"),)
    assert keys(choose_targets(words, named, None, SPECS)) == expected


def test_provider_of_the_request_means_its_default_model() -> None:
    assert keys(choose_targets(TargetWords(), (), "demo", SPECS)) == ["demo/painter@default"]


def test_options_go_to_all_or_to_one_provider_and_outrank_the_request() -> None:
    targets = choose_targets(TargetWords(("openai", "demo")), (), None, SPECS)
    openai, demo = with_options(
        targets, {"quality": "low", "n": 1}, ("quality=high", "demo.pace = instant", "note=a=b")
    )
    assert openai.options == {"quality": "high", "n": 1, "note": "a=b"}
    assert demo.options == {"quality": "high", "n": 1, "note": "a=b", "pace": "instant"}


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("0.50", "0.50", "USD"),
        (" $5 ", "5", "USD"),
        ("¥3.2", "3.2", "CNY"),
        ("3 cny", "3", "CNY"),
        ("2EUR", "2", "EUR"),
        ("12credits", "12", "credits"),
    ],
)
def test_money_as_people_type_it(text: str, amount: str, currency: Currency) -> None:
    assert read_money(text, "cost") == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize("text", ["", "much", "-1", "1e5", "$1 CNY", "1 GBP", "nan", "1.2.3", "9999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(RequestInvalid):
        read_money(text, "cost")


@given(st.text())
def test_nothing_that_is_printed_steers_the_terminal(text: str) -> None:
    assert not set(plain(text)) & {chr(code) for code in (*range(9), *range(11, 32), 127, 0x202E, 0x9B)}


def every_error() -> list[type[StudioError]]:
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, StudioError)]
    return [one for one in kinds if one.kind in PROBLEM_WORDS and "kind" in vars(one)]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.kind)
def test_every_error_has_words_and_a_code(kind: type[StudioError]) -> None:
    problem = kind(provider="OpenAI").problem
    lines = problem_lines(problem)
    assert lines[0].startswith(problem.title)
    assert problem.money_words in lines[0]
    assert exit_of_problem(problem) is not Exit.DONE


def problem(kind: str, charged: errors.Charged = "no") -> Problem:
    return Problem(kind=kind, charged=charged, action="none")


@pytest.mark.parametrize(
    ("problems", "code"),
    [
        ([], 0),
        ([problem("key_missing"), problem("key_rejected")], 3),
        ([problem("key_missing"), problem("balance")], 1),
        ([problem("key_missing"), problem("uncertain", "maybe")], 6),
        ([problem("deadline", "maybe")], 6),
        ([problem("result_withheld", "maybe")], 4),
        ([problem("no_image", "maybe")], 1),
        ([problem("cancelled", "maybe")], 130),
        ([problem("internal")], 70),
    ],
)
def test_one_code_tells_what_to_do_next(problems: list[Problem], code: int) -> None:
    assert exit_of_problems(problems) == code


def test_codes_are_those_of_the_reference_page(project: Path) -> None:
    page = (project / "references" / "cli.md").read_text(encoding="utf-8")
    table = page[page.index("## Exit codes") :]
    assert [int(line.split("|")[1]) for line in table.splitlines() if line.startswith("| ") and line[2].isdigit()] == [
        code.value for code in Exit
    ]


def test_schema_in_the_references_is_that_of_the_program(project: Path) -> None:
    file = project / "references" / "cli-output.schema.json"
    schema: Any = json.loads(file.read_text(encoding="utf-8"))
    assert schema == RunDocument.model_json_schema(mode="serialization"), (
        "python -m studio.cli.document > references/cli-output.schema.json"
    )
    assert {"run", "results"} <= set(schema["required"])
    result = schema["$defs"]["ResultDocument"]["required"]
    assert set(result) >= {"provider", "model", "state", "images", "notices", "cost", "error"}


COMMANDS = (
    *("generate", "sweep", "resume", "settle", "list", "mark", "undo", "redo", "ranking", "export"),
    *("models", "providers", "keys", "doctor"),
)
SWEEP_COMMANDS = tuple(("sweep", name) for name in ("list", "show", "resume", "pause", "stop"))


@pytest.mark.parametrize(
    "words",
    [
        (),
        *((name,) for name in COMMANDS),
        ("keys", "set"),
        ("keys", "test"),
        *(("sweep", name) for name in ("list", "show", "resume", "pause", "stop")),
    ],
    ids=" ".join,
)
def test_help_is_there_and_every_option_is_on_the_reference_page(
    prompt_studio: CommandLine, project: Path, words: tuple[str, ...]
) -> None:
    answer = prompt_studio(*words, "--help")
    assert answer.code == 0
    page = (project / "references" / "cli.md").read_text(encoding="utf-8")
    offered = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", answer.out))
    assert {option for option in offered if option not in page} <= {"--help", "--version"}


@pytest.mark.parametrize("words", [("nonsense",), ("generate", "--nonsense"), ("keys", "set"), ("export",)])
def test_command_line_that_cannot_be_understood_is_code_two(prompt_studio: CommandLine, words: tuple[str, ...]) -> None:
    answer = prompt_studio(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "Usage:" in answer.err
    document = prompt_studio(*words, "--json")
    assert document.code == 2
    assert document.json["error"]["kind"] == "request_invalid"


def test_version(prompt_studio: CommandLine) -> None:
    assert prompt_studio("--version").out.startswith("prompt-studio 0.")
