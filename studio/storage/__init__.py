"""A workspace on disk: journal, archive and ledger of `domain.ports`, and the library for window and command line.

    workspace = await open_workspace(folder, cache_folder=..., clock=..., rates={"CNY": Decimal("0.14")})
    workspace.journal, workspace.archive, workspace.ledger   # the engine's ports
    workspace.library                                        # windowed reading
    await workspace.close()

Every method may be awaited on any running event loop: SQLite and files are worked on by threads of our own."""

from __future__ import annotations

from studio.storage.library import EVERYTHING, Library, RunPage
from studio.storage.query import LibraryQuery, Sort, TileState
from studio.storage.sweep import SweepProgress, SweepReport
from studio.storage.workspace import Workspace, open_workspace

__all__ = [
    "EVERYTHING",
    "Library",
    "LibraryQuery",
    "RunPage",
    "Sort",
    "SweepProgress",
    "SweepReport",
    "TileState",
    "Workspace",
    "open_workspace",
]
