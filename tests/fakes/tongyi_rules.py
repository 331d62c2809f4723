"""Reading a DashScope image request: shape, path and values against the model's row; raises `Refusal`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import UnidentifiedImageError

from tests.fakes.images import has_alpha, image_format, pixel_size
from tests.fakes.messages import JsonValue
from tests.fakes.tongyi_models import (
    EDIT_FUNCTIONS,
    EDIT_MODEL,
    IMAGE2IMAGE,
    MESSAGES_ASYNC,
    MODELS,
    REPAINT_MODEL,
    SYNC,
    WANX_V1_STYLES,
    ReferenceRule,
    SizeRule,
    TongyiModel,
)

SEED_LIMIT = 2_147_483_647
MIB = 1024 * 1024


class Refusal(Exception):
    """The API's own error: a flat body of `code` and `message`."""

    def __init__(self, message: str, *, code: str = "InvalidParameter", status: int = 400) -> None:
        super().__init__(message)
        self.message, self.code, self.status = message, code, status


@dataclass(frozen=True, slots=True)
class TongyiOrder:
    """A request that passed every rule, defaults filled in (`count` is what will be billed)."""

    model: str
    rules: TongyiModel
    has_messages: bool
    prompt: str
    negative_prompt: str | None
    count: int
    width: int
    height: int
    seed: int | None
    prompt_extend: bool
    watermark: bool
    interleave: bool


def read_order(
    path: str, body: JsonValue, *, asynchronous: bool, region: str | None, resolves_oss: bool
) -> TongyiOrder:
    """Check a submit. `path` is what follows `/services/aigc/`. Raises `Refusal`."""
    _only("body", body, {"model", "input", "parameters"})
    rules = _model(body.get("model"), path, asynchronous=asynchronous, region=region)
    name, inputs, parameters = str(body["model"]), body.get("input"), body.get("parameters") or {}
    _only("input", inputs, _input_fields(name, rules, path))
    _only("parameters", parameters, _parameter_fields(name, rules, inputs, path))
    prompt, references = _contents(name, rules, inputs)
    sources = [_Reference(value, rules.references, resolves_oss=resolves_oss) for value in references]
    interleave = _boolean(parameters, "enable_interleave", default=False)
    _check_reference_count(name, rules, sources, interleave=interleave)
    _check_special(name, inputs, parameters, has_references=bool(sources))
    count = _count(name, rules, parameters, interleave=interleave)
    width, height = _size(name, rules, parameters, [source.pixels() for source in sources], interleave=interleave)
    negative = inputs.get("negative_prompt") or parameters.get("negative_prompt")
    return TongyiOrder(
        model=name,
        rules=rules,
        has_messages="messages" in inputs,
        prompt=prompt[: rules.prompt_limit],
        negative_prompt=str(negative)[:500] if negative else None,
        count=count,
        width=width,
        height=height,
        seed=_integer(parameters, "seed", 0, SEED_LIMIT),
        prompt_extend=_boolean(parameters, "prompt_extend", default=name != "z-image-turbo"),
        watermark=_boolean(parameters, "watermark", default=False),
        interleave=interleave,
    )


def _only(where: str, value: JsonValue, allowed: set[str]) -> None:
    if not isinstance(value, Mapping):
        raise Refusal(f"Required {where} is missing or is not an object.")
    for key in value:
        if key not in allowed:
            raise Refusal(f"Unknown field in {where}: {key}")


def _model(name: JsonValue, path: str, *, asynchronous: bool, region: str | None) -> TongyiModel:
    rules = MODELS.get(name) if isinstance(name, str) else None
    if rules is None:
        raise Refusal("Model not exist.")
    if region is not None and region not in rules.regions:
        raise Refusal(f"The model {name} is not available in this region.", code="ModelNotFound", status=404)
    if path not in rules.paths:
        raise Refusal("url error, please check url!")
    if path == SYNC and asynchronous:
        message = "current user api does not support asynchronous calls."
        raise Refusal(message, code="AccessDenied", status=403)
    if path != SYNC and not asynchronous:
        message = "current user api does not support synchronous calls."
        raise Refusal(message, code="AccessDenied", status=403)
    return rules


def _input_fields(name: str, rules: TongyiModel, path: str) -> set[str]:
    if name == REPAINT_MODEL:
        return {"image_url", "style_index", "style_ref_url"}
    if name == EDIT_MODEL:
        return {"function", "prompt", "base_image_url", "mask_image_url"}
    if path in (SYNC, MESSAGES_ASYNC):
        return {"messages"}
    fields = {"prompt"} | ({"negative_prompt"} if rules.negative else set())
    if path == IMAGE2IMAGE:
        fields |= {"images"}
    return fields | ({"ref_img"} if name == "wanx-v1" else set())


