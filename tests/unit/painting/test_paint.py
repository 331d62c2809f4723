"""The Demo painter: same words, same picture; other words, another picture."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageStat

from studio.painting import PaintStyle, PaintWish, paint, palette_of
from tests.unit.painting.measure import difference, is_green, is_red, painted, share

LAKE = "Misty lake at dawn, layered pine hills, low sun, quiet water with reflections, wide landscape"
STILL_LIFE = (
    "Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, long soft shadows, "
    "lime-plaster wall, muted sage and clay"
)
SUBJECTS = (
    LAKE,
    STILL_LIFE,
    "Modernist tiles, red and blue",
    "Portrait of a woman with bob hair, coral sun disc",
    "Terracotta courtyard, stairs into a still pool, one orange sphere, hard noon sun, long blue shadows",
    "sea with a lighthouse, three boats and a bridge, storm",
    "desert dunes at noon with a car",
    "dunes from above",
    "snowy mountains with a cabin",
    "lavender meadow, windmill, tree",
    "pine forest, mushrooms, light beams",
    "koi fish and a whale under water",
    "city skyline at night",
    "rainy street, umbrella, neon",
    "living room with armchair, lamp and window",
    "ginger cat and a dog",
    "perfume bottle, torus, cone and cube on a plinth",
    "marble bust",
    "coral silk folds",
    "rocket, planet and stars",
    "bouquet of tulips, coffee cup, books, candle, lemons, apples, cherries, plant",
    "hot air balloon and butterfly over autumn hills, birds",
    "robot and rabbit",
    "zorble wumpet frindle",
    "",
)

_PRINT_DIGEST = """
import hashlib
from studio.painting import PaintStyle, PaintWish, encode, paint
wish = PaintWish("two boats on a misty lake, glimmerfold, 三只鸟", negative_prompt="red, fog", style_words="moody",
                 seed=91, width=200, height=150, paint_style=PaintStyle.{style},
                 reference_palettes=(((20, 90, 60), (200, 180, 90)),))
