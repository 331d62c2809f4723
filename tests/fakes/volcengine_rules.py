"""What each Seedream and SeedEdit model accepts, as data, and the reader of a request; raises `Refusal`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PIL import UnidentifiedImageError

from tests.fakes.images import has_alpha, image_format, pixel_size
from tests.fakes.messages import JsonValue

SEED_LIMIT = 2_147_483_647
MIB = 1024 * 1024
_TIERS = {"1K": 1024, "1.5K": 1536, "2K": 2048, "3K": 3072, "4K": 4096}


class Refusal(Exception):
    """The API's own error."""

    def __init__(
        self,
        message: str,
        *,
        param: str = "",
        code: str = "InvalidParameter",
        status: int = 400,
        kind: str = "BadRequest",
    ) -> None:
        super().__init__(message)
        self.message, self.param, self.code, self.status, self.kind = message, param, code, status, kind


@dataclass(frozen=True, slots=True)
class SeedreamModel:
    """`area`: least and most total pixels of `WxH`; `sides`: of each edge; `fields`: beyond those that all take."""

    family: str
    references: tuple[int, int]
    tiers: tuple[str, ...] = ()
    area: tuple[int, int] | None = None
    sides: tuple[int, int] | None = None
    default_size: tuple[int, int] = (2048, 2048)
    fields: frozenset[str] = frozenset()
    modes: tuple[str, ...] = ()
    default_format: str = "jpeg"
    reference_mb: int = 30
    reference_ratio: int = 16


_ALL = frozenset({"model", "prompt", "size", "watermark", "response_format"})
_SETS = frozenset({"image", "sequential_image_generation", "sequential_image_generation_options", "stream"})
_NEW = frozenset({"image", "output_format", "optimize_prompt_options", "layer_decomposition", "background"})
_PRO = SeedreamModel(
    "5.0-pro", (0, 10), ("1K", "1.5K", "2K"), (921_600, 4_624_220), fields=_NEW, modes=("standard", "fast")
)
_FLASH = replace(_PRO, family="5.0-flash", modes=("standard",))
_LITE = SeedreamModel(
    "5.0-lite",
    (0, 14),
    ("2K", "3K", "4K"),
    (3_686_400, 16_777_216),
    fields=_SETS | {"output_format", "optimize_prompt_options", "tools"},
    modes=("standard",),
)
_45 = replace(_LITE, family="4.5", tiers=("2K", "4K"), fields=_SETS | {"optimize_prompt_options"})
_40 = replace(_45, family="4.0", tiers=("1K", "2K", "4K"), area=(921_600, 16_777_216), modes=("standard", "fast"))
_30 = SeedreamModel(
    "3.0", (0, 0), sides=(512, 2048), default_size=(1024, 1024), fields=frozenset({"seed", "guidance_scale"})
)
_EDIT = SeedreamModel(
    "seededit-3.0",
    (1, 1),
    ("adaptive",),
    default_size=(1024, 1024),
    fields=frozenset({"image", "seed", "guidance_scale"}),
    reference_mb=10,
    reference_ratio=3,
)

ARK_MODELS: dict[str, SeedreamModel] = {
    "doubao-seedream-5-0-pro-260628": _PRO,
    "doubao-seedream-5-0-flash-260915": _FLASH,
    "doubao-seedream-5-0-260128": _LITE,
    "doubao-seedream-5-0-lite-260128": _LITE,
    "doubao-seedream-4-5-251128": _45,
    "doubao-seedream-4-0-250828": _40,
    "doubao-seedream-3-0-t2i-250415": _30,
    "doubao-seededit-3-0-i2i-250628": _EDIT,
}
BYTEPLUS_MODELS: dict[str, SeedreamModel] = {
    "dola-seedream-5-0-pro-260628": _PRO,
    "dola-seedream-5-0-flash-260915": _FLASH,
    "seedream-5-0-260128": _LITE,
    "seedream-5-0-lite-260128": _LITE,
    "seedream-4-5-251128": _45,
    "seedream-4-0-250828": _40,
    "seedream-3-0-t2i-250415": _30,
}
PLAN_MODELS: dict[str, SeedreamModel] = {
    "doubao-seedream-5.0-pro": _PRO,
    "doubao-seedream-5.0-lite": _LITE,
    "doubao-seedream-5-0-pro-260628": _PRO,
    "doubao-seedream-5-0-lite-260128": _LITE,
}


