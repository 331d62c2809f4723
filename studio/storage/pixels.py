"""The one place in storage that opens images. Pillow reads, so that every format a provider sends can be shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageFile, ImageOps

from studio.domain.assets import ImageFacts
from studio.domain.words import REASON_WORDS
from studio.storage.wholeness import CUT_OFF, DAMAGED, NotAnImage, Structure, read_structure

PIXELS_MAX = 200_000_000
"""14 000 x 14 000: above what any provider draws, below what would fill the memory."""

FRAMES_MAX = 10_000
DECODE_TO_CHECK_MAX_PX = 24_000_000
"""References up to this size (6000 x 4000) are decoded once before anybody is paid for reading them."""

TOO_MANY_PIXELS = f"it has more than {PIXELS_MAX // 1_000_000} million pixels"

Image.MAX_IMAGE_PIXELS = PIXELS_MAX
ImageFile.LOAD_TRUNCATED_IMAGES = False

_PILLOW_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/avif": "AVIF",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}
_HAS_NO_END_MARK = ("image/tiff", "image/bmp")


def read_facts(content: bytes, *, decode: bool = False) -> ImageFacts:
    """What the bytes say, and proof that they are whole. `decode` also reads every pixel of images of ordinary size.

    Width and height are as shown, so with the rotation that a camera noted. Raises NotAnImage."""
    structure = read_structure(content)
    if structure.media_type == "image/svg+xml":
        return _drawing_facts(content)
    if structure.frame_count > FRAMES_MAX:
        raise NotAnImage(DAMAGED)
    with open_image(content, structure) as image:
        width, height = image.size
        # The base class: the one for PNG would decode all pixels first, to look behind them too.
        exif = Image.Image.getexif(image)
        if exif.get(0x0112, 1) in (5, 6, 7, 8):
            width, height = height, width
        facts = ImageFacts(
            media_type=structure.media_type,
            width=width,
            height=height,
            size_bytes=len(content),
            has_alpha=has_alpha(image),
            colour_profile=_profile_name(image.info.get("icc_profile")),
            frame_count=_frame_count(image, structure),
            has_c2pa=structure.has_c2pa or (structure.media_type == "image/tiff" and 0xCD41 in exif),
        )
        if structure.media_type in _HAS_NO_END_MARK or (decode and width * height <= DECODE_TO_CHECK_MAX_PX):
            image.load()
    return facts


@contextmanager
def open_image(content: bytes, structure: Structure | None = None) -> Iterator[Image.Image]:
    """An image to read pixels from; Pillow's errors about hostile or broken bytes come out as NotAnImage."""
    structure = structure or read_structure(content)
    pillow_format = _PILLOW_FORMATS.get(structure.media_type)
    if pillow_format is None:
        raise NotAnImage("a drawing has no pixels")
    try:
        with Image.open(io.BytesIO(content), formats=[pillow_format]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise NotAnImage(TOO_MANY_PIXELS)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAnImage(TOO_MANY_PIXELS) from error
    except MemoryError as error:
        raise NotAnImage(REASON_WORDS["no_memory"]) from error
    except NotAnImage:
        raise
    except Exception as error:
        raise NotAnImage(CUT_OFF if "truncated" in str(error).lower() else DAMAGED) from error


def embedded_prompt(content: bytes) -> str | None:
    """The words that another program wrote into its image; None when there are none. Never raises.

    Reads ``parameters`` as the Stable Diffusion web UI writes it, and the descriptions of PNG and EXIF."""
    try:
        with open_image(content) as image:
            exif = Image.Image.getexif(image)
            comment = exif.get_ifd(0x8769).get(0x9286)
            texts = (
                image.info.get("parameters"),
                _comment_text(comment),
                image.info.get("Description"),
                exif.get(0x010E),
            )
    except NotAnImage:
        return None
    for text in texts:
        if isinstance(text, str) and (words := re.split(r"\n(?:Negative prompt|Steps): ", text)[0].strip()):
            return words
    return None


def _comment_text(comment: object) -> str | None:
    """EXIF 2.32: eight bytes name the encoding, the text follows."""
    if not isinstance(comment, bytes):
        return None
    encoding = {b"UNICODE\0": "utf-16-be", b"ASCII\0\0\0": "ascii"}.get(comment[:8])
    return comment[8:].decode(encoding, "replace") if encoding else None


def has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info


def _frame_count(image: Image.Image, structure: Structure) -> int:
    if structure.media_type in ("image/avif", "image/tiff"):
        return min(int(getattr(image, "n_frames", 1)), FRAMES_MAX)
    return structure.frame_count


def _profile_name(profile: bytes | None) -> str | None:
    if not profile:
        return None
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip() or "unnamed"
    except (ImageCms.PyCMSError, OSError):
        return "unreadable"


def _drawing_facts(content: bytes) -> ImageFacts:
    """A drawing (SVG) is kept and never rendered; its size is what its root element says."""
    # Drawings are rare, and XML takes longer to load than everything else here.
    import defusedxml.ElementTree

    try:
        root = defusedxml.ElementTree.fromstring(content, forbid_dtd=False)
    except (defusedxml.ElementTree.ParseError, defusedxml.DefusedXmlException, ValueError, LookupError) as error:
        raise NotAnImage(DAMAGED) from error
    if root.tag.rpartition("}")[2] != "svg":
        raise NotAnImage(DAMAGED)
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = [_length(root.get(name)) or _length(box[place] if len(box) == 4 else None) for name, place in _SIDES]
    width, height = (side or 1 for side in sides)
    return ImageFacts(media_type="image/svg+xml", width=width, height=height, size_bytes=len(content), has_alpha=True)


_SIDES = (("width", 2), ("height", 3))


def _length(text: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,6})(\.\d{1,9})?\s*(px)?\s*", text or "")
    return max(1, int(found[1])) if found else None


def to_srgb(image: Image.Image) -> Image.Image:
    """An RGB or RGBA image in sRGB, upright, 8 bits a channel; untagged pixels count as sRGB."""
    profile, alpha = image.info.get("icc_profile"), has_alpha(image)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("I", "I;16", "I;16L", "I;16B", "F"):
        upright = _to_eight_bits(upright)
    if profile and upright.mode in ("RGB", "RGBA", "CMYK", "L"):
        converted = _convert(upright, profile)
        if converted is not None:
            return converted
    return upright.convert("RGBA" if alpha else "RGB")


def _to_eight_bits(image: Image.Image) -> Image.Image:
    factor = 255 / 65535 if image.mode != "F" else 255
    return image.convert("F").point(lambda value: value * factor).convert("L")


def _convert(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None  # a profile that does not fit its pixels: shown as sRGB, as browsers do


_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