print(hashlib.sha256(encode(paint(wish), file_format="png", text={{"Software": "x"}})).hexdigest())
"""


@pytest.mark.parametrize("style", list(PaintStyle))
def test_two_processes_paint_the_same_bytes(style: PaintStyle) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", _PRINT_DIGEST.format(style=style.name)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("prompt", SUBJECTS)
def test_every_style_paints_every_subject_as_a_composed_picture(prompt: str, style: PaintStyle) -> None:
    picture = painted(prompt, paint_style=style, width=240, height=192)
    assert (picture.size, picture.mode) == ((240, 192), "RGB")
    assert sum(ImageStat.Stat(picture).stddev) / 3 > 12, "one flat tone is no picture"
    assert len(palette_of(picture, 6)) >= 3


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("size", [(64, 64), (64, 256), (400, 100), (100, 400), (333, 217), (1792, 448), (16, 16)])
def test_any_size_and_ratio_is_exact(size: tuple[int, int], style: PaintStyle) -> None:
    picture = painted(STILL_LIFE, paint_style=style, width=size[0], height=size[1])
    assert picture.size == size


@pytest.mark.parametrize("style", list(PaintStyle))
def test_4096_pixels_are_painted_with_grain_of_their_own(style: PaintStyle) -> None:
    picture = painted(LAKE, paint_style=style, width=4096, height=1024)
    corner = picture.crop((2000, 100, 2064, 164))
    enlarged = corner.resize((32, 32)).resize((64, 64))
    assert picture.size == (4096, 1024)
    assert difference(corner, enlarged) < 12
    assert corner.tobytes() != enlarged.tobytes()
    assert max(ImageStat.Stat(corner).stddev) > 0.8


@pytest.mark.parametrize("prompt", [LAKE, STILL_LIFE, SUBJECTS[3], SUBJECTS[4]])
def test_styles_differ_strongly(prompt: str) -> None:
    pictures = [painted(prompt, paint_style=style) for style in PaintStyle]
    for one, two in combinations(pictures, 2):
        assert difference(one, two) > 9


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize(
    "prompt", [LAKE, STILL_LIFE, SUBJECTS[2], SUBJECTS[3], SUBJECTS[4], SUBJECTS[16], SUBJECTS[18]]
)
def test_four_seeds_are_four_takes(prompt: str, style: PaintStyle) -> None:
    pictures = [painted(prompt, paint_style=style, seed=seed, width=192, height=192) for seed in (1, 2, 3, 4)]
    for one, two in combinations(pictures, 2):
        assert difference(one, two) > 5


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lake at dawn", "lake at night"),
        ("lake in summer", "lake in autumn"),
        ("a red boat at sea", "a blue boat at sea"),
        ("two pears on a table", "five pears on a table"),
        ("mountains in rain", "mountains in snow"),
        ("vase, close-up", "vase, wide"),
        ("a quiet room, lamp", "a quiet room, cat"),
    ],
)
def test_understood_words_change_the_picture(before: str, after: str) -> None:
    assert difference(painted(before), painted(after)) > 1.0


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("subject", ["lake", "vase and pears", "portrait", "tiles", ""])
def test_words_that_nobody_understands_still_change_the_picture(subject: str, style: PaintStyle) -> None:
    one = painted(f"{subject} glimmerwort", paint_style=style)
    two = painted(f"{subject} snorfleby", paint_style=style)
    assert difference(one, two) > 2.5


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("mountains, lake, sunrise", "山，湖，日出"),
        ("snow, forest, night", "雪，森林，夜"),
        ("vase, two pears", "花瓶，两只梨"),
        ("portrait", "人像"),
        ("city, rain, dusk", "城市，雨，黄昏"),
        ("sea, three boats", "大海，三艘船"),
        ("white cat", "白色的猫"),
    ],
)
@pytest.mark.parametrize("style", list(PaintStyle))
def test_chinese_and_english_words_give_the_same_picture(english: str, chinese: str, style: PaintStyle) -> None:
    assert painted(english, paint_style=style).tobytes() == painted(chinese, paint_style=style).tobytes()


@pytest.mark.parametrize("style", list(PaintStyle))
def test_a_named_colour_shows(style: PaintStyle) -> None:
    red = share(painted("tiles, red", paint_style=style), is_red)
    green = share(painted("tiles, green", paint_style=style), is_red)
    assert red > green + 0.05


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("prompt", ["tiles, red and blue", "red silk and blue", "living room with a red armchair"])
def test_a_refused_colour_goes_away(prompt: str, style: PaintStyle) -> None:
    plain = share(painted(prompt, paint_style=style), is_red)
    refused = share(painted(prompt, negative_prompt="text, red", paint_style=style), is_red)
    assert plain > 0.02
    assert refused < plain / 5


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize(
    ("prompt", "negative"),
    [("green sea, three red boats", "boats"), ("meadow with one red car", "car"), ("a red robot", "robots")],
)
def test_a_refused_thing_goes_away(prompt: str, negative: str, style: PaintStyle) -> None:
    plain = share(painted(prompt, paint_style=style, width=320, height=320), is_red)
    refused = share(painted(prompt, negative_prompt=negative, paint_style=style, width=320, height=320), is_red)
    assert plain > refused + 0.002


@pytest.mark.parametrize(
    ("prompt", "negative", "inline"),
    [
        ("lake with pine hills", "trees", "no trees"),
        ("misty mountains", "fog", "without fog"),
        ("sea, clouds", "clouds", "no clouds"),
        ("rainy street", "people", "no people"),
        ("living room, lamp", "lamp", "no lamp"),
        ("湖，松树", "树", "没有树"),
    ],
)
def test_refusing_works_in_the_negative_field_and_in_the_prompt(prompt: str, negative: str, inline: str) -> None:
    plain = painted(prompt)
    refused = painted(prompt, negative_prompt=negative)
    assert difference(plain, refused) > 0.15
    assert painted(f"{prompt}, {inline}").tobytes() == refused.tobytes()


def test_unrelated_negative_words_leave_the_composition_alone() -> None:
    assert painted(LAKE, negative_prompt="watermark, text").tobytes() == painted(LAKE).tobytes()


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("prompt", [LAKE, STILL_LIFE, "tiles", "portrait", "robot"])
def test_a_reference_palette_shows_in_the_picture(prompt: str, style: PaintStyle) -> None:
    greens = ((24, 96, 60), (60, 160, 100), (150, 210, 160), (10, 40, 30), (226, 240, 226))
    plain = share(painted(prompt, paint_style=style), is_green)
    referred = share(painted(prompt, paint_style=style, reference_palettes=(greens,)), is_green)
    assert referred > plain + 0.15


def test_black_and_white_has_no_colour() -> None:
    picture = painted("black and white lake with a red boat")
    assert share(picture, lambda hue, saturation, value: saturation > 0.3 and value > 0.2) < 0.02


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("prompt", ["red robot, transparent background", "机器人，透明背景"])
def test_a_transparent_background_is_transparent(prompt: str, style: PaintStyle) -> None:
    picture = painted(prompt, paint_style=style)
    assert picture.mode == "RGBA"
    alpha = picture.getchannel("A")
    assert alpha.getpixel((2, 2)) == 0
    assert alpha.getextrema()[1] == 255


@pytest.mark.parametrize(
    "prompt",
    [
        "lake " * 10_000,
        "山" * 50_000,
        "🐈‍⬛🌊🏔️ 🙂" * 200,
        "\x00\x07\x1b[31m\u202e\ufeff lake \ud800",
        "\n\t ,.;，。",
        "9999999999999999999999 boats",
        "[[fail:429]] {red|blue|ochre} <script>",
        "ｌａｋｅ　ａｔ　ｄａｗｎ",
    ],
)
def test_hostile_prompts_are_painted_all_the_same(prompt: str) -> None:
    picture = painted(prompt, negative_prompt=prompt[::-1], style_words=prompt, width=96, height=96)
    assert picture.size == (96, 96)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    prompt=st.text(max_size=60),
    negative=st.text(max_size=20),
    seed=st.integers(min_value=-(2**70), max_value=2**70),
    style=st.sampled_from(list(PaintStyle)),
    width=st.integers(16, 130),
    height=st.integers(16, 130),
)
def test_anything_can_be_asked_for(
    *, prompt: str, negative: str, seed: int, style: PaintStyle, width: int, height: int
) -> None:
    wish = PaintWish(prompt, negative, "", seed, width, height, style)
    assert paint(wish).size == (width, height)


@pytest.mark.parametrize(("width", "height"), [(0, 100), (15, 100), (100, 9000), (-5, 5)])
def test_impossible_sizes_are_refused_in_words(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="px is outside"):
        PaintWish("lake", width=width, height=height, paint_style=PaintStyle.POSTER)
