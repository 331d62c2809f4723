"""The one place that knows every concrete part: builds the studio in order, closes it in reverse."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Protocol, TypeVar

from studio.config.accounts import AccountKeys, KeyState
from studio.config.composer_history import ComposerHistory, ComposerHistoryStore
from studio.config.log import Redactor, logging_to
from studio.config.models import as_chosen
from studio.config.paths import StudioPaths, make_private_folder
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
from studio.config.vault import KeyringVault
from studio.domain.assets import ReferenceImage
from studio.domain.capability import ProviderSpec
from studio.domain.errors import BrokenImage, ReferenceUnreadable
from studio.domain.events import StudioEvent
from studio.domain.ports import Clock, ImageProvider, Limits, SecretVault
from studio.domain.values import BlobHash, ImageId
from studio.domain.words import REASON_WORDS
from studio.engine.engine import Engine
from studio.engine.intake import Intake, read_picture_file
from studio.engine.settings import EngineSettings
from studio.engine.sweeping import Sweeps
from studio.export.contact_sheet import SheetFonts
from studio.export.exporter import Exporter, ExportReport, ExportStep
from studio.export.plan import ExportImage, ExportPlan, PlannedFile
from studio.export.table import write_table
from studio.providers import PROVIDERS, ProviderFactory
from studio.providers.catalogue import load_catalogue
from studio.providers.transport import Transport
from studio.storage import (
    EVERYTHING,
    Collection,
    CountedVote,
    DoctorReport,
    FileLook,
    Group,
    GroupCount,
    LibraryChange,
    LibraryQuery,
    ListFault,
    RebuildReport,
    RunPage,
    StackedIds,
    TrashContent,
    TrashReport,
    Workspace,
    day_of_key,
    doctor,
    key_of_day,
    open_workspace,
    rebuild,
)
from studio.storage.thumbnails import BUCKETS, Bucket

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
    "CountedVote",
    "CustomModel",
    "ExportImage",
    "ExportPlan",
    "ExportPreset",
    "ExportReport",
    "ExportStep",
    "FileLook",
    "Group",
    "GroupCount",
    "KeyState",
    "LibraryChange",
    "LibraryQuery",
    "ListFault",
    "Offer",
    "PlannedFile",
    "Redactor",
    "RunPage",
    "Settings",
    "SettingsStore",
    "SharedLoopHost",
    "StackedIds",
    "Studio",
    "StudioHost",
    "StudioPaths",
    "StudioThread",
    "Style",
    "SystemClock",
    "TrashContent",
    "TrashReport",
    "day_of_key",
    "key_of_day",
    "logging_to",
    "open_offer",
    "open_studio",
    "write_table",
]
"""Also what window and command line need of the parts themselves: they import it from here and nowhere else."""

T = TypeVar("T")

SHUTDOWN_S = 3.0
"""All of closing must fit in here; what is still running then is in the journal and goes on at the next start."""


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        return monotonic()

    async def sleep(self, delay_s: float) -> None:
        await asyncio.sleep(delay_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be had and with which keys: every part that needs no workspace."""

    providers: Mapping[str, ImageProvider]
    settings: SettingsStore
    accounts: AccountKeys
    transport: Transport
    paths: StudioPaths
    redactor: Redactor

    @property
    def specs(self) -> tuple[ProviderSpec, ...]:
        """What the vendors offer as the user sees it now, in his order."""
        known = [provider.spec for provider in self.providers.values()]
        order = self.settings.current.provider_order
        return tuple(sorted(known, key=lambda spec: order.index(spec.id) if spec.id in order else len(order)))

    @property
    def workspace_folder(self) -> Path:
        """Where the workspace is, or will be made."""
        return chosen_workspace(self.settings.current, self.paths)

    async def examine(self, folder: Path) -> DoctorReport:
        """Is the workspace in order? Changes nothing."""
        return await doctor(folder)

    async def rebuild(self, folder: Path) -> RebuildReport:
        """A new database from the files. Raises WorkspaceUnreadable, DiskFull, FolderNotWritable."""
        return await rebuild(folder, clock=SystemClock(), rates=_rates(self.settings.current))


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio(Offer):
    """All live parts. `engine`, `sweeps` and `intake` belong to the loop that opened them, the others to none."""

    engine: Engine
    sweeps: Sweeps
    workspace: Workspace
    intake: Intake
    exporter: Exporter

    async def reference_of_image(self, image_id: int) -> ReferenceImage:
        """A library image as a reference. Raises ReferenceUnreadable when its file is gone."""
        image = await self.workspace.library.image(ImageId(image_id))
        if image is None:
            raise ReferenceUnreadable(name=str(image_id), reason=REASON_WORDS["not_in_library"])
        return await self.intake.reference(self.workspace.folder.root / image.path, Path(image.path).name)

    async def look_of_file(self, file: Path) -> FileLook:
        """How a picture from outside of the library looks, for `LibraryQuery.like`; nothing is imported.

        Raises ReferenceUnreadable, ReferenceTooLarge above 50 MB."""
        return await self.workspace.look_of(await read_picture_file(file), file.name)

    async def blob_thumbnail(self, blob: str) -> Path | None:
        """A small picture of stored bytes, made if need be; None when the bytes are gone or are no image."""
        try:
            return await self.workspace.archive.thumbnail_path(BlobHash(blob), 256)
        except (OSError, BrokenImage):
            return None


