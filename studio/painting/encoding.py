"""Encodes a painted picture with honest metadata."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from PIL import Image
from PIL.PngImagePlugin import PngInfo

FileFormat = Literal["png", "jpeg", "webp"]

_EXIF_IMAGE_DESCRIPTION: Final = 0x010E
_EXIF_SOFTWARE: Final = 0x0131
_XMP_NAMESPACE: Final = "https://prompt-studio.invalid/ns/demo/1.0/"


def encode(picture: Image.Image, *, file_format: FileFormat, text: Mapping[str, str]) -> bytes:
    """The picture as a file; ``text`` goes into PNG iTXt chunks, or into EXIF and XMP of JPEG and WebP.

    A JPEG has no transparency: a transparent picture is laid on white. Control characters are dropped from the text.

    Raises ValueError for an unknown format.
    """
    notes = {_clean(key)[:79] or "Comment": _clean(value) for key, value in text.items()}
    out = io.BytesIO()
    match file_format:
        case "png":
            info = PngInfo()
            for key, value in notes.items():
                info.add_itxt(_latin(key), value)
            picture.save(out, "PNG", pnginfo=info, compress_level=4)
        case "jpeg":
            _flat(picture).save(out, "JPEG", quality=92, subsampling=0, exif=_exif(notes), xmp=_xmp(notes))
        case "webp":
            picture.save(out, "WEBP", quality=92, method=3, exif=_exif(notes), xmp=_xmp(notes))
        case _:
            raise ValueError(f"unknown file format {file_format!r}")
    return out.getvalue()


def _clean(value: str) -> str:
    """Without control characters and lone surrogates, which neither XML nor UTF-8 can hold."""
    return "".join(
        character
        for character in value
        if character in "\t\n"
        or (character >= " " and not "\ud800" <= character <= "\udfff" and character not in "\ufffe\uffff\x7f")
    )


def _latin(key: str) -> str:
    return key.encode("latin-1", "replace").decode("latin-1")


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGBA":
        sheet = Image.new("RGB", picture.size, (255, 255, 255))
        sheet.paste(picture, (0, 0), picture.getchannel("A"))
        return sheet
    return picture.convert("RGB")


def _exif(notes: Mapping[str, str]) -> bytes:
    exif = Image.Exif()
    exif[_EXIF_SOFTWARE] = notes.get("Software", "Prompt Studio Demo").encode("ascii", "replace").decode("ascii")
    description = notes.get("Description", "")
    if description:
        exif[_EXIF_IMAGE_DESCRIPTION] = description.encode("ascii", "replace").decode("ascii")[:2000]
    return exif.tobytes()


def _xmp(notes: Mapping[str, str]) -> bytes:
    """One XMP packet with every note; JPEG holds at most 65 502 bytes of it, so long notes are shortened."""
    room = 56_000 // max(1, len(notes))
    items = "".join(
        f"<rdf:li>{escape(key)}: {escape(value.encode()[:room].decode('utf-8', 'ignore'))}</rdf:li>"
        for key, value in notes.items()
    )
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:ps="' + _XMP_NAMESPACE + '" '
        f"xmp:CreatorTool={quoteattr(notes.get('Software', 'Prompt Studio Demo'))}>"
        f'<ps:notes><rdf:Bag>{items}</rdf:Bag></ps:notes></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return packet.encode()
