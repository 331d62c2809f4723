from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import TemplateInvalid
from studio.domain.request import Target
from studio.export.changes import short_words, what_changed
from studio.export.segments import SEGMENT_MAX_BYTES, safe_segment, same_name
from studio.export.template import check_template, fill_number, fill_template
from tests.unit.export.conftest import make_run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("..", "image"),
        ("", "image"),
        (". . .", "image"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("CON", "_CON"),
        ("com1.png", "_com1.png"),
        ("lpt¹", "_lpt¹"),
        ("conquest", "conquest"),
        ("name. . ", "name"),
        (".hidden", "hidden"),
        ("tab\tand\nline", "tab and line"),
        ("bell\x07 null\0", "bell null"),
        ("rtl\u202egnp.exe", "rtlgnp.exe"),
        ("e\u0301te\u0301", "été"),
        ("一只猫 🐈", "一只猫 🐈"),
        ("👩\u200d🎨 paints", "👩\u200d🎨 paints"),
        ("a\u200db", "ab"),
    ],
)
def test_any_text_becomes_one_harmless_name(text: str, expected: str) -> None:
    assert safe_segment(text) == expected


@given(st.text(max_size=400))
def test_no_text_leads_anywhere_or_is_refused_by_a_system(text: str) -> None:
    name = safe_segment(text)
    assert name
    assert len(name.encode()) <= SEGMENT_MAX_BYTES + 1
    assert Path("/root") / name == Path(f"/root/{name}")
    assert (Path("/root") / name).parent == Path("/root")
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" ").rstrip(".")
    assert not name.startswith(".")
    assert all(unicodedata.category(character) not in ("Cc", "Cs", "Cn") for character in name)
    assert safe_segment(name) == name


def test_cut_never_splits_a_letter_or_an_emoji() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    name = safe_segment("x" * (SEGMENT_MAX_BYTES - 6) + family)
    assert name == "x" * (SEGMENT_MAX_BYTES - 6)
    assert len(safe_segment("字" * 300).encode()) <= SEGMENT_MAX_BYTES


def test_names_that_one_system_takes_as_one_are_one() -> None:
    assert same_name("Ärger.PNG") == same_name("a\u0308rger.png")


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("{date", "brace"),
        ("date}", "brace"),
        ("{}", "no {}"),
        ("{user}", "no {user}"),
        ("../{date}", "no /"),
        ("a\\b", "no /"),
        ("a\nb", "control"),
    ],
)
def test_impossible_template_says_why(template: str, reason: str) -> None:
    with pytest.raises(TemplateInvalid) as caught:
        check_template(template)
    assert reason in caught.value.problem.text


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{date}_{tag}_{run}", "2026-11-20_048"),
        ("{tag}_{run}", "048"),
        ("{run}_{tag}", "048"),
        ("{run} ({tag})", "048 ()"),
        ("{seed}{tag}-{run}-{seed}", "048"),
        ("shot {run}", "shot 048"),
        ("{run}_{number}", "048_{number}"),
    ],
)
def test_token_without_a_value_takes_its_separator_along(template: str, expected: str) -> None:
    values = {"date": "2026-11-20", "run": "048", "tag": "", "seed": ""}
    assert fill_template(template, values) == expected


def test_number_has_two_digits_until_it_needs_more() -> None:
    assert [fill_number("{number}", number) for number in (1, 99, 100)] == ["01", "99", "100"]


OPENAI = Target(provider="openai", model="gpt-image-2", options={"quality": "high"})
BASE = "Stoneware vase and two pears on a wooden table, hard flash, lime-plaster wall"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (BASE, ""),
        (BASE.replace("a wooden table", "folded linen"), "folded-linen"),
        (BASE + ", late afternoon sun through a tall window", "late-afternoon"),
        (BASE.replace(", hard flash", ""), "without-hard-flash"),
        (BASE.upper(), ""),
        ("黄昏的光，" + BASE, "黄昏的光"),
    ],
)
def test_prompt_change_in_a_word_or_two(now: str, expected: str) -> None:
    before, after = make_run(47, BASE, OPENAI), make_run(48, now, OPENAI)
    assert what_changed(after, before, OPENAI) == expected


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"seed": 7}, "seed-7"),
        ({"size": "1536x864"}, "1536x864"),
        ({"aspect_ratio": "16:9"}, "16x9"),
        ({"style": "Editorial film"}, "editorial-film"),
        ({"negative_prompt": "text, watermark"}, "negative-text-watermark"),
        ({"n": 4}, "4-images"),
    ],
)
def test_setting_change_when_the_prompt_stayed(wish: dict[str, object], expected: str) -> None:
    before, after = make_run(47, BASE, OPENAI), make_run(48, BASE, OPENAI, **wish)
    assert what_changed(after, before, OPENAI) == expected


def test_option_of_the_same_model_counts_last() -> None:
    low = OPENAI.model_copy(update={"options": {"quality": "low"}})
    before, after = make_run(47, BASE, low), make_run(48, BASE, OPENAI)
    assert what_changed(after, before, OPENAI) == "quality-high"
    assert what_changed(after, make_run(47, BASE, Target(provider="demo", model="m")), OPENAI) == ""


def test_first_run_is_named_by_its_first_telling_words() -> None:
    assert what_changed(make_run(1, "The bowl of a glazier", OPENAI), None, OPENAI) == "bowl-glazier"
    assert short_words("一只橘猫坐在窗台上看着外面的雨") == "一只橘猫坐在窗台"
    assert short_words("!!! ...") == ""
