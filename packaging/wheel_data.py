"""Build hook: an installed program finds its data beside its code, a checkout uses the top-level folders themselves."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Folder of the checkout -> folder inside the wheel.
MAPPED_FOLDERS = {"resources": "studio/_resources", "references": "studio/_references"}


class MappedFolders(BuildHookInterface[Any]):
    """Adds the data folders to real wheels only: copies in an editable install would go stale unseen."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before each build; ``version`` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"].update(MAPPED_FOLDERS)
