"""What AceDataCloud's image endpoints accept, as data, and the readers of their requests; raises `Refusal`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import UnidentifiedImageError

from tests.fakes.images import pixel_size
from tests.fakes.messages import JsonValue

MIB = 1024 * 1024


class Refusal(Exception):
    """The gateway's own error: `code` and `message` inside `error`."""

    def __init__(self, message: str, *, code: str = "bad_request", status: int = 400) -> None:
        super().__init__(message)
        self.message, self.code, self.status = message, code, status


GPT_IMAGE_MODELS = (
    "gpt-image-2", "gpt-image-2:reverse", "gpt-image-2:official",
    "gpt-image-2.5-flare", "gpt-image-2.5-flare:official", "gpt-image-2.5-sunburst", "gpt-image-2.5-sunburst:official",
    "gpt-image-1", "gpt-image-1.5",
)  # fmt: skip
DALLE_MODELS = ("dall-e-2", "dall-e-3")
NANO_MODELS = ("nano-banana", "nano-banana-2-lite", "nano-banana-2", "nano-banana-2.1", "nano-banana-pro")
NANO_OFFICIAL = (
    "nano-banana:official",
    "nano-banana-2-lite:official",
    "nano-banana-2:official",
    "nano-banana-pro:official",
)
OPENAI_MODELS = (*GPT_IMAGE_MODELS, *DALLE_MODELS, *NANO_MODELS)

NANO_RATIOS = {
    "1:1": (1024, 1024),
    "3:2": (1264, 848),
    "2:3": (848, 1264),
    "16:9": (1376, 768),
    "9:16": (768, 1376),
    "4:3": (1200, 896),
    "3:4": (896, 1200),
}
_NANO_SCALE = {"1K": 1, "2K": 2, "4K": 4}
_OLD_SIZES = ("auto", "1024x1024", "1536x1024", "1024x1536")
_DALLE_SIZES = {
    "dall-e-2": ("auto", "256x256", "512x512", "1024x1024"),
    "dall-e-3": ("auto", "1024x1024", "1792x1024", "1024x1792"),
}
_ASYNC = {"callback_url", "async", "trace_id"}
_BASE = {"prompt", "model", "n", "size", "response_format", *_ASYNC}
_GPT = {"quality", "background", "output_format", "output_compression", "partial_images"}


@dataclass(frozen=True, slots=True)
class AceOrder:
    """A request that passed every rule. `kind` is the type of its task; sizes are those of the files to come."""

    kind: str
    model: str
    prompt: str
    count: int
    width: int
    height: int
    base64: bool
    output_format: str
    alpha: bool
    asynchronous: bool
    callback_url: str | None
    trace_id: str | None


def read_generation(fields: Mapping[str, JsonValue], gone: Sequence[str]) -> AceOrder:
    """`POST /openai/images/generations`."""
    model = _model(fields, OPENAI_MODELS, gone)
    allowed = _BASE | {"quality"}
    if model in GPT_IMAGE_MODELS:
        allowed |= _GPT | {"moderation"}
    elif model == "dall-e-3":
        allowed |= {"style"}
    elif model in NANO_MODELS:
        allowed |= _GPT | {"moderation", "style"}  # taken and without effect
    _only(fields, allowed)
    return _order("images_generations", fields, model)


def read_edit(fields: Mapping[str, JsonValue], references: int, gone: Sequence[str]) -> AceOrder:
    """`POST /openai/images/edits`; `fields` without `image` and `mask`, which the server has checked."""
    model = _model(fields, OPENAI_MODELS, gone)
    if not 1 <= references <= 16:
        raise Refusal("image must hold 1 to 16 images.")
    _only(fields, _BASE | _GPT | {"input_fidelity"})
    _choice(fields, "input_fidelity", ("high", "low"), "low")
    return _order("images_edits", fields, model)


def _order(kind: str, fields: Mapping[str, JsonValue], model: str) -> AceOrder:
    prompt = _prompt(fields)
    count = _integer(fields, "n", 1, 1 if model == "dall-e-3" else 10, 1)
    in_base64 = _choice(fields, "response_format", ("url", "b64_json"), "url") == "b64_json"
    if in_base64 and count > 1:
        raise Refusal("response_format b64_json is supported with n=1 only.")
    qualities = {"dall-e-3": ("auto", "standard", "hd"), "dall-e-2": ("auto", "standard")}
    _choice(fields, "quality", qualities.get(model, ("auto", "low", "medium", "high")), "auto")
    _choice(fields, "style", ("vivid", "natural"), "vivid")
    _choice(fields, "moderation", ("auto", "low"), "auto")
    background = _choice(fields, "background", ("auto", "opaque", "transparent"), "auto")
    output_format = _choice(fields, "output_format", ("png", "jpeg", "webp"), "png")
    if background == "transparent" and output_format == "jpeg":
        raise Refusal("background transparent needs output_format png or webp.")
    if "output_compression" in fields and output_format == "png":
        raise Refusal("output_compression is supported for jpeg and webp only.")
    _integer(fields, "output_compression", 0, 100, 100)
    _integer(fields, "partial_images", 0, 3, 0)
    width, height = _size(fields, model)
    return AceOrder(
        kind=kind,
        model=model,
        prompt=prompt,
        count=count,
        width=width,
        height=height,
        base64=in_base64 and model not in NANO_MODELS,
        output_format=output_format,
        alpha=background == "transparent",
        **_asynchronous(fields),
    )