def _parameter_fields(name: str, rules: TongyiModel, inputs: Mapping[str, JsonValue], path: str) -> set[str]:
    # dashscope 2.0.2 sends `is_async` by accident with every asynchronous messages call, and it is let through.
    fields = set(rules.parameters) | ({"is_async"} if path == MESSAGES_ASYNC else set())
    if rules.negative and "messages" in inputs:
        fields |= {"negative_prompt"}
    if name == EDIT_MODEL:
        function = inputs.get("function")
        if function not in EDIT_FUNCTIONS:
            raise Refusal(f"input.function is invalid: {function}")
        fields |= EDIT_FUNCTIONS[function]
        if (function == "description_edit_with_mask") != ("mask_image_url" in inputs):
            raise Refusal("input.mask_image_url goes with description_edit_with_mask.")
    return fields


def _contents(name: str, rules: TongyiModel, inputs: Mapping[str, JsonValue]) -> tuple[str, list[str]]:
    """The prompt and the reference images in their order."""
    if "messages" in inputs:
        return _message_contents(inputs["messages"])
    if name == REPAINT_MODEL:
        return "", [str(inputs[key]) for key in ("image_url", "style_ref_url") if key in inputs]
    prompt = inputs.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise Refusal("Field required: input.prompt")
    images = inputs.get("images", [])
    if not isinstance(images, list):
        raise Refusal("input.images must be an array.")
    singles = [inputs[key] for key in ("base_image_url", "ref_img") if key in inputs]
    return prompt, [str(image) for image in (*images, *singles)]


def _message_contents(messages: JsonValue) -> tuple[str, list[str]]:
    if not isinstance(messages, list) or len(messages) != 1 or not isinstance(messages[0], Mapping):
        raise Refusal("input.messages must hold exactly one message.")
    _only("input.messages[0]", messages[0], {"role", "content"})
    content = messages[0].get("content")
    if messages[0].get("role") != "user" or not isinstance(content, list):
        raise Refusal("input.messages[0] must have the role user and a list as its content.")
    texts: list[str] = []
    images: list[str] = []
    for part in content:
        if not isinstance(part, Mapping) or len(part) != 1 or not set(part) <= {"text", "image"}:
            raise Refusal("Each content part must be exactly one of text, image.")
        (texts if "text" in part else images).append(str(next(iter(part.values()))))
    if len(texts) != 1 or not texts[0]:
        raise Refusal("Exactly one text part is required.")
    return texts[0], images


class _Reference:
    """One input image as the vendor would take it: data URI, public link or uploaded `oss://` object."""

    def __init__(self, value: str, rule: ReferenceRule, *, resolves_oss: bool) -> None:
        self.content: bytes | None = None
        if value.startswith("oss://"):
            if not resolves_oss:
                raise Refusal("The provided URL does not appear to be valid.", code="InvalidURL")
        elif value.startswith("data:"):
            self.content = self._decoded(value)
            self._check(rule)
        elif not re.fullmatch(r"https?://[!-~]+", value):
            raise Refusal("The provided URL does not appear to be valid.", code="InvalidURL")

    @staticmethod
    def _decoded(value: str) -> bytes:
        found = re.match(r"data:image/[a-z.+-]+;base64,", value)
        try:
            return base64.b64decode(value[found.end() :] if found else "*", validate=True)
        except binascii.Error as error:
            raise Refusal("The image data is not valid base64.", code="InvalidImageFormat") from error

    def _check(self, rule: ReferenceRule) -> None:
        assert self.content is not None
        try:
            known, (width, height) = image_format(self.content), pixel_size(self.content)
        except UnidentifiedImageError as error:
            raise Refusal("The image cannot be decoded.", code="InvalidImageFormat") from error
        if known not in rule.formats or (has_alpha(self.content) and not rule.alpha):
            raise Refusal(f"The image format is not supported: {known}", code="InvalidImageFormat")
        short, long = sorted((width, height))
        if short < rule.sides[0] or long > rule.sides[1] or long > short * rule.ratio:
            message = f"The image resolution is invalid: {width}x{height}"
            raise Refusal(message, code="InvalidImageResolution")
        if len(self.content) > rule.size_mb * MIB:
            raise Refusal("The image size exceeds the limit.", code="InvalidParameter.DataInspection")

    def pixels(self) -> tuple[int, int] | None:
        """Width and height where the fake can know them (inline data), else None."""
        return pixel_size(self.content) if self.content is not None else None


def _check_reference_count(
    name: str, rules: TongyiModel, references: Sequence[_Reference], *, interleave: bool
) -> None:
    fewest, most = rules.references.fewest, rules.references.most
    if name == "wan2.6-image":
        fewest, most = (0, 1) if interleave else (1, 4)
    if not fewest <= len(references) <= most:
        raise Refusal(f"The number of input images must be between {fewest} and {most}.")


