r"""Choices in a prompt: what is one, what stays plain text, and that written ones read back as they were."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain.choices import (
    CHOICE_VALUES_MAX,
    ChoiceFault,
    ChoiceValue,
    has_choices,
    read_template,
    write_choice,
    write_plain,
)

LISTS = {
    "light moods": (ChoiceValue("candle light"), ChoiceValue("north window", 3.0)),
    "light/deep": (ChoiceValue("at dusk"),),
    "empty": (),
    "nested": (ChoiceValue("{a|2::b} house", 2.0), ChoiceValue("__light/deep__")),
    "snake": (ChoiceValue("its __tail__"),),
    "tail": (ChoiceValue("{@snake}"),),
}


def values(text: str) -> list[tuple[str, float]]:
    template = read_template(text, LISTS)
    assert not template.faults
    (choice,) = template.choices
    return [(value.text, value.weight) for value in choice.values]


def faults(text: str) -> list[tuple[str, str, str]]:
    """Kind, name and the text it is about."""
    return [(one.kind, one.name, text[one.start : one.end]) for one in read_template(text, LISTS).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{red|blue}", [("red", 1), ("blue", 1)]),
        ("a { red |  light blue } cat", [("red", 1), ("light blue", 1)]),
        ("{3::red|.5::blue| 2 :: green}", [("red", 3), ("blue", 0.5), ("2 :: green", 1)]),
        ("{red|}", [("red", 1), ("", 1)]),
        ("{red|red|blue}", [("red", 2), ("blue", 1)]),
        ("{2::red|{3::light|dark} blue}", [("red", 2), ("light blue", 3), ("dark blue", 1)]),
        ("{4::{a|b} {c|d}|e}", [("a c", 4), ("a d", 4), ("b c", 4), ("b d", 4), ("e", 1)]),
        ("{@light moods}", [("candle light", 1), ("north window", 3)]),
        ("{ @Light Moods }", [("candle light", 1), ("north window", 3)]),
        ("__light moods__", [("candle light", 1), ("north window", 3)]),
        ("猫__light/deep__猫", [("at dusk", 1)]),
        ("{2::@light moods|noon}", [("candle light", 2), ("north window", 6), ("noon", 1)]),
        ("{very __light moods__|noon}", [("very candle light", 1), ("very north window", 3), ("noon", 1)]),
        ("{@nested}", [("a house", 2), ("b house", 4), ("at dusk", 1)]),
        ("{1::red}", [("red", 1)]),
        (r"{a\|b|c\}|\@d|\__e__|f\\|g\h}", [("a|b", 1), ("c}", 1), ("@d", 1), ("__e__", 1), ("f\\", 1), (r"g\h", 1)]),
        ("{(red:1.3)|cat::2}", [("(red:1.3)", 1), ("cat::2", 1)]),
    ],
)
def test_values_of_a_choice(text: str, expected: list[tuple[str, float]]) -> None:
    assert values(text) == expected
    assert has_choices(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a red cat",
        '{"subject": "cat", "tags": ["a", {"b": 1}]}',
        "a {word} and (red:1.3) and {{double}}",
        'write to {"mail": "a@b.example"}',
        "red | blue",
        "a smile :-} and :-{ without more",
        "snake__case__name and __ and ____ and __init_only",
        r"a \{red|blue\} cat",
        r"\__light moods__",
        "C:\\pictures\\new \\n",
        "{std::vector}",
        "it is {2 :: 3}",
    ],
)
def test_plain_text_stays_plain(text: str) -> None:
    template = read_template(text, LISTS)
    assert not template.choices
    assert not template.faults
    assert not has_choices(text)
    assert template.combination_count == 1


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a {open brace", (2,)),
        ("a { and {b} and {", (2, 16)),
        ("{red|blue} and {more", (15,)),
        ("a {red|blue", ()),
        (r"a \{plain brace", ()),
        ('{"a": {"b": 1}}', ()),
    ],
)
def test_a_brace_that_was_perhaps_meant_to_be_closed_is_told_and_sent(text: str, places: tuple[int, ...]) -> None:
    template = read_template(text, LISTS)
    assert template.open_braces == places
    if not template.choices and not template.faults:
        assert template.fill(()) == text.replace("\\{", "{")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {red|blue", [("open brace", "", "{")]),
        ("a {@light", [("open brace", "", "{")]),
        ("{red|{blue}", [("open brace", "", "{")]),
        ("a {@nobody} cat", [("unknown list", "nobody", "{@nobody}")]),
        ("a __nobody__ cat", [("unknown list", "nobody", "__nobody__")]),
        ("{@empty}", [("empty list", "empty", "{@empty}")]),
        ("{|}", [("empty choice", "", "{|}")]),
        ("{@}", [("unknown list", "", "{@}")]),
        ("{0::red|blue}", [("bad weight", "0", "0::")]),
        ("{red|-1::blue}", [("bad weight", "-1", "-1::")]),
        ("{red|9999999999::blue}", [("bad weight", "9999999999", "9999999999::")]),
        ("{@snake}", [("too many", "snake", "{@snake}")]),
        ("{" + "|".join(["{0|1|2|3|4|5|6|7|8|9}" * 5] * 2) + "}", [("too many", "", "{0|1|2|3|4|5|6|7|8|9}")]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert faults(text)[: len(expected)] == expected
    assert has_choices(text)


def test_places_of_choices_and_of_their_values() -> None:
    template = read_template(r"a {red|blue} cat \{x\} by __light moods__.", LISTS)
    assert [template.text[choice.start : choice.end] for choice in template.choices] == [
        "{red|blue}",
        "__light moods__",
    ]
    assert [choice.list_name for choice in template.choices] == [None, "light moods"]
    assert template.combination_count == 4
    text, spans = template.fill_marked(["blue", "candle light"])
    assert text == "a blue cat {x} by candle light."
    assert [text[start:end] for start, end in spans] == ["blue", "candle light"]
    with pytest.raises(ValueError, match="has 2 choices, not 1"):
        template.fill(["blue"])


def test_backslashes_in_front_of_a_choice_count_by_pairs() -> None:
    template = read_template(r"path\\{a|b}\\__light/deep__\\", LISTS)
    assert template.fill(["b", "at dusk"]) == r"path\b\at dusk" + r"\\"


def test_a_choice_with_no_values_has_no_combinations() -> None:
    assert read_template("{red|blue} {@nobody}", LISTS).combination_count == 0


def test_counts_of_many_choices_need_no_enumeration() -> None:
    assert read_template("{a|b|c|d} " * 200, {}).combination_count == 4**200


texts = st.text(alphabet=st.sampled_from("ab {|}@_\\:.13\n猫"), max_size=30)
weights = st.one_of(st.just(1.0), st.floats(0.000_001, 1_000_000))


@given(st.lists(st.builds(ChoiceValue, texts.map(str.strip), weights), min_size=1, unique_by=lambda one: one.text))
@example([ChoiceValue("3::red")])
@example([ChoiceValue("\\", 2.0), ChoiceValue("@light moods"), ChoiceValue("\\@")])
@example([ChoiceValue("-1::red"), ChoiceValue("__light moods__")])
@example([ChoiceValue("a_"), ChoiceValue("_b")])
def test_a_written_choice_reads_back_as_it_was(chosen: list[ChoiceValue]) -> None:
    text = write_choice(chosen)
    template = read_template(f"a {text} cat", LISTS)
    (choice,) = template.choices
    assert list(choice.values) == chosen
    assert template.text[choice.start : choice.end] == text
    for value in chosen:
        assert template.fill([value.text]) == f"a {value.text} cat"


@given(texts)
@example(r"\____a__")
@example("\\\\{a|b}")
def test_any_text_can_be_written_so_that_it_is_plain(text: str) -> None:
    written = write_plain(text)
    template = read_template(written, LISTS)
    assert not template.choices
    assert not template.faults
    assert template.fill(()) == text


@given(texts)
def test_any_text_can_be_read(text: str) -> None:
    template = read_template(text, LISTS)
    assert has_choices(text) == bool(template.choices or template.faults)
    for fault in template.faults:
        assert 0 <= fault.start < fault.end <= len(text)
    ends = [0, *(choice.end for choice in template.choices)]
    for choice, before in zip(template.choices, ends, strict=False):
        assert before <= choice.start < choice.end <= len(text)
        assert all(value.text == value.text.strip() and value.weight > 0 for value in choice.values)
    filled, spans = template.fill_marked([str(number) for number in range(len(template.choices))])
    assert [filled[start:end] for start, end in spans] == [str(number) for number in range(len(template.choices))]


@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "{|" * 25_000,
        "{a|" * 12_000 + "}" * 12_000,
        "{a|b}" * 10_000,
        "{" + "{a|b}" * 9_000 + "|}",
        "__wide__ " * 5_000,
        "{" + "__wide__ |" * 5_000 + "}",
        "{@deep}",
        "{" + "1" * 50_000 + "|}",
        "\\" * 50_000,
        "_" * 50_000,
    ],
)
@pytest.mark.timeout(30)
def test_hostile_texts_do_not_take_for_ever(text: str) -> None:
    wide = tuple(ChoiceValue(f"value {number}") for number in range(CHOICE_VALUES_MAX))
    deep = tuple(ChoiceValue("__other__ {a|b}") for _ in range(CHOICE_VALUES_MAX))
    other = tuple(ChoiceValue("__deep__") for _ in range(CHOICE_VALUES_MAX))
    template = read_template(text, {"wide": wide, "deep": deep, "other": other})
    assert all(len(choice.values) <= CHOICE_VALUES_MAX for choice in template.choices)


def test_faults_are_values() -> None:
    assert read_template("{@nobody}", {}).faults == (ChoiceFault(0, 9, "unknown list", "nobody"),)


def test_what_was_read_before_is_read_anew_for_other_lists() -> None:
    lists: dict[str, tuple[ChoiceValue, ...]] = {"moods": (ChoiceValue("calm"), ChoiceValue("wild"))}
    first = read_template("a {@moods} kite", lists)
    assert read_template("a {@moods} kite", dict(lists)) is first
    lists["moods"] = (ChoiceValue("calm"),)
    assert read_template("a {@moods} kite", lists).choices[0].values == (ChoiceValue("calm"),)
    assert read_template("a {@moods} kite", {}).faults[0].kind == "unknown list"


@pytest.mark.parametrize("text", ["{ red |blue|red}", "{|red}", "{re:d|b{l}ue}", "{a|b\nc| }"])
def test_plain_words_read_as_they_do_beside_a_weight(text: str) -> None:
    """Words alone take a short way through the reader; a weight of 1 takes the long one."""
    (plain,) = read_template(text, {}).choices
    (weighted,) = read_template(f"{{1::{text[1:]}", {}).choices
    assert plain.values == weighted.values