@contextlib.asynccontextmanager
async def open_offer(
    *,
    paths: StudioPaths | None = None,
    settings: SettingsStore | None = None,
    vault: SecretVault | None = None,
    clock: Clock | None = None,
    factories: Sequence[ProviderFactory] = PROVIDERS,
    redactor: Redactor | None = None,
    ca_file: Path | None = None,
) -> AsyncIterator[Offer]:
    """The parts that need no workspace, for listing models and looking after keys. Writes nothing but settings."""
    paths, redactor = paths or StudioPaths.of_user(), redactor or Redactor()
    settings = settings or SettingsStore(paths.settings_file)
    current = settings.current
    async with AsyncExitStack() as closing:
        closing.callback(settings.flush)
        transport = Transport(clock=clock or SystemClock(), ca_file=ca_file)
        closing.push_async_callback(transport.aclose)
        catalogue = load_catalogue(paths.resources / "catalog")
        providers = {factory.id: factory(as_chosen(catalogue[factory.id], current), transport) for factory in factories}
        accounts = AccountKeys(
            [catalogue[factory.id] for factory in factories],
            lambda: settings.current,
            keyring=vault or KeyringVault(),
            on_secret=redactor.add,
        )

        def follow(changed: Settings) -> None:
            for provider_id, provider in providers.items():
                provider.spec = as_chosen(catalogue[provider_id], changed)

        closing.callback(settings.listen(follow))
        yield Offer(
            providers=providers,
            settings=settings,
            accounts=accounts,
            transport=transport,
            paths=paths,
            redactor=redactor,
        )


@contextlib.asynccontextmanager
async def open_studio(
    *,
    paths: StudioPaths | None = None,
    settings: SettingsStore | None = None,
    workspace_folder: Path | None = None,
    vault: SecretVault | None = None,
    clock: Clock | None = None,
    factories: Sequence[ProviderFactory] = PROVIDERS,
    redactor: Redactor | None = None,
    ca_file: Path | None = None,
) -> AsyncIterator[Studio]:
    """Build every part on the running loop and close them at the end, within `SHUTDOWN_S`.

    The workspace is the given folder, else that of the settings, else the default one. Nothing is resumed: call
    `studio.engine.recover()`. Raises WorkspaceUnreadable, WorkspaceNewer, DiskFull."""
    paths, clock = paths or StudioPaths.of_user(), clock or SystemClock()
    make_private_folder(paths.cache)
    async with AsyncExitStack() as closing:
        opening = open_offer(
            paths=paths,
            settings=settings,
            vault=vault,
            clock=clock,
            factories=factories,
            redactor=redactor,
            ca_file=ca_file,
        )
        offer = await closing.enter_async_context(opening)
        current = offer.settings.current
        folder = workspace_folder or chosen_workspace(current, paths)
        workspace = await open_workspace(
            folder,
            cache_folder=paths.cache,
            clock=clock,
            rates=_rates(current),
            thumbnails_limit_bytes=current.thumbnails_limit_mb * 1_000_000,
        )
        closing.push_async_callback(workspace.close)
        engine = Engine(
            providers=offer.providers,
            journal=workspace.journal,
            archive=workspace.archive,
            ledger=workspace.ledger,
            accounts=offer.accounts,
            clock=clock,
            settings=EngineSettings(rescue_folders=(paths.data / "rescued",), **_engine_values(current)),
        )
        closing.push_async_callback(engine.close, SHUTDOWN_S)
        sweeps = Sweeps(engine, workspace.sweeps)
        closing.push_async_callback(sweeps.close)
        closing.callback(offer.settings.listen(lambda changed: engine.change_settings(**_engine_values(changed))))
        closing.callback(
            offer.settings.listen(lambda now: workspace.change_thumbnails_limit(now.thumbnails_limit_mb * 1_000_000))
        )
        yield Studio(
            providers=offer.providers,
            settings=offer.settings,
            accounts=offer.accounts,
            transport=offer.transport,
            paths=paths,
            redactor=offer.redactor,
            engine=engine,
            sweeps=sweeps,
            workspace=workspace,
            intake=Intake(workspace.archive, offer.transport),
            exporter=Exporter(
                workspace.folder.root,
                workspace.journal.run,
                SheetFonts(paths.resources / "fonts" / "Inter-Regular.ttf"),
                lambda record, edge_px: workspace.archive.find_thumbnail(record.blob, _bucket(edge_px)),
            ),
        )