def _asynchronous(fields: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    flag = fields.get("async", False)
    if not isinstance(flag, bool):
        raise Refusal("async must be a boolean.")
    callback = fields.get("callback_url")
    if callback is not None and not re.match(r"https?://", str(callback)):
        raise Refusal("callback_url must be a URL.")
    return {"asynchronous": flag or callback is not None, "callback_url": callback, "trace_id": fields.get("trace_id")}


def read_nano_banana(fields: Mapping[str, JsonValue], gone: Sequence[str]) -> AceOrder:
    """`POST /nano-banana/images`."""
    known = {"action", "prompt", "model", "count", "image_urls", "aspect_ratio", "resolution", *_ASYNC}
    _only(fields, known)
    action = _choice(fields, "action", ("generate", "edit"), "")
    if not action:
        raise Refusal("action is required.")
    model = _model({"model": "nano-banana"} | dict(fields), (*NANO_MODELS, *NANO_OFFICIAL), gone)
    urls = fields.get("image_urls", [])
    if not isinstance(urls, list) or (action == "edit") != bool(urls):
        raise Refusal("image_urls is required for edit, and only there.")
    inputs = [_nano_reference(str(url)) for url in urls]
    resolution = _choice(fields, "resolution", tuple(_NANO_SCALE), "1K")
    if resolution != "1K" and model.removesuffix(":official") in ("nano-banana", "nano-banana-2-lite"):
        raise Refusal(f"{model} supports the resolution 1K only.")
    ratio = _choice(fields, "aspect_ratio", tuple(NANO_RATIOS), "")
    if not ratio:
        first = inputs[0] if inputs and inputs[0] else (1, 1)
        ratio = min(
            NANO_RATIOS, key=lambda name: abs(NANO_RATIOS[name][0] / NANO_RATIOS[name][1] - first[0] / first[1])
        )
    width, height = NANO_RATIOS[ratio]
    scale = _NANO_SCALE[resolution]
    return AceOrder(
        kind="images",
        model=model,
        prompt=_prompt(fields),
        count=_integer(fields, "count", 1, 4, 1),
        width=width * scale,
        height=height * scale,
        base64=False,
        output_format="png",
        alpha=False,
        **_asynchronous(fields),
    )


def _nano_reference(url: str) -> tuple[int, int] | None:
    """Pixels of an inline image, None for a link."""
    if re.match(r"https?://", url):
        return None
    try:
        content = base64.b64decode(
            url.partition(";base64,")[2] if url.startswith("data:image/") else "*", validate=True
        )
        pixels = pixel_size(content)
    except (binascii.Error, UnidentifiedImageError) as error:
        raise Refusal("image_urls must hold http links or data URLs of images.") from error
    if len(content) > 10 * MIB:
        raise Refusal("request entity too large", code="request_too_large", status=413)
    return pixels


def _model(fields: Mapping[str, JsonValue], known: Sequence[str], gone: Sequence[str]) -> str:
    model = fields.get("model")
    if model is None:
        raise Refusal("model is required.")
    if model not in known or model in gone:
        raise Refusal(f"model {model} is not supported.")
    return str(model)


def _only(fields: Mapping[str, JsonValue], allowed: set[str]) -> None:
    for name in fields:
        if name not in allowed:
            raise Refusal(f"unknown field: {name}")


def _prompt(fields: Mapping[str, JsonValue]) -> str:
    prompt = fields.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise Refusal("prompt is required.")
    return prompt


def _size(fields: Mapping[str, JsonValue], model: str) -> tuple[int, int]:
    size = fields.get("size", "auto")
    if not isinstance(size, str) or not re.fullmatch(r"auto|[1-9]\d{0,4}x[1-9]\d{0,4}", size):
        raise Refusal(f"size must be auto or WIDTHxHEIGHT: {size}")
    if model in NANO_MODELS:
        return NANO_RATIOS[{"1792x1024": "16:9", "1024x1792": "9:16"}.get(size, "1:1")]
    fixed = _OLD_SIZES if model in ("gpt-image-1", "gpt-image-1.5") else _DALLE_SIZES.get(model)
    if fixed is not None and size not in fixed:
        raise Refusal(f"size must be one of {', '.join(fixed)}")
    if size == "auto":
        return 1024, 1024
    width, height = (int(edge) for edge in size.split("x"))
    if fixed is None and (
        width % 16
        or height % 16
        or max(width, height) > 3840
        or max(width, height) > 3 * min(width, height)
        or not 655_360 <= width * height <= 8_294_400
    ):
        raise Refusal(f"size {size} is not supported by {model}.")
    return width, height


def _choice(fields: Mapping[str, JsonValue], key: str, allowed: Sequence[str], default: str) -> str:
    value = fields.get(key)
    if value is None:
        return default
    if value not in allowed:
        raise Refusal(f"{key} must be one of {', '.join(allowed)}")
    return str(value)


def _integer(fields: Mapping[str, JsonValue], key: str, low: int, high: int, default: int) -> int:
    value = fields.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refusal(f"{key} must be an integer from {low} to {high}")
    return value
