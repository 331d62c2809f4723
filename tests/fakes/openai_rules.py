"""What the OpenAI Images API accepts: the per-model whitelist of fields and values, as data and one reader."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tests.fakes.messages import JsonValue

INVALID_REQUEST = "invalid_request_error"
PROMPT_LIMIT = 32_000
MIB = 1024 * 1024


class Refusal(Exception):
    """The API's own error; `status` and the fields of the `error` object."""

    def __init__(
        self, message: str, *, param: str | None = None, code: str | None = "invalid_value", status: int = 400
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code
        self.status = status


_COMMON = {
    "prompt", "model", "n", "size", "quality", "background", "output_format", "output_compression",
    "stream", "partial_images", "user", "safety_identifier",
}  # fmt: skip
_OLD_SIZES = ("auto", "1024x1024", "1536x1024", "1024x1536")


@dataclass(frozen=True, slots=True)
class ModelRules:
    """One family. `ends` is the first day on which the model is gone."""

    family: str
    ends: date | None = None
    free_size: bool = True
    qualities: tuple[str, ...] = ("auto", "low", "medium", "high")
    formats: tuple[str, ...] = ("png", "jpeg", "webp")
    fidelities: tuple[str, ...] = ()
    more_fields: frozenset[str] = frozenset()

    def fields(self, *, edit: bool, multipart: bool) -> set[str]:
        allowed = _COMMON | (self.more_fields - {"markup"})
        if not multipart:
            allowed |= {"moderation"}  # the multipart form has no such field
        if edit:
            allowed |= {"image", "image[]", "mask"} if multipart else {"images", "mask"}
            allowed |= {"input_fidelity"} if self.fidelities else set()
            allowed |= self.more_fields & {"markup"}
        return allowed


_SOON = date(2026, 12, 1)
_DALLE_END = date(2026, 5, 12)
_OLD = ModelRules("gpt-image-1.5", ends=_SOON, free_size=False, fidelities=("high", "low"))
_MINI = ModelRules("gpt-image-1-mini", ends=_SOON, free_size=False, fidelities=("low",))
_TWO = ModelRules("gpt-image-2")
_TWO_FIVE = ModelRules("gpt-image-2.5", qualities=(*_TWO.qualities, "xhigh", "max"), more_fields=frozenset({"markup"}))
_TWO_SIX = ModelRules(
    "gpt-image-2.6",
    formats=(*_TWO.formats, "gif", "svg"),
    more_fields=frozenset({"markup", "complexity", "frame_count", "frame_duration_ms", "svg"}),
)

MODELS: dict[str, ModelRules] = {
    "gpt-image-2.6-sunburst": _TWO_SIX,
    "gpt-image-2.6-flare": _TWO_SIX,
    "gpt-image-2.5-sunburst": _TWO_FIVE,
    "gpt-image-2.5-sunburst-2026-09-08": _TWO_FIVE,
    "gpt-image-2.5-flare": _TWO_FIVE,
    "gpt-image-2.5-flare-2026-09-08": _TWO_FIVE,
    "gpt-image-2": _TWO,
    "gpt-image-2-2026-04-21": _TWO,
    "gpt-image-1.5": _OLD,
    "gpt-image-1.5-2025-12-16": _OLD,
    "gpt-image-1-mini": _MINI,
    "chatgpt-image-latest": _OLD,
    "gpt-image-1": ModelRules("gpt-image-1", ends=date(2026, 10, 23), free_size=False),
    "dall-e-2": ModelRules("dall-e", ends=_DALLE_END, free_size=False),
    "dall-e-3": ModelRules("dall-e", ends=_DALLE_END, free_size=False),
}


def live_model(name: JsonValue, today: date) -> ModelRules:
    """The rules of a model that answers on that day. Raises `Refusal` 404 for ended and unknown ones."""
    if name is None:
        # The server default has moved several times; nobody may rely on it.
        raise Refusal("Missing required parameter: 'model'.", param="model", code="missing_required_parameter")
    rules = MODELS.get(name) if isinstance(name, str) else None
    if rules is None or (rules.ends is not None and today >= rules.ends):
        message = f"The model `{name}` does not exist or you do not have access to it."
        raise Refusal(message, code="model_not_found", status=404)
    return rules


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that passed every rule, defaults filled in. `quality` and the size are what the model resolved."""

    model: str
    rules: ModelRules
    prompt: str
    count: int
    width: int
    height: int
    quality: str
    background: str
    output_format: str
    compression: int
    stream: bool
    partial_images: int
    frames: int
    frame_duration_ms: int
    safety_identifier: str | None
    svg_model: str | None


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Typed access to the fields of one request; null counts as omitted."""

    fields: Mapping[str, JsonValue]

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        if value is not None and not isinstance(value, str):
            raise Refusal(f"Invalid type for '{name}': expected a string.", param=name, code="invalid_type")
        return value

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        value = self.text(name)
        if value is None:
            return default
        if value not in allowed:
            supported = ", ".join(f"'{choice}'" for choice in allowed)
            raise Refusal(f"Invalid value: '{value}'. Supported values are: {supported}.", param=name)
        return value

    def integer(self, name: str, low: int, high: int, default: int) -> int:
        value = self.fields.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refusal(f"Invalid type for '{name}': expected an integer.", param=name, code="invalid_type")
        if value < low:
            message = f"Invalid '{name}': integer below minimum value. Expected a value >= {low}, but got {value}."
            raise Refusal(message, param=name, code="integer_below_min_value")
        if value > high:
            message = f"Invalid '{name}': integer above maximum value. Expected a value <= {high}, but got {value}."
            raise Refusal(message, param=name, code="integer_above_max_value")
        return value

    def boolean(self, name: str) -> bool:
        value = self.fields.get(name)
        if value is not None and not isinstance(value, bool):
            raise Refusal(f"Invalid type for '{name}': expected a boolean.", param=name, code="invalid_type")
        return bool(value)

    def has(self, name: str) -> bool:
        return self.fields.get(name) is not None


def read_wish(fields: Mapping[str, JsonValue], today: date, *, edit: bool, multipart: bool) -> Wish:
    """Check the scalar fields of a request against its model's whitelist. Raises `Refusal`."""
    read = FieldReader(fields)
    rules = live_model(fields.get("model"), today)
    for name in fields:
        if name not in rules.fields(edit=edit, multipart=multipart):
            raise Refusal(f"Unknown parameter: '{name}'.", param=name, code="unknown_parameter")
    prompt = _prompt(read)
    output_format = read.choice("output_format", rules.formats, "png")
    stream = read.boolean("stream")
    if read.has("input_fidelity"):
        read.choice("input_fidelity", rules.fidelities, "low")
    read.choice("moderation", ("auto", "low"), "auto")
    read.choice("complexity", ("low", "medium", "high"), "low")
    count = read.integer("n", 1, 10, 1)
    _check_combinations(read, output_format, stream=stream, count=count)
    width, height = read_size(read.text("size") or "auto", rules)
    quality = read.choice("quality", rules.qualities, "auto")
    return Wish(
        model=str(fields["model"]),
        rules=rules,
        prompt=prompt,
        count=count,
        width=width,
        height=height,
        quality="medium" if quality == "auto" else quality,
        background=read.choice("background", ("auto", "opaque", "transparent"), "auto"),
        output_format=output_format,
        compression=read.integer("output_compression", 0, 100, 100),
        stream=stream,
        partial_images=read.integer("partial_images", 0, 3, 0),
        frames=read.integer("frame_count", 2, 16, 9) if output_format == "gif" else 1,
        frame_duration_ms=read.integer("frame_duration_ms", 10, 655_350, 200),
        safety_identifier=read.text("safety_identifier") or read.text("user"),
        svg_model=_svg_model(fields.get("svg")) if read.has("svg") else None,
    )


def _prompt(read: FieldReader) -> str:
    prompt = read.text("prompt")
    if not prompt:
        raise Refusal("Missing required parameter: 'prompt'.", param="prompt", code="missing_required_parameter")
    if len(prompt) > PROMPT_LIMIT:
        message = f"Invalid 'prompt': string too long. Expected a string with maximum length {PROMPT_LIMIT}."
        raise Refusal(message, param="prompt", code="string_above_max_length")
    return prompt


def _check_combinations(read: FieldReader, output_format: str, *, stream: bool, count: int) -> None:
    forbidden: list[tuple[bool, str, str]] = [
        (read.fields.get("background") == "transparent" and output_format not in ("png", "webp"), "background",
         "Transparent background is only supported for 'png' and 'webp' output formats."),
        (read.has("output_compression") and output_format not in ("jpeg", "webp"), "output_compression",
         "Compression is only supported for 'jpeg' and 'webp' output formats."),
        (read.has("partial_images") and not stream, "partial_images",
         "'partial_images' is only supported when 'stream' is true."),
        (stream and count > 1, "n", "'n' must be 1 when 'stream' is true."),
        (output_format in ("gif", "svg") and stream, "stream",
         f"'{output_format}' output does not support streaming."),
        (output_format == "gif" and read.has("mask"), "mask", "'gif' output does not support masks."),
        (output_format != "gif" and read.has("frame_count"), "frame_count",
         "'frame_count' is only supported for 'gif' output."),
        (output_format != "gif" and read.has("frame_duration_ms"), "frame_duration_ms",
         "'frame_duration_ms' is only supported for 'gif' output."),
        (output_format == "svg" and count > 1, "n", "'svg' output requires 'n' to be 1."),
        (output_format != "svg" and read.has("svg"), "svg", "'svg' is only supported for 'svg' output."),
        (read.has("mask") and read.has("markup"), "markup", "'markup' cannot be combined with 'mask'."),
    ]  # fmt: skip
    for broken, param, message in forbidden:
        if broken:
            raise Refusal(message, param=param)


def _svg_model(svg: JsonValue) -> str:
    if not isinstance(svg, Mapping) or not set(svg) <= {"model", "reasoning"} or not isinstance(svg.get("model"), str):
        raise Refusal("Invalid 'svg': expected {'model', 'reasoning'}.", param="svg", code="invalid_type")
    reasoning = svg.get("reasoning") or {}
    if not isinstance(reasoning, Mapping) or not set(reasoning) <= {"effort"}:
        raise Refusal("Invalid 'svg.reasoning': expected {'effort'}.", param="svg.reasoning", code="invalid_type")
    efforts = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
    FieldReader(reasoning).choice("effort", efforts, "medium")
    return str(svg["model"])


def read_size(size: str, rules: ModelRules) -> tuple[int, int]:
    """Pixels of a `size` value; `auto` gives 1024x1024. Raises `Refusal` for the rule that is broken."""
    if size == "auto":
        return 1024, 1024
    if not rules.free_size:
        if size not in _OLD_SIZES:
            supported = ", ".join(f"'{choice}'" for choice in _OLD_SIZES)
            raise Refusal(f"Invalid value: '{size}'. Supported values are: {supported}.", param="size")
    elif not re.fullmatch(r"[1-9]\d{0,4}x[1-9]\d{0,4}", size):
        raise Refusal(f"Invalid size '{size}'. Expected 'auto' or 'WIDTHxHEIGHT'.", param="size")
    width, height = (int(edge) for edge in size.split("x"))
    if rules.free_size and (reason := _broken_size_rule(width, height)):
        raise Refusal(f"Invalid size '{size}'. {reason}", param="size")
    return width, height


def _broken_size_rule(width: int, height: int) -> str | None:
    if width % 16 or height % 16:
        return "Width and height must both be divisible by 16."
    if max(width, height) > 3840:
        return "The longest edge must not exceed 3840 pixels."
    if max(width, height) > 3 * min(width, height):
        return "The aspect ratio must be between 1:3 and 3:1."
    if not 655_360 <= width * height <= 8_294_400:
        return "The total number of pixels must be between 655360 and 8294400."
    return None


_TOKENS = {
    "square": {"low": 272, "medium": 1056, "high": 4160},
    "portrait": {"low": 408, "medium": 1584, "high": 6240},
    "landscape": {"low": 400, "medium": 1568, "high": 6208},
}
# gpt-image-2 has published prices per image only: these are those prices at 30 dollars per million tokens.
_TOKENS_GPT_IMAGE_2 = {
    "square": {"low": 200, "medium": 1767, "high": 7033},
    "portrait": {"low": 167, "medium": 1367, "high": 5500},
    "landscape": {"low": 167, "medium": 1367, "high": 5500},
}
_TABLE_AREA_PX = {"square": 1024 * 1024, "portrait": 1024 * 1536, "landscape": 1536 * 1024}


def output_image_tokens(wish: Wish) -> int:
    """Output tokens of one final image: the published table, scaled by area for other sizes (unconfirmed)."""
    shape = "square" if wish.width == wish.height else "portrait" if wish.width < wish.height else "landscape"
    table = _TOKENS_GPT_IMAGE_2 if wish.rules.family == "gpt-image-2" else _TOKENS
    known = table[shape].get(wish.quality)
    tokens = known if known is not None else table[shape]["high"] * {"xhigh": 1.5, "max": 2.0}[wish.quality]
    return round(tokens * wish.width * wish.height / _TABLE_AREA_PX[shape])
