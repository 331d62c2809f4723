"""Reference images, masks and markup overlays of the OpenAI edit endpoint, in both of its body forms."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from PIL import Image, UnidentifiedImageError

from tests.fakes.images import has_alpha, image_format, pixel_size
from tests.fakes.messages import JsonValue, RecordedRequest
from tests.fakes.multipart import MultipartError, Part
from tests.fakes.openai_rules import MIB, Refusal

_INTEGER_FIELDS = {"n", "output_compression", "partial_images", "frame_count", "frame_duration_ms"}


def multipart_fields(request: RecordedRequest) -> tuple[dict[str, JsonValue], list[bytes]]:
    """The fields of an edit form (numbers and booleans read from their text) and its reference images.

    Raises `Refusal` for a broken form, a wrong file, field name or overlay."""
    try:
        parts = request.parts
    except (MultipartError, UnicodeDecodeError) as error:
        raise Refusal(f"Could not parse multipart form: {error}", code=None) from error
    fields: dict[str, JsonValue] = {}
    for part in parts:
        if part.name in ("image", "image[]"):
            fields[part.name] = fields.get(part.name, 0) + 1
        elif part.filename is not None:
            fields[part.name] = part
        else:
            _add_text_field(fields, part)
    if fields.get("image", 0) > 1:
        message = "Duplicate parameter: 'image'. If you are trying to provide a list, use the array syntax 'image[]'."
        raise Refusal(message, param="image", code="duplicate_parameter")
    files = [part for part in parts if part.name in ("image", "image[]")]
    if not files:
        raise Refusal("Missing required parameter: 'image'.", param="image", code="missing_required_parameter")
    if len(files) > 16 or ("image" in fields) == ("image[]" in fields) or (len(files) == 1) != ("image" in fields):
        raise Refusal("Invalid 'image': one file as 'image' or 2 to 16 files as 'image[]'.", param="image")
    contents = [_checked_file(part, 50 * MIB, ("png", "webp", "jpeg")) for part in files]
    for name, limit in (("mask", 4 * MIB), ("markup", 50 * MIB)):
        if name in fields:
            _check_overlay(fields[name], name, limit, contents[0])
    return fields, contents


def _add_text_field(fields: dict[str, JsonValue], part: Part) -> None:
    if part.name in fields:
        raise Refusal(f"Duplicate parameter: '{part.name}'.", param=part.name, code="duplicate_parameter")
    text = part.text
    if part.name.startswith("svg["):
        svg = fields.setdefault("svg", {})
        if part.name == "svg[model]":
            svg["model"] = text
        elif part.name == "svg[reasoning][effort]":
            svg["reasoning"] = {"effort": text}
        else:
            raise Refusal(f"Unknown parameter: '{part.name}'.", param=part.name, code="unknown_parameter")
    elif part.name in _INTEGER_FIELDS and text.isdecimal():
        fields[part.name] = int(text)
    elif part.name == "stream" and text in ("true", "false"):
        fields[part.name] = text == "true"
    else:
        fields[part.name] = text


def _checked_file(part: Part, limit_bytes: int, formats: Sequence[str]) -> bytes:
    name = part.name.removesuffix("[]")
    if part.filename is None:
        raise Refusal(f"Invalid type for '{name}': expected a file.", param=name, code="invalid_type")
    if len(part.content) >= limit_bytes:
        raise Refusal(f"Invalid '{name}': file exceeds {limit_bytes // MIB} MB.", param=name, code="image_too_large")
    try:
        found = image_format(part.content)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise Refusal("Invalid image file or mode for image.", param=name, code="invalid_image_file") from error
    declared = (part.content_type or "").removeprefix("image/").replace("jpg", "jpeg")
    if found not in formats or declared != found:
        message = f"Invalid file '{name}': unsupported mimetype ('{part.content_type}')."
        raise Refusal(message, param=name, code="unsupported_file_mimetype")
    return part.content


def _check_overlay(part: JsonValue, name: str, limit_bytes: int, first_image: bytes) -> None:
    if not isinstance(part, Part):
        raise Refusal(f"Invalid type for '{name}': expected a file.", param=name, code="invalid_type")
    content = _checked_file(part, limit_bytes, ("png",))
    if not has_alpha(content):
        raise Refusal(f"Invalid {name} image format - {name} must have an alpha channel.", param=name)
    if pixel_size(content) != pixel_size(first_image):
        message = f"Invalid {name} image format - {name} size does not match image size."
        raise Refusal(message, param=name, code=f"invalid_{name}_image_format")


def json_images(fields: dict[str, JsonValue]) -> list[bytes]:
    """The reference images of the JSON form of an edit; empty bytes stand for links and file ids."""
    images = fields.get("images")
    if not isinstance(images, list) or not 1 <= len(images) <= 16:
        raise Refusal("Invalid 'images': expected 1 to 16 items.", param="images", code="invalid_type")
    contents = [_json_image(item, f"images[{index}]") for index, item in enumerate(images)]
    if fields.get("mask") is not None:
        _json_image(fields["mask"], "mask")
    return contents


def _json_image(item: JsonValue, param: str) -> bytes:
    if not isinstance(item, dict) or len(item) != 1 or not set(item) <= {"image_url", "file_id"}:
        raise Refusal(f"Invalid '{param}': expected exactly one of image_url, file_id.", param=param)
    url = str(item.get("image_url", ""))
    if "file_id" in item or url.startswith("https://"):
        return b""
    prefix, comma, encoded = url.partition(";base64,")
    if not comma or not prefix.startswith("data:image/") or len(url) > 20_971_520:
        raise Refusal(f"Invalid '{param}.image_url': expected an https or data URL.", param=param)
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise Refusal(f"Invalid base64 in '{param}.image_url'.", param=param) from error
