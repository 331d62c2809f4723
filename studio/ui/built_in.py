"""Names of what the settings bring along, in the language in force.

Such a name stays English in the settings file, where it is a key; only what is on the screen is translated. What the
user named stays as it is."""

from __future__ import annotations

from studio.ui.translation import translate


def preset_name(name: str) -> str:
    """The name of an export preset as it is shown."""
    names = {
        "Originals": translate("BuiltIn", "Originals", "export preset"),
        "Client review": translate("BuiltIn", "Client review", "export preset"),
        "Archive": translate("BuiltIn", "Archive", "export preset"),
    }
    return names.get(name, name)


def style_name(name: str) -> str:
    """The name of a style as it is shown."""
    names = {
        "Editorial film": translate("BuiltIn", "Editorial film", "style"),
        "Product on white": translate("BuiltIn", "Product on white", "style"),
        "Watercolour": translate("BuiltIn", "Watercolour", "style"),
        "Flat vector": translate("BuiltIn", "Flat vector", "style"),
        "Ink line": translate("BuiltIn", "Ink line", "style"),
    }
    return names.get(name, name)
