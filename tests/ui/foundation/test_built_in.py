"""What the settings bring along has a name in each language."""

from __future__ import annotations

import pytest

from studio.config.settings import PRESETS, STYLES
from studio.ui.built_in import preset_name, style_name
from studio.ui.translation import Language, joined_facts, listed


@pytest.mark.parametrize("name", [preset.name for preset in PRESETS])
def test_presets_are_named_in_chinese(language: Language, name: str) -> None:
    assert preset_name(name) == name
    language.choose("zh_CN")
    assert not preset_name(name).isascii()
    assert preset_name("My own") == "My own"


@pytest.mark.parametrize("name", [style.name for style in STYLES])
def test_styles_are_named_in_chinese(language: Language, name: str) -> None:
    assert style_name(name) == name
    language.choose("zh_CN")
    assert not style_name(name).isascii()


def test_lists_have_the_signs_of_their_language(language: Language) -> None:
    assert (joined_facts(["1-10 images", "", "16 references"]), listed(["red", "blue"])) == (
        "1-10 images, 16 references",
        "red, blue",
    )
    language.choose("zh_CN")
    assert (joined_facts(["1–10 张", "16 张参考图"]), listed(["红", "蓝"])) == ("1–10 张，16 张参考图", "红、蓝")