def chosen_workspace(settings: Settings, paths: StudioPaths) -> Path:
    """That of the settings, else the default one."""
    return Path(settings.workspace) if settings.workspace else paths.default_workspace


def _bucket(edge_px: int) -> Bucket:
    """The smallest kind of thumbnail with at least so many pixels an edge."""
    return next((bucket for bucket in BUCKETS if bucket >= edge_px), BUCKETS[-1])


def _rates(settings: Settings) -> dict[str, Any]:
    return {currency: rate for currency, rate in settings.exchange_rates.usd_for_one.items() if currency != "USD"}


def _engine_values(settings: Settings) -> dict[str, Any]:
    return {
        "limits": Limits(per_day=settings.budget.per_day, per_run=settings.budget.per_run),
        "fallback": settings.fallback.use,
        "fallback_order": settings.fallback.order,
    }


class StudioHost(Protocol):
    """Where a studio runs, seen from the window."""

    @property
    def studio(self) -> Studio: ...

    def submit(self, work: Callable[[Studio], Awaitable[T]]) -> concurrent.futures.Future[T]:
        """Carry out `work(studio)` on the studio's loop."""
        ...

    def listen(self, callback: Callable[[StudioEvent], None]) -> Callable[[], None]:
        """`callback` gets every event, on the studio's thread; returns what ends it."""
        ...


class StudioThread:
    """A studio on an event loop and a thread of its own.

    Measured against the same engine on the window's loop (`tests/bench/lag.py`), this keeps the window's own timers
    more punctual while streams arrive; so the window uses it, and the command line, which has no window, does not."""

    def __init__(self, opener: Callable[[], AbstractAsyncContextManager[Studio]]) -> None:
        self._opener = opener
        self._opened: concurrent.futures.Future[Studio] = concurrent.futures.Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._closed: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread = threading.Thread(target=self._work, name="studio-engine", daemon=True)

    def start(self) -> concurrent.futures.Future[Studio]:
        """Begin to open; the future holds the studio, or the error that kept it from opening."""
        self._thread.start()
        return self._opened

    @property
    def studio(self) -> Studio:
        return self._opened.result(timeout=0)

    def submit(self, work: Callable[[Studio], Awaitable[T]]) -> concurrent.futures.Future[T]:
        if self._loop is None or self._loop.is_closed():
            raise RuntimeError("the studio is not open")
        return asyncio.run_coroutine_threadsafe(_awaited(work, self.studio), self._loop)

    def listen(self, callback: Callable[[StudioEvent], None]) -> Callable[[], None]:
        """Waits for the studio's loop to take note, so that no event is missed after this returns."""
        stop = self.submit(_listening(callback)).result(timeout=SHUTDOWN_S)

        def end() -> None:
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(stop)

        return end

    def close(self) -> concurrent.futures.Future[None]:
        """Begin to close; the future is done when everything is on disk and the thread is about to end."""
        if self._loop is not None and self._ending is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._ending.set)
        return self._closed

    def join(self, timeout_s: float) -> bool:
        """Whether the thread ended in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:  # handed to whoever waits; this thread has nobody above it
            if not self._opened.done():
                self._opened.set_exception(error)
            elif not self._closed.done():
                self._closed.set_exception(error)
        finally:
            if not self._closed.done():
                self._closed.set_result(None)

    async def _live(self) -> None:
        self._ending = asyncio.Event()
        async with self._opener() as studio:
            self._loop = asyncio.get_running_loop()
            self._opened.set_result(studio)
            await self._ending.wait()


class SharedLoopHost:
    """A studio on the loop that already runs, for measuring against `StudioThread` and for tests without a thread."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self._tasks: set[asyncio.Task[Any]] = set()

    def submit(self, work: Callable[[Studio], Awaitable[T]]) -> concurrent.futures.Future[T]:
        outcome: concurrent.futures.Future[T] = concurrent.futures.Future()
        task = asyncio.get_running_loop().create_task(_answer(outcome, _awaited(work, self.studio)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return outcome

    def listen(self, callback: Callable[[StudioEvent], None]) -> Callable[[], None]:
        return self.studio.engine.listen(callback)


async def _awaited(work: Callable[[Studio], Awaitable[T]], studio: Studio) -> T:
    return await work(studio)


async def _answer(outcome: concurrent.futures.Future[T], work: Coroutine[Any, Any, T]) -> None:
    try:
        result = await work
    except BaseException as error:
        outcome.set_exception(error)
        if isinstance(error, asyncio.CancelledError):
            raise
    else:
        outcome.set_result(result)


def _listening(callback: Callable[[StudioEvent], None]) -> Callable[[Studio], Awaitable[Callable[[], None]]]:
    async def begin(studio: Studio) -> Callable[[], None]:
        return studio.engine.listen(callback)

    return begin
