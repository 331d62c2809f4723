"""What each Gemini image model accepts, as data, and the reader of a generateContent request; raises `Refusal`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import UnidentifiedImageError

from tests.fakes.images import pixel_size
from tests.fakes.messages import JsonValue

REQUEST_LIMIT_BYTES = 20 * 1024 * 1024
_INT32 = 2**31


class Refusal(Exception):
    """The API's own error, in the form of google.rpc.Status."""

    def __init__(
        self, message: str, *, field: str = "", code: int = 400, status: str = "INVALID_ARGUMENT", reason: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.field, self.code, self.status, self.reason = message, field, code, status, reason


_TEN = {
    "1:1": (1024, 1024),
    "2:3": (848, 1264),
    "3:2": (1264, 848),
    "3:4": (896, 1200),
    "4:3": (1200, 896),
    "4:5": (928, 1152),
    "5:4": (1152, 928),
    "9:16": (768, 1376),
    "16:9": (1376, 768),
    "21:9": (1584, 672),
}
_FOURTEEN = _TEN | {"1:4": (512, 2048), "4:1": (2048, 512), "1:8": (384, 3072), "8:1": (3072, 384)}
_OLD_TEN = {
    "1:1": (1024, 1024),
    "2:3": (832, 1248),
    "3:2": (1248, 832),
    "3:4": (864, 1184),
    "4:3": (1184, 864),
    "4:5": (896, 1152),
    "5:4": (1152, 896),
    "9:16": (768, 1344),
    "16:9": (1344, 768),
    "21:9": (1536, 672),
}
_SCALE = {"512": 0.5, "1K": 1, "2K": 2, "4K": 4}


@dataclass(frozen=True, slots=True)
class GeminiModel:
    """`tokens`: output tokens of one image per size class; its keys are the classes that `imageSize` takes.

    `ratios`: pixels at 1K. `levels`: thinking levels, empty for a model that does not think."""

    ratios: Mapping[str, tuple[int, int]]
    tokens: Mapping[str, int]
    references: int
    levels: tuple[str, ...]
    media_type: str = "image/jpeg"
    has_size: bool = True
    default_thinks: bool = True


MODELS: dict[str, GeminiModel] = {
    "gemini-nano-banana-2.1": GeminiModel(
        _FOURTEEN, {"1K": 1120, "2K": 1680, "4K": 2520}, 14, ("MINIMAL", "MEDIUM", "HIGH")
    ),
    "gemini-3-pro-image": GeminiModel(_TEN, {"1K": 1120, "2K": 1120, "4K": 2000}, 14, ("LOW", "MEDIUM", "HIGH")),
    "gemini-3.1-flash-lite-image": GeminiModel(_FOURTEEN, {"1K": 1120}, 14, ("MINIMAL", "HIGH"), default_thinks=False),
    "gemini-3.1-flash-image": GeminiModel(
        _FOURTEEN,
        {"512": 747, "1K": 1120, "2K": 1680, "4K": 2520},
        14,
        ("MINIMAL", "HIGH"),
        default_thinks=False,
    ),
    "gemini-2.5-flash-image": GeminiModel(
        _OLD_TEN, {"1K": 1290}, 3, (), media_type="image/png", has_size=False, default_thinks=False
    ),
}


@dataclass(frozen=True, slots=True)
class GeminiOrder:
    """A request that passed every rule, defaults filled in."""

    model: str
    rules: GeminiModel
    prompt: str
    width: int
    height: int
    image_tokens: int
    wants_text: bool
    wants_image: bool
    seed: int | None
    thinks: bool
    shows_thoughts: bool
    references: int


def camel_case(name: str) -> str:
    """`aspect_ratio` as `aspectRatio`: the API reads both spellings of every name."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def camel_cased(value: JsonValue) -> JsonValue:
    """JSON with all its names in camelCase, as the API itself reads it."""
    if isinstance(value, Mapping):
        return {camel_case(key): camel_cased(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [camel_cased(inner) for inner in value]
    return value


def read_order(model: str, rules: GeminiModel, body: JsonValue) -> GeminiOrder:
    """Check a generateContent body against the model's row. Raises `Refusal`."""
    fields = _object(camel_cased(body), "", {"contents", "generationConfig", "safetySettings", "systemInstruction"})
    prompt, references = _contents(fields.get("contents"), rules)
    if "systemInstruction" in fields:
        instruction = _object(fields["systemInstruction"], "system_instruction", {"parts", "role"})
        _parts(instruction.get("parts"), rules)
    _check_safety(fields.get("safetySettings", []))
    known = {
        "responseModalities",
        "imageConfig",
        "seed",
        "thinkingConfig",
        "candidateCount",
        "temperature",
        "topP",
        "topK",
    }
    config = _object(fields.get("generationConfig", {}), "generation_config", known)
    if config.get("candidateCount", 1) != 1:
        raise Refusal("Multiple candidates is not enabled for this model", field="candidate_count")
    seed = config.get("seed")
    if seed is not None and (isinstance(seed, bool) or not isinstance(seed, int) or not -_INT32 <= seed < _INT32):
        raise Refusal("Invalid value at 'generation_config.seed' (TYPE_INT32)", field="generation_config.seed")
    modalities = config.get("responseModalities", ["TEXT", "IMAGE"])
    if not isinstance(modalities, list) or not modalities or not set(modalities) <= {"TEXT", "IMAGE"}:
        raise Refusal("The requested combination of response modalities is not supported by the model.")
    thinks, shows = _thinking(config, rules)
    width, height, size = _size(config, rules, references)
    return GeminiOrder(
        model=model,
        rules=rules,
        prompt=prompt,
        width=width,
        height=height,
        image_tokens=rules.tokens[size],
        wants_text="TEXT" in modalities,
        wants_image="IMAGE" in modalities,
        seed=seed,
        thinks=thinks,
        shows_thoughts=shows,
        references=len(references),
    )


def _object(value: JsonValue, where: str, allowed: set[str]) -> Mapping[str, JsonValue]:
    if not isinstance(value, Mapping):
        raise Refusal(f"Invalid value at '{where}': expected an object.", field=where)
    for key in value:
        if key not in allowed:
            place = f" at '{where}'" if where else ""
            message = f'Invalid JSON payload received. Unknown name "{key}"{place}: Cannot find field.'
            raise Refusal(message, field=where)
    return value


def _contents(contents: JsonValue, rules: GeminiModel) -> tuple[str, list[bytes]]:
    if not isinstance(contents, list) or not contents:
        raise Refusal("* GenerateContentRequest.contents: contents is not specified", field="contents")
    texts: list[str] = []
    images: list[bytes] = []
    for content in contents:
        inner = _object(content, "contents[0]", {"role", "parts"})
        if inner.get("role", "user") not in ("user", "model"):
            raise Refusal("Please use a valid role: user, model.", field="contents[0].role")
        found = _parts(inner.get("parts"), rules)
        texts += found[0]
        images += found[1]
    if len(images) > rules.references:
        raise Refusal(f"The model takes at most {rules.references} images.", field="contents")
    if not "".join(texts).strip():
        raise Refusal("Unable to submit request because it must have a text parameter.", field="contents")
    return "\n".join(texts), images


def _parts(parts: JsonValue, rules: GeminiModel) -> tuple[list[str], list[bytes]]:
    if not isinstance(parts, list) or not parts:
        raise Refusal("* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.")
    texts: list[str] = []
    images: list[bytes] = []
    for part in parts:
        kinds = _object(part, "contents[0].parts[0]", {"text", "inlineData", "fileData", "thoughtSignature"})
        if len({"text", "inlineData", "fileData"} & set(kinds)) != 1:
            raise Refusal("Each part must have exactly one of text, inline_data, file_data.", field="contents")
        if "text" in kinds:
            texts.append(str(kinds["text"]))
        elif "inlineData" in kinds:
            images.append(_inline(_object(kinds["inlineData"], "inline_data", {"mimeType", "data"})))
        else:
            _object(kinds["fileData"], "file_data", {"mimeType", "fileUri"})
            images.append(b"")
    return texts, images


def _inline(data: Mapping[str, JsonValue]) -> bytes:
    kind = data.get("mimeType")
    if kind not in ("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"):
        raise Refusal(f"Unsupported MIME type: {kind}", field="inline_data.mime_type")
    try:
        # JSON of protocol buffers reads both alphabets; the official package sends the one for URLs.
        standard = str(data.get("data", "")).replace("-", "+").replace("_", "/")
        content = base64.b64decode(standard, validate=True)
        pixel_size(content)
    except (binascii.Error, UnidentifiedImageError) as error:
        message = (
            "Provided image is not valid." if isinstance(error, UnidentifiedImageError) else "Base64 decoding failed"
        )
        raise Refusal(message, field="inline_data.data") from error
    return content


def _check_safety(settings: JsonValue) -> None:
    categories = {"HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"}
    thresholds = {"OFF", "BLOCK_NONE", "BLOCK_ONLY_HIGH", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_LOW_AND_ABOVE"}
    if not isinstance(settings, list):
        raise Refusal("Invalid value at 'safety_settings'.", field="safety_settings")
    for setting in settings:
        entry = _object(setting, "safety_settings[0]", {"category", "threshold"})
        category = str(entry.get("category", "")).removeprefix("HARM_CATEGORY_")
        if category not in categories or entry.get("threshold") not in thresholds:
            raise Refusal("Invalid value at 'safety_settings[0]' (ENUM)", field="safety_settings")


def _thinking(config: Mapping[str, JsonValue], rules: GeminiModel) -> tuple[bool, bool]:
    if "thinkingConfig" not in config:
        return rules.default_thinks, False
    if not rules.levels:
        raise Refusal("Thinking is not enabled for this model.", field="generation_config.thinking_config")
    thinking = _object(
        config["thinkingConfig"], "generation_config.thinking_config", {"thinkingLevel", "includeThoughts"}
    )
    level = str(thinking.get("thinkingLevel", rules.levels[-1])).upper()
    if level not in rules.levels:
        raise Refusal(
            f"Thinking level {level} is not supported for this model.", field="generation_config.thinking_config"
        )
    shows = thinking.get("includeThoughts", False)
    if not isinstance(shows, bool):
        raise Refusal("Invalid value at 'include_thoughts' (TYPE_BOOL)", field="generation_config.thinking_config")
    return level != "MINIMAL", shows and level != "MINIMAL"


def _size(config: Mapping[str, JsonValue], rules: GeminiModel, references: Sequence[bytes]) -> tuple[int, int, str]:
    image = _object(config.get("imageConfig", {}), "generation_config.image_config", {"aspectRatio", "imageSize"})
    ratio, size = image.get("aspectRatio"), image.get("imageSize", "1K")
    if "imageSize" in image and (not rules.has_size or size not in rules.tokens):
        raise Refusal(
            f"Image size {size} is not supported for this model.", field="generation_config.image_config.image_size"
        )
    if ratio is not None and ratio not in rules.ratios:
        message = f"Aspect ratio {ratio} is not supported for this model."
        raise Refusal(message, field="generation_config.image_config.aspect_ratio")
    if ratio is None:
        known = pixel_size(references[0]) if references and references[0] else (1, 1)
        ratio = min(rules.ratios, key=lambda name: abs(_quotient(rules.ratios[name]) - _quotient(known)))
    width, height = rules.ratios[ratio]
    scale = _SCALE[size]
    return round(width * scale), round(height * scale), size


def _quotient(size: tuple[int, int]) -> float:
    return size[0] / size[1]
