"""A workspace on disk: journal, archive and ledger of `domain.ports`, and the library for window and command line.

    workspace = await open_workspace(folder, cache_folder=..., clock=..., rates={"CNY": Decimal("0.14")})
    workspace.journal, workspace.archive, workspace.ledger   # the engine's ports
    workspace.library                                        # images and runs, searched, sorted, in windows
    workspace.organiser, workspace.phrasebook, workspace.ballot   # ratings to trash; prompt history; votes
    workspace.prompt_lists                                   # values for choices in prompts, from text files
    await workspace.reconcile(progress)                      # in the background: what came, went or changed without us
    await workspace.changed()                                # has another process written?
    await workspace.close()

`doctor(folder)` looks at a workspace and says in words what it found; `rebuild(folder, ...)` makes its database anew.

On disk: `studio.db`; `output/images/` with finished images; `blobs/` with references; `records/` from which the
database can be made again; `lists/` for the user's wildcard lists; `.leases/`, a locked file for each process at work.

Every method may be awaited on any running event loop: SQLite and files are worked on by threads of our own."""

from __future__ import annotations

from studio.storage.ballot import Ballot, Vote, VoteOutcome
from studio.storage.changes import LibraryChange
from studio.storage.doctor import DoctorReport, Finding, doctor
from studio.storage.grouping import Group, GroupCount, day_of_key, key_of_day
from studio.storage.library import EVERYTHING, Facet, Library, RunPage
from studio.storage.library_history import Deed, DeedKind, KeptStep, Walked
from studio.storage.organiser import Collection, Marks, Organiser
from studio.storage.phrasebook import PastPrompt, Phrasebook, Snippet
from studio.storage.prompt_lists import ListFault, PromptLists
from studio.storage.query import FileLook, LibraryQuery, Sort, TileState
from studio.storage.rebuild import RebuildReport, rebuild
from studio.storage.reconciling import ReconcileProgress, ReconcileReport
from studio.storage.stacking import StackedIds
from studio.storage.trash import TrashContent, TrashReport
from studio.storage.workspace import Workspace, open_workspace

__all__ = [
    "EVERYTHING",
    "Ballot",
    "Collection",
    "Deed",
    "DeedKind",
    "DoctorReport",
    "Facet",
    "FileLook",
    "Finding",
    "Group",
    "GroupCount",
    "KeptStep",
    "Library",
    "LibraryChange",
    "LibraryQuery",
    "ListFault",
    "Marks",
    "Organiser",
    "PastPrompt",
    "Phrasebook",
    "PromptLists",
    "RebuildReport",
    "ReconcileProgress",
    "ReconcileReport",
    "RunPage",
    "Snippet",
    "Sort",
    "StackedIds",
    "TileState",
    "TrashContent",
    "TrashReport",
    "Vote",
    "VoteOutcome",
    "Walked",
    "Workspace",
    "day_of_key",
    "doctor",
    "key_of_day",
    "open_workspace",
    "rebuild",
]