@dataclass(frozen=True, slots=True)
class SeedreamOrder:
    """A request that passed every rule. `most_images` is 1, or the upper bound of a related set."""

    model: str
    rules: SeedreamModel
    prompt: str
    width: int
    height: int
    most_images: int
    references: int
    stream: bool
    base64: bool
    output_format: str
    watermark: bool
    layers: bool
    transparent: bool
    web_search: bool


def read_order(
    body: JsonValue, models: Mapping[str, SeedreamModel], *, undocumented: frozenset[str] = frozenset()
) -> SeedreamOrder:
    """Check a request against its model's row; a null counts as omitted. Raises `Refusal`."""
    if not isinstance(body, Mapping):
        raise Refusal("The request body is not valid JSON.")
    fields = {key: value for key, value in body.items() if value is not None}
    if "model" not in fields:
        raise Refusal("Missing parameter: model.", param="model", code="MissingParameter")
    rules = models.get(fields["model"])
    if rules is None:
        message = f"The model or endpoint {fields['model']} does not exist or you do not have access to it."
        raise Refusal(message, code="InvalidEndpointOrModel.NotFound", status=404, kind="NotFound")
    for name in fields:
        if name not in _ALL | rules.fields | (
            undocumented if rules.family in ("5.0-pro", "5.0-flash") else frozenset()
        ):
            raise Refusal(f"The parameter `{name}` is not supported by this model.", param=name)
    return _checked(fields, rules)


def _checked(fields: Mapping[str, JsonValue], rules: SeedreamModel) -> SeedreamOrder:
    layers = _boolean(fields, "layer_decomposition", default=False)
    prompt = fields.get("prompt", "" if layers else None)
    if not isinstance(prompt, str) or not (prompt or layers):
        raise Refusal("Missing parameter: prompt.", param="prompt", code="MissingParameter")
    references = _references(fields, rules)
    output_format = _choice(fields, "output_format", ("png", "jpeg"), rules.default_format)
    transparent = fields.get("background") == "transparent"
    if "background" in fields and not transparent:
        raise Refusal("background must be transparent.", param="background")
    _check_special_modes(references, layers=layers, transparent=transparent, output_format=output_format)
    _check_numbers(fields)
    options = _object(fields, "optimize_prompt_options", {"mode", "thinking"})
    _choice(options, "mode", rules.modes, "standard")
    tools = fields.get("tools", [])
    if tools not in ([], [{"type": "web_search"}]):
        raise Refusal("tools supports web_search only.", param="tools")
    width, height = _size(fields.get("size"), rules, references, layers=layers)
    return SeedreamOrder(
        model=str(fields["model"]),
        rules=rules,
        prompt=prompt,
        width=width,
        height=height,
        most_images=_most_images(fields, len(references)),
        references=len(references),
        stream=_boolean(fields, "stream", default=False),
        base64=_choice(fields, "response_format", ("url", "b64_json"), "url") == "b64_json",
        output_format="png" if layers else output_format,
        watermark=_boolean(fields, "watermark", default=True),
        layers=layers,
        transparent=transparent,
        web_search=bool(tools),
    )


def _references(fields: Mapping[str, JsonValue], rules: SeedreamModel) -> list[bytes | None]:
    """The inline bytes of each reference, None for a link."""
    image = fields.get("image", [])
    values = [image] if isinstance(image, str) else image
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Refusal("image must be a string or a list of strings.", param="image")
    fewest, most = rules.references
    if not fewest <= len(values) <= most:
        raise Refusal(f"number of reference images cannot exceed {most} (at least {fewest}).", param="image")
    return [_reference(value, rules) for value in values]


def _reference(value: str, rules: SeedreamModel) -> bytes | None:
    if not value:
        raise Refusal("The image URL is empty.", param="image", code="InvalidImageURL.EmptyURL")
    if re.match(r"https?://", value):
        return None
    found = re.match(r"data:image/([a-z0-9.+-]+);base64,", value)
    try:
        content = base64.b64decode(value[found.end() :] if found else "*", validate=True)
        known, (width, height) = image_format(content), pixel_size(content)
    except (binascii.Error, UnidentifiedImageError) as error:
        raise Refusal("The image cannot be read.", param="image", code="InvalidImageURL.InvalidFormat") from error
    formats = ("jpeg", "png") if rules.family.startswith("seededit") else (
        "jpeg", "png", "webp", "bmp", "tiff", "gif", "heic", "heif"
    )  # fmt: skip
    in_ratio = max(width, height) <= rules.reference_ratio * min(width, height)
    in_area = 196 <= width * height <= 36_000_000 and min(width, height) > 14
    if known not in formats or not in_ratio or not in_area or len(content) > rules.reference_mb * MIB:
        raise Refusal(f"The image is not supported: {known} {width}x{height}.", param="image")
    return content


