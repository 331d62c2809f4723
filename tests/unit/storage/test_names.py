from __future__ import annotations

from datetime import date
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from studio.storage.names import first_words, image_names, name_part, read_image_name

DAY = date(2026, 11, 20)
FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}


def name_of(model: str, prompt: str, number: str = "01") -> str:
    return next(image_names(DAY, 48, model=model, prompt=prompt, number=number, extension="png"))


@given(model=st.text(max_size=300), prompt=st.text(max_size=600))
def test_any_prompt_makes_a_name_that_every_system_takes(model: str, prompt: str) -> None:
    name = name_of(model, prompt)

    assert len(name.encode()) <= 220
    assert not FORBIDDEN & set(name)
    assert name == name.strip(" .")
    assert name.startswith("2026-11-20_048_")
    assert name.endswith("_01.png")
    assert ".." not in name


@given(model=st.text(max_size=80), prompt=st.text(max_size=80), position=st.integers(min_value=0, max_value=300))
def test_a_name_of_ours_can_be_read_back(model: str, prompt: str, position: int) -> None:
    for name in islice(
        image_names(DAY, 1234, model=model, prompt=prompt, number=f"{position + 1:02d}", extension="webp"), 3
    ):
        assert read_image_name(name) == (1234, name_part(model) or "model", position)


def test_names_read_well() -> None:
    assert name_of("gpt-image-2", "Late afternoon. A harbour, quiet & warm; photographed from above") == (
        "2026-11-20_048_gpt-image-2_late-afternoon-a-harbour-quiet-warm_01.png"
    )
    assert name_part("midjourney/v7.1") == "midjourney-v7.1"
    assert first_words("../../etc/passwd") == "etc-passwd"
    assert first_words("傍晚的光线穿过安静的港口") == "傍晚的光线穿过安静的港口"
    assert first_words("🦊🦊") == ""
    assert name_of("CON", "nul") == "2026-11-20_048_con_nul_01.png"


def test_a_taken_name_gets_a_number_behind() -> None:
    names = islice(image_names(DAY, 48, model="m", prompt="p", number="01", extension="png"), 3)
    assert list(names) == [f"2026-11-20_048_m_p_01{more}.png" for more in ("", "-2", "-3")]


def test_names_of_others_are_not_ours() -> None:
    for name in ("holiday.png", "2026-11-20_holiday.png", "2026-11-20_048_m_p.png", ".2026-11-20_048_m_p_01.png"):
        assert read_image_name(name) is None
    assert read_image_name("2026-11-20_048_m_p_grid.png") == (48, "m", None)
