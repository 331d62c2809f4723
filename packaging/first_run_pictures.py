"""Paints the pictures of the first-run page from the prompts that stand under them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WIDTH_PX, HEIGHT_PX = 720, 480


def main() -> int:
    """Writes resources/first_run/*.webp."""
    from studio.painting import PaintStyle, PaintWish, paint
    from studio.ui.window.first_run import EXAMPLES

    folder = ROOT / "resources" / "first_run"
    folder.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        wish = PaintWish(
            prompt=example.prompt,
            seed=example.seed or 0,
            width=WIDTH_PX,
            height=HEIGHT_PX,
            paint_style=PaintStyle(example.model),
        )
        paint(wish).save(folder / example.picture, quality=86, method=6)
        print(f"{example.picture}: {(folder / example.picture).stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