def _check_special(
    name: str, inputs: Mapping[str, JsonValue], parameters: Mapping[str, JsonValue], *, has_references: bool
) -> None:
    """Rules of single models that fit in no column."""
    mode = parameters.get("prompt_extend_mode", "direct")
    if mode not in ("direct", "agent") or (mode == "agent" and has_references):
        raise Refusal("prompt_extend_mode is invalid: agent takes no images.")
    if parameters.get("style", "<auto>") not in WANX_V1_STYLES:
        raise Refusal("parameters.style is invalid.")
    if parameters.get("ref_mode", "repaint") not in ("repaint", "refonly"):
        raise Refusal("parameters.ref_mode is invalid.")
    palette = parameters.get("color_palette")
    if palette is not None and not (isinstance(palette, list) and 3 <= len(palette) <= 10):
        raise Refusal("parameters.color_palette must have 3 to 10 items.")
    for key in ("strength", "ref_strength"):
        value = parameters.get(key, 0.5)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise Refusal(f"parameters.{key} must be between 0 and 1.")
    _integer(parameters, "upscale_factor", 1, 4)
    if name == REPAINT_MODEL:
        index = inputs.get("style_index")
        known = {-1, *range(10), 14, 15, *range(30, 41)}
        if index not in known or (index == -1) != ("style_ref_url" in inputs):
            raise Refusal("input.style_index is invalid.")


def _count(name: str, rules: TongyiModel, parameters: Mapping[str, JsonValue], *, interleave: bool) -> int:
    fewest, most, default = rules.counts
    if interleave:
        _integer(parameters, "n", 1, 1)
        return _integer(parameters, "max_images", 1, 5) or 5
    if _boolean(parameters, "enable_sequential", default=False):
        most = default = 12
    if most == 1 and parameters.get("n", 1) != 1:
        raise Refusal("num_images_per_prompt must be 1")
    return _integer(parameters, "n", fewest, most) or default


def _size(
    name: str,
    rules: TongyiModel,
    parameters: Mapping[str, JsonValue],
    references: Sequence[tuple[int, int] | None],
    *,
    interleave: bool,
) -> tuple[int, int]:
    last = references[-1] if references else None
    if rules.size is None:
        width, height = last or (1024, 1024)
        if name != REPAINT_MODEL:
            return width, height
        scale = 1536 / min(width, height)
        return round(width * scale), round(height * scale)
    size = parameters.get("size")
    if size is None:
        return last if rules.size.follows_reference and last else rules.size.default
    if not isinstance(size, str):
        raise Refusal("parameters.size must be a string.")
    rule = SizeRule((1280, 1280), area_sides=(768, 1280), ratio=4) if interleave else rules.size
    pixels = _pixels(size, rule, last)
    big = pixels[0] * pixels[1] > 2048 * 2048
    if name == "wan2.7-image-pro" and big and (references or parameters.get("enable_sequential")):
        raise Refusal("Sizes above 2048*2048 are for plain text to image only.")
    return pixels


def _pixels(size: str, rule: SizeRule, last_reference: tuple[int, int] | None) -> tuple[int, int]:
    if size in rule.words:
        edge = rule.words[size]
        width, height = last_reference or (1, 1)
        scale = edge / (width * height) ** 0.5
        return round(width * scale / 16) * 16, round(height * scale / 16) * 16
    if not re.fullmatch(r"[1-9]\d{0,4}\*[1-9]\d{0,4}", size):
        raise Refusal(f"size must be in the form width*height: {size}")
    width, height = (int(edge) for edge in size.split("*"))
    if rule.fixed and size not in rule.fixed:
        raise Refusal(f"size must be one of {', '.join(rule.fixed)}")
    if size in rule.listed or size in rule.fixed:
        return width, height
    low, high = rule.area_sides or (1, 100_000)
    shortest, longest = rule.sides or (1, 100_000)
    in_area = low * low <= width * height <= high * high
    in_sides = shortest <= min(width, height) and max(width, height) <= longest
    in_ratio = max(width, height) <= rule.ratio * min(width, height)
    if not (in_area and in_sides and in_ratio) or width % rule.multiple or height % rule.multiple:
        raise Refusal(f"size is out of range: {size}")
    step = rule.rounds_to
    return round(width / step) * step, round(height / step) * step


def _integer(fields: Mapping[str, JsonValue], key: str, low: int, high: int) -> int | None:
    value = fields.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refusal(f"parameters.{key} must be an integer between {low} and {high}.")
    return value


def _boolean(fields: Mapping[str, JsonValue], key: str, *, default: bool) -> bool:
    value = fields.get(key, default)
    if not isinstance(value, bool):
        raise Refusal(f"parameters.{key} must be a boolean.")
    return value
