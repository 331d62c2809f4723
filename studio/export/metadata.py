"""What an exported copy tells about itself: an XMP packet inside, a JSON file beside. No key, no signed link."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from studio import __version__
from studio.domain.jobs import ImageRecord
from studio.export.plan import ExportImage

XMP_MAX_BYTES = 60_000
"""A JPEG segment takes 65,502 bytes; longer prompts are cut, and the sidecar has them whole."""

SIDECAR_SCHEMA = 1

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:studio="urn:prompt-studio:image:1.0/">
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{prompt}</rdf:li></rdf:Alt></dc:description>
{lines}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp_packet(image: ExportImage) -> bytes:
    """UTF-8, at most 60 kB: prompt, model, seed and, after IPTC 2025.1, that and by what system it was made."""
    text = image.record.prompt
    packet = _packet(image, text)
    while len(packet) > XMP_MAX_BYTES:
        over = len(packet) - XMP_MAX_BYTES
        # The prompt stands in the packet twice, and a character takes up to four bytes (five when escaped).
        text = text[: len(text) - max(1, over // 10)]
        packet = _packet(image, text + "…")
    return packet


def _packet(image: ExportImage, prompt: str) -> bytes:
    record, request = image.record, image.run.request
    negative = request.negative_prompt
    asked = f"{prompt}\n\nNegative prompt: {negative}" if negative else prompt
    values = {
        "xmp:CreatorTool": f"Prompt Studio {__version__}",
        "xmp:CreateDate": record.created_at.isoformat(timespec="seconds"),
        "Iptc4xmpExt:DigitalSourceType": _SOURCE_TYPES + source_type(record),
        "Iptc4xmpExt:AISystemUsed": f"{record.provider} {record.model}",
        "Iptc4xmpExt:AIPromptInformation": asked,
        "studio:Provider": record.provider,
        "studio:Model": record.model,
        "studio:Run": str(record.run_id),
        "studio:Seed": "" if record.seed is None else str(record.seed),
    }
    if record.rating:
        values["xmp:Rating"] = str(record.rating)
    lines = [f"   <{name}>{_xml(value)}</{name}>" for name, value in values.items() if value]
    if record.tags:
        bag = "".join(f"<rdf:li>{_xml(tag)}</rdf:li>" for tag in record.tags)
        lines.append(f"   <dc:subject><rdf:Bag>{bag}</rdf:Bag></dc:subject>")
    return _PACKET.format(prompt=_xml(prompt), lines="\n".join(lines)).encode()


def source_type(record: ImageRecord) -> str:
    """IPTC's word for how it came about; the Demo provider paints by rules and has learned from nothing."""
    return "algorithmicMedia" if record.provider == "demo" else "trainedAlgorithmicMedia"


def _xml(text: str) -> str:
    """Escaped, without the control characters that XML 1.0 has no way to write."""
    return escape(
        "".join(one for one in text if one >= " " or one in "\n\t\r").replace("\ufffe", "").replace("\uffff", "")
    )


def sidecar(image: ExportImage, file_name: str, *, altered: bool = False) -> dict[str, Any]:
    """Everything needed to understand or repeat the image, as plain JSON values.

    `altered`: the original on the disk has other bytes than those received, whose hash this tells."""
    record, run, job = image.record, image.run, image.job
    request = run.request.model_dump(mode="json", exclude={"reference_image"})
    request["reference_image"] = [
        {"sha256": one.blob, "name": one.name, "width": one.width, "height": one.height}
        for one in run.request.reference_image
    ]
    return {
        "schema": SIDECAR_SCHEMA,
        "made_by": f"Prompt Studio {__version__}",
        "digital_source_type": source_type(record),
        "file": file_name,
        "original": {
            "sha256": record.blob,
            "media_type": record.facts.media_type,
            "width": record.facts.width,
            "height": record.facts.height,
            "size_bytes": record.facts.size_bytes,
            "altered": altered,
        },
        "provider": record.provider,
        "model": record.model,
        "run": record.run_id,
        "image": record.index + 1,
        "created_at": record.created_at.isoformat(),
        "seed": record.seed,
        "request": request,
        "options": dict(job.target.options) if job else {},
        "revised_prompt": record.revised_prompt,
        "notices": [
            {"field": notice.field, "kind": notice.kind, "message": notice.message}
            for notice in (job.notices if job else ())
        ],
        "cost": job.cost.model_dump(mode="json") if job else None,
        "cost_is_for_images": job.fitted.image_count if job else None,
        "rating": record.rating,
        "tags": list(record.tags),
        "note": record.note,
    }
