"""What each Tongyi image model accepts, as data: paths, sizes, counts, references, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

BEIJING, SINGAPORE, VIRGINIA, FRANKFURT = "cn-beijing", "ap-southeast-1", "us-east-1", "eu-central-1"
REGIONS = (BEIJING, SINGAPORE, VIRGINIA, FRANKFURT, "cn-hongkong", "ap-northeast-1")

SYNC = "multimodal-generation/generation"
MESSAGES_ASYNC = "image-generation/generation"
TEXT2IMAGE = "text2image/image-synthesis"
IMAGE2IMAGE = "image2image/image-synthesis"


@dataclass(frozen=True, slots=True)
class SizeRule:
    """`size` values of a model: exactly `fixed`, or `W*H` within an area or side range, or words like `2K`.

    `listed`: sizes of the vendor's own table, taken even where they lie outside the stated range."""

    default: tuple[int, int] = (1024, 1024)
    fixed: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    area_sides: tuple[int, int] | None = None  # the area of squares with these sides
    sides: tuple[int, int] | None = None
    ratio: int = 8
    multiple: int = 1
    rounds_to: int = 1
    words: Mapping[str, int] = field(default_factory=dict)
    follows_reference: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """Input images: how many, and what each must be. Sides in pixels, files up to 10 MB unless said otherwise."""

    fewest: int = 0
    most: int = 0
    formats: tuple[str, ...] = ("jpeg", "png", "bmp", "tiff", "webp", "gif")
    sides: tuple[int, int] = (384, 3072)
    ratio: int = 1000
    alpha: bool = True
    size_mb: int = 10


@dataclass(frozen=True, slots=True)
class TongyiModel:
    """`counts`: fewest, most and default of `n`. `negative`: has a negative prompt; its place depends on the path."""

    paths: frozenset[str]
    size: SizeRule | None
    counts: tuple[int, int, int] = (1, 4, 4)
    negative: bool = True
    references: ReferenceRule = ReferenceRule()
    parameters: frozenset[str] = frozenset({"size", "n", "seed", "watermark", "prompt_extend"})
    regions: tuple[str, ...] = (BEIJING, SINGAPORE)
    prompt_limit: int = 800
    choice_per_image: bool = True


_EXTENDED = frozenset({"size", "n", "seed", "watermark", "prompt_extend"})
_BOTH = frozenset({SYNC, MESSAGES_ASYNC})
_WAN26_TABLE = ("1696*960", "960*1696", "1472*1104", "1104*1472")

_QWEN3 = TongyiModel(
    _BOTH,
    SizeRule((2048, 2048), area_sides=(512, 2048)),
    counts=(1, 6, 1),
    references=ReferenceRule(0, 3),
    parameters=_EXTENDED | {"prompt_extend_mode", "enable_thinking"},
    regions=REGIONS,
    prompt_limit=9000,
    choice_per_image=False,
)
_QWEN2 = TongyiModel(
    frozenset({SYNC}),
    SizeRule((2048, 2048), area_sides=(512, 2048), follows_reference=True),
    counts=(1, 6, 1),
    references=ReferenceRule(0, 3),
    prompt_limit=2600,
    choice_per_image=False,
)
_QWEN_FIVE = SizeRule((1664, 928), fixed=("1328*1328", "1664*928", "928*1664", "1472*1104", "1104*1472"))
_QWEN_MAX = TongyiModel(frozenset({SYNC}), _QWEN_FIVE, counts=(1, 1, 1))
_QWEN_PLUS = replace(_QWEN_MAX, paths=frozenset({SYNC, TEXT2IMAGE}))
_QWEN_EDIT_PLUS = TongyiModel(
    frozenset({SYNC}),
    SizeRule((1024, 1024), sides=(512, 2048), rounds_to=16),
    counts=(1, 6, 1),
    references=ReferenceRule(1, 3),
    choice_per_image=False,
)
_QWEN_EDIT = replace(_QWEN_EDIT_PLUS, size=None, counts=(1, 1, 1), parameters=_EXTENDED - {"size"})
_Z_IMAGE = TongyiModel(
    frozenset({SYNC}), SizeRule((1024, 1536), area_sides=(512, 2048)), counts=(1, 1, 1), negative=False
)
_WAN27_INPUT = ReferenceRule(0, 9, ("jpeg", "png", "bmp", "webp"), (240, 8000), 8, alpha=False, size_mb=20)
_WAN27 = TongyiModel(
    _BOTH,
    SizeRule((2048, 2048), area_sides=(768, 2048), words={"1K": 1024, "2K": 2048}),
    negative=False,
    references=_WAN27_INPUT,
    parameters=frozenset(
        {"size", "n", "seed", "watermark", "thinking_mode", "enable_sequential", "bbox_list", "color_palette"}
    ),
    prompt_limit=5000,
)
_WAN27_PRO = replace(
    _WAN27, size=SizeRule((2048, 2048), area_sides=(768, 4096), words={"1K": 1024, "2K": 2048, "4K": 4096})
)
_WAN26_T2I = TongyiModel(
    _BOTH,
    SizeRule((1280, 1280), area_sides=(1280, 1440), ratio=4, listed=_WAN26_TABLE),
    regions=REGIONS,
    prompt_limit=2100,
)
_WAN26_IMAGE = TongyiModel(
    _BOTH,
    SizeRule((1024, 1024), area_sides=(768, 2048), ratio=4, multiple=16, words={"1K": 1024, "2K": 2048}),
    references=ReferenceRule(0, 4, ("jpeg", "png", "bmp", "webp"), (240, 8000), alpha=False),
    parameters=_EXTENDED | {"enable_interleave", "max_images", "stream"},
    regions=REGIONS,
    prompt_limit=2000,
)
_WAN25_T2I = TongyiModel(
    frozenset({TEXT2IMAGE}),
    SizeRule((1280, 1280), area_sides=(1280, 1440), ratio=4, listed=_WAN26_TABLE),
    prompt_limit=2000,
)
_WAN25_I2I = TongyiModel(
    frozenset({IMAGE2IMAGE}),
    SizeRule((1280, 1280), area_sides=(768, 1280), ratio=4),
    references=ReferenceRule(1, 3, ("jpeg", "png", "bmp", "webp"), (384, 5000), 4, alpha=False),
    prompt_limit=2000,
)
_WAN22 = TongyiModel(frozenset({TEXT2IMAGE}), SizeRule((1024, 1024), sides=(512, 1440)), prompt_limit=500)
_WANX21 = replace(_WAN22, regions=(BEIJING,))
_IMAGE_EDIT = TongyiModel(
    frozenset({IMAGE2IMAGE}),
    None,
    counts=(1, 4, 1),
    negative=False,
    references=ReferenceRule(1, 1, ("jpeg", "png", "bmp", "tiff", "webp"), (512, 4096)),
    parameters=frozenset({"n", "seed", "watermark"}),
    regions=(BEIJING,),
)
_WANX_V1 = TongyiModel(
    frozenset({TEXT2IMAGE}),
    SizeRule((1024, 1024), fixed=("1024*1024", "720*1280", "1280*720", "768*1152")),
    references=ReferenceRule(0, 1),
    parameters=frozenset({"size", "n", "seed", "watermark", "style", "ref_strength", "ref_mode"}),
    regions=(BEIJING,),
)
_REPAINT = TongyiModel(
    frozenset({MESSAGES_ASYNC}),
    None,
    counts=(1, 1, 1),
    negative=False,
    references=ReferenceRule(1, 2, ("jpeg", "png", "bmp", "webp"), (256, 5760), 2),
    parameters=frozenset(),
    regions=(BEIJING,),
)

