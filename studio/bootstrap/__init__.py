"""The one place that knows every concrete part: builds the studio (`opening`) and says where it runs (`hosts`)."""

from __future__ import annotations

from studio.bootstrap.hosts import SharedLoopHost, StudioHost, StudioThread
from studio.bootstrap.opening import SHUTDOWN_S, Offer, Studio, SystemClock, open_offer, open_studio
from studio.config.accounts import KeyState
from studio.config.composer_history import ComposerHistory, ComposerHistoryStore
from studio.config.log import Redactor, logging_to
from studio.config.paths import StudioPaths
from studio.config.settings import (
    AccountSettings,
    Budget,
    ComposerState,
    CustomModel,
    ExportPreset,
    Settings,
    Style,
)
from studio.config.settings_store import ComposerStore, SettingsStore
from studio.export.contact_sheet import SheetLayout
from studio.export.exporter import ExportReport, ExportStep
from studio.export.plan import ExportImage, ExportPlan, PlannedFile, PlanSums
from studio.export.standings_table import save_standings
from studio.storage import (
    EVERYTHING,
    Collection,
    Deed,
    DeedKind,
    FileLook,
    Group,
    GroupCount,
    KeptStep,
    LibraryChange,
    LibraryQuery,
    ListFault,
    Marks,
    RunPage,
    Snippet,
    StackedIds,
    TrashContent,
    TrashReport,
    Walked,
    day_of_key,
    key_of_day,
)

__all__ = [
    "EVERYTHING",
    "SHUTDOWN_S",
    "AccountSettings",
    "Budget",
    "Collection",
    "ComposerHistory",
    "ComposerHistoryStore",
    "ComposerState",
    "ComposerStore",
    "CustomModel",
    "Deed",
    "DeedKind",
    "ExportImage",
    "ExportPlan",
    "ExportPreset",
    "ExportReport",
    "ExportStep",
    "FileLook",
    "Group",
    "GroupCount",
    "KeptStep",
    "KeyState",
    "LibraryChange",
    "LibraryQuery",
    "ListFault",
    "Marks",
    "Offer",
    "PlanSums",
    "PlannedFile",
    "Redactor",
    "RunPage",
    "Settings",
    "SettingsStore",
    "SharedLoopHost",
    "SheetLayout",
    "Snippet",
    "StackedIds",
    "Studio",
    "StudioHost",
    "StudioPaths",
    "StudioThread",
    "Style",
    "SystemClock",
    "TrashContent",
    "TrashReport",
    "Walked",
    "day_of_key",
    "key_of_day",
    "logging_to",
    "open_offer",
    "open_studio",
    "save_standings",
]
"""Also what window and command line need of the parts themselves: they import it from here and nowhere else."""