def _check_special_modes(
    references: Sequence[bytes | None], *, layers: bool, transparent: bool, output_format: str
) -> None:
    only = references[0] if len(references) == 1 else None
    if layers:
        pixels = pixel_size(only) if only else (512, 512)
        if (
            len(references) != 1
            or pixels[0] * pixels[1] < 512 * 512
            or (only and image_format(only) not in ("png", "jpeg"))
        ):
            raise Refusal("layer_decomposition needs exactly one png or jpeg of 512x512 or more.", param="image")
    if transparent:
        if output_format != "png":
            raise Refusal("background transparent needs output_format png.", param="output_format")
        if only is None or image_format(only) != "png" or not has_alpha(only):
            raise Refusal("background transparent needs exactly one PNG with transparent pixels.", param="image")


def _check_numbers(fields: Mapping[str, JsonValue]) -> None:
    seed = fields.get("seed", -1)
    if isinstance(seed, bool) or not isinstance(seed, int) or not -1 <= seed <= SEED_LIMIT:
        raise Refusal("seed must be an integer from -1 to 2147483647.", param="seed")
    scale = fields.get("guidance_scale", 1)
    if isinstance(scale, bool) or not isinstance(scale, int | float) or not 1 <= scale <= 10:
        raise Refusal("guidance_scale must be from 1 to 10.", param="guidance_scale")


def _most_images(fields: Mapping[str, JsonValue], references: int) -> int:
    mode = _choice(fields, "sequential_image_generation", ("auto", "disabled"), "disabled")
    options = _object(fields, "sequential_image_generation_options", {"max_images"})
    most = options.get("max_images", 15)
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= 15:
        raise Refusal("max_images must be from 1 to 15.", param="sequential_image_generation_options.max_images")
    if mode == "disabled":
        return 1
    return min(most, 15 - references)


def _size(
    size: JsonValue, rules: SeedreamModel, references: Sequence[bytes | None], *, layers: bool
) -> tuple[int, int]:
    first = next((pixel_size(content) for content in references if content), None)
    if size is None:
        return rules.default_size
    if not isinstance(size, str):
        raise Refusal("size must be a string.", param="size")
    if size in rules.tiers or (layers and size == "auto"):
        if first is None or size == "adaptive":
            edge = _TIERS.get(size, 1024)
            return first or (edge, edge)
        scale = _TIERS.get(size, 2048) / (first[0] * first[1]) ** 0.5
        return round(first[0] * scale / 16) * 16, round(first[1] * scale / 16) * 16
    found = re.fullmatch(r"([1-9]\d{0,4})x([1-9]\d{0,4})", size)
    if found is None or layers or (rules.area is None and rules.sides is None):
        raise Refusal(f"The parameter `size` is not valid for this model: {size}.", param="size")
    width, height = int(found[1]), int(found[2])
    least, most = rules.area or (1, 10**9)
    shortest, longest = rules.sides or (1, 10**5)
    in_sides = shortest <= min(width, height) and max(width, height) <= longest
    if not least <= width * height <= most or not in_sides or max(width, height) > 16 * min(width, height):
        message = f"The parameter `size` is not valid: image size must be at least {least} pixels."
        raise Refusal(message, param="size")
    return width, height


def _choice(fields: Mapping[str, JsonValue], key: str, allowed: Sequence[str], default: str) -> str:
    value = fields.get(key)
    if value is None:
        return default
    if value not in allowed:
        raise Refusal(f"The parameter `{key}` must be one of {', '.join(allowed)}.", param=key)
    return str(value)


def _boolean(fields: Mapping[str, JsonValue], key: str, *, default: bool) -> bool:
    value = fields.get(key, default)
    if not isinstance(value, bool):
        raise Refusal(f"The parameter `{key}` must be a boolean.", param=key)
    return value


def _object(fields: Mapping[str, JsonValue], key: str, allowed: set[str]) -> Mapping[str, JsonValue]:
    value = fields.get(key, {})
    if not isinstance(value, Mapping) or not set(value) <= allowed:
        raise Refusal(f"The parameter `{key}` takes {', '.join(sorted(allowed))} only.", param=key)
    return {name: inner for name, inner in value.items() if inner is not None}