REPAINT_MODEL = "wanx-style-repaint-v1"
EDIT_MODEL = "wanx2.1-imageedit"
WANX_V1_STYLES = (
    "<auto>", "<photography>", "<portrait>", "<3d cartoon>", "<anime>", "<oil painting>", "<watercolor>", "<sketch>",
    "<chinese painting>", "<flat illustration>",
)  # fmt: skip

EDIT_FUNCTIONS: dict[str, frozenset[str]] = {
    "stylization_all": frozenset({"strength"}),
    "description_edit": frozenset({"strength"}),
    "description_edit_with_mask": frozenset(),
    "expand": frozenset({"top_scale", "bottom_scale", "left_scale", "right_scale"}),
    "super_resolution": frozenset({"upscale_factor"}),
    "doodle": frozenset({"is_sketch"}),
    "stylization_local": frozenset(),
    "remove_watermark": frozenset(),
    "colorization": frozenset(),
    "control_cartoon_feature": frozenset(),
}
"""`function` of wanx2.1-imageedit and the parameters that only it takes."""

_DATES = ("-2026-03-03", "-2026-04-22", "-2026-06-22")
MODELS: dict[str, TongyiModel] = {
    "qwen-image-3.0": _QWEN3,
    "qwen-image-3.0-pro": _QWEN3,
    **{f"{name}{date}": _QWEN2 for name in ("qwen-image-2.0", "qwen-image-2.0-pro") for date in ("", *_DATES)},
    "qwen-image-max": _QWEN_MAX,
    "qwen-image-plus": _QWEN_PLUS,
    "qwen-image": _QWEN_PLUS,
    "qwen-image-edit-max": _QWEN_EDIT_PLUS,
    "qwen-image-edit-plus": _QWEN_EDIT_PLUS,
    "qwen-image-edit": _QWEN_EDIT,
    "z-image-turbo": _Z_IMAGE,
    "wan2.7-image-pro": _WAN27_PRO,
    "wan2.7-image": _WAN27,
    "wan2.6-t2i": _WAN26_T2I,
    "wan2.6-image": _WAN26_IMAGE,
    "wan2.5-t2i-preview": _WAN25_T2I,
    "wan2.5-i2i-preview": _WAN25_I2I,
    "wan2.2-t2i-plus": _WAN22,
    "wan2.2-t2i-flash": _WAN22,
    "wanx2.1-t2i-plus": _WANX21,
    "wanx2.1-t2i-turbo": _WANX21,
    "wan2.1-t2i-plus": replace(_WAN22, regions=(SINGAPORE,)),
    "wan2.1-t2i-turbo": replace(_WAN22, regions=(SINGAPORE,)),
    "wanx2.0-t2i-turbo": _WANX21,
    EDIT_MODEL: _IMAGE_EDIT,
    "wanx-v1": _WANX_V1,
    REPAINT_MODEL: _REPAINT,
}
