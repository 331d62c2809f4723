"""The composer's fields as plain JSON values, and back. What is kept on disk and what Undo brings back is this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.ui.composer.size_section import RATIO_SIZES

if TYPE_CHECKING:
    from studio.domain.assets import Size
    from studio.ui.composer.composer import ComposerPanel

_EMPTY: dict[str, Any] = {
    "prompt": "",
    "negative_prompt": "",
    "size": "1024x1024",
    "style": "",
    "seed": None,
    "seed_locked": False,
    "n": 1,
    "reference_image": [],
    "options": {},
}


def texts_of(panel: ComposerPanel) -> dict[str, Any]:
    """Prompt and negative prompt alone: cheap enough for every key press."""
    return {"prompt": panel.prompt_box.prompt.text(), "negative_prompt": panel.prompt_box.negative.text()}


def fields_of(panel: ComposerPanel) -> dict[str, Any]:
    """Everything needed to show the same composer again; the keys are those of `ComposerState`."""
    wish = panel.wish()
    return {
        "prompt": wish.prompt,
        "negative_prompt": wish.negative_prompt,
        "size": str(wish.size),
        "style": wish.style,
        "seed": wish.seed,
        "seed_locked": panel.seed_section.lock.isChecked(),
        "n": wish.n,
        "reference_image": [reference.model_dump(mode="json") for reference in wish.reference_image],
        "targets": [target.model_dump(mode="json") for target in wish.targets],
        "options": panel.models.all_options(),
    }


def show_all_fields(panel: ComposerPanel, state: Mapping[str, Any]) -> None:
    """Show a whole state; what is missing or cannot be read is at its default, and models stay ticked if none are."""
    given = {name: value for name, value in state.items() if name != "targets" or value}
    show_fields(panel, {**_EMPTY, **given})


def show_fields(panel: ComposerPanel, changes: Mapping[str, Any]) -> None:
    """Show these fields and leave all others as they are."""
    from studio.domain.assets import ReferenceImage, parse_size_wish
    from studio.domain.request import Target

    box, seeds = panel.prompt_box, panel.seed_section
    for name, editor in (("prompt", box.prompt), ("negative_prompt", box.negative)):
        if name in changes:
            editor.change_text(str(changes[name] or ""))
    if "size" in changes:
        try:
            panel.size_section.set_wish(parse_size_wish(str(changes["size"])))
        except ValueError:
            panel.size_section.set_wish("auto")
    if "seed" in changes or "seed_locked" in changes:
        seed = changes["seed"] if "seed" in changes else panel.wish().seed
        locked = bool(changes.get("seed_locked", seeds.lock.isChecked()))
        seeds.set_seed(seed if isinstance(seed, int) else None, locked=locked)
    if "n" in changes:
        seeds.images.set_value(int(changes["n"]))
    if "style" in changes:
        seeds.set_style_words(str(changes["style"] or ""))
    if "reference_image" in changes:
        found = [ReferenceImage.model_validate(one) for one in changes["reference_image"] or ()]
        panel.references.set_references(found)
    if "targets" in changes:
        panel.models.tick([Target.model_validate(one) for one in changes["targets"] or ()])
    if "options" in changes:
        panel.models.set_all_options(dict(changes["options"] or {}))


def size_of_ratio(ratio: str) -> Size | None:
    """The size that the chip of a ratio such as ``4:5`` stands for."""
    from studio.domain.assets import Size

    width, _, height = ratio.partition(":")
    size = RATIO_SIZES.get((int(width), int(height)))
    return Size.of(*size) if size is not None else None
