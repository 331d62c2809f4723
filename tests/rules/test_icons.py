"""No icon is carried along for nothing: each is used somewhere, or has its use in the interface specification."""

from __future__ import annotations

import re

from tests.rules.tree import PROJECT, python_files

# From section 10 of the interface specification, which fixes the meaning of each.
SPECIFIED = {
    "archive-restore", "arrow-down", "arrow-down-wide-narrow", "arrow-left-right", "arrow-right", "ban", "bell",
    "book-open", "boxes", "braces", "check", "chevron-down", "chevron-right", "chevrons-left-right", "circle-check",
    "circle-question-mark", "clock", "columns-2", "contrast", "copy", "copy-plus", "corner-up-left", "dice-5",
    "diff", "download", "ellipsis", "external-link", "eye", "eye-off", "folder", "folder-open", "hard-drive",
    "history", "hourglass", "image", "image-plus", "info", "key-round", "keyboard", "languages", "layers-2",
    "layout-grid", "link-2", "list", "list-plus", "lock", "lock-open", "maximize-2", "menu", "message-square-text",
    "minus", "panel-left", "panel-right", "pencil", "plug", "plus", "repeat-2", "rows-3", "search",
    "separator-vertical", "settings", "shield-alert", "shuffle", "star", "trash-2", "undo-2", "unplug", "wallet", "x",
}  # fmt: skip


def unused(names: set[str], source: str) -> set[str]:
    """Icons that neither the source names in quotes nor the specification lists."""
    written = set(re.findall(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""", source))
    return names - written - SPECIFIED


def test_every_icon_is_used_or_specified() -> None:
    bundled = {path.stem for path in (PROJECT / "resources" / "icons").glob("*.svg")}
    source = "\n".join(path.read_text(encoding="utf-8") for path in python_files(PROJECT / "studio"))
    assert len(bundled) > 60
    assert unused(bundled, source) == set()
    assert unused({"pause", "zoom-in", "braces"}, 'icon_name="pause"') == {"zoom-in"}
