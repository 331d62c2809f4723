"""Builds the studio in order, closes it in reverse."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypedDict, Unpack

from studio.config.accounts import AccountKeys
from studio.config.log import Redactor
from studio.config.models import as_chosen
from studio.config.paths import StudioPaths, make_private_folder
from studio.config.sent_addresses import SentAddresses
from studio.config.settings import Settings
from studio.config.settings_store import SettingsStore
from studio.config.sweep_addresses import SweepAddresses
from studio.config.vault import KeyringVault
from studio.domain.assets import ReferenceImage
from studio.domain.capability import ProviderSpec
from studio.domain.errors import BrokenImage, ReferenceUnreadable
from studio.domain.ports import Clock, ImageProvider, Limits, SecretVault
from studio.domain.values import BlobHash, ImageId
from studio.domain.words import REASON_WORDS
from studio.engine.engine import Engine
from studio.engine.intake import Intake, read_picture_file
from studio.engine.settings import EngineSettings
from studio.engine.sweeping import Sweeps
from studio.export.contact_sheet import SheetFonts
from studio.export.exporter import Exporter
from studio.providers import PROVIDERS, ProviderFactory
from studio.providers.catalogue import load_catalogue
from studio.providers.transport import Transport
from studio.storage import DoctorReport, FileLook, RebuildReport, Workspace, doctor, open_workspace, rebuild
from studio.storage.thumbnails import BUCKETS, Bucket

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
        """Where the workspace is, or will be made: the folder of the settings, else the default one."""
        chosen = self.settings.current.workspace
        return Path(chosen) if chosen else self.paths.default_workspace

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


class Given(TypedDict, total=False):
    """What may take the place of the user's own folders, settings, keyring, clock and vendors."""

    paths: StudioPaths | None
    settings: SettingsStore | None
    vault: SecretVault | None
    clock: Clock | None
    factories: Sequence[ProviderFactory]
    redactor: Redactor | None
    ca_file: Path | None
    """Certificates to trust besides those of the system."""


@contextlib.asynccontextmanager
async def open_offer(**given: Unpack[Given]) -> AsyncIterator[Offer]:
    """The parts that need no workspace, for listing models and looking after keys. Writes nothing but settings."""
    paths, redactor = given.get("paths") or StudioPaths.of_user(), given.get("redactor") or Redactor()
    settings = given.get("settings") or SettingsStore(paths.settings_file)
    async with AsyncExitStack() as closing:
        closing.callback(settings.flush)
        transport = Transport(clock=given.get("clock") or SystemClock(), ca_file=given.get("ca_file"))
        closing.push_async_callback(transport.aclose)
        factories, catalogue = given.get("factories", PROVIDERS), load_catalogue(paths.resources / "catalog")
        providers = {
            factory.id: factory(as_chosen(catalogue[factory.id], settings.current), transport) for factory in factories
        }
        accounts = AccountKeys(
            [catalogue[factory.id] for factory in factories],
            lambda: settings.current,
            keyring=given.get("vault") or KeyringVault(),
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
    *, workspace_folder: Path | None = None, look_only: bool = False, **given: Unpack[Given]
) -> AsyncIterator[Studio]:
    """Build every part on the running loop and close them at the end, within `SHUTDOWN_S`.

    The workspace is the given folder, else that of the settings, else the default one. `look_only`: the caller changes
    nothing, so a library that cannot be written opens as well. Nothing is resumed: call `studio.engine.recover()`.

    Raises WorkspaceUnreadable, WorkspaceNewer, DiskFull."""
    paths = given["paths"] = given.get("paths") or StudioPaths.of_user()
    make_private_folder(paths.cache)
    async with AsyncExitStack() as closing:
        offer = await closing.enter_async_context(open_offer(**given))
        workspace = await _opened_workspace(offer, workspace_folder, look_only=look_only)
        closing.push_async_callback(workspace.close)
        engine = _engine(offer, workspace)
        closing.push_async_callback(engine.close, SHUTDOWN_S)
        sweeps = Sweeps(engine, workspace.sweeps)
        closing.push_async_callback(sweeps.close)

        loop = asyncio.get_running_loop()

        def follow(changed: Settings) -> None:
            """On the thread of whoever changes a setting."""
            limits = engine.settings.limits
            engine.change_settings(**_engine_values(changed))
            if engine.settings.limits != limits:
                loop.call_soon_threadsafe(engine.tell_spending)
            workspace.change_thumbnails_limit(_thumbnails_limit_bytes(changed))

        closing.callback(offer.settings.listen(follow))
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
            exporter=_exporter(workspace, paths),
        )


async def _opened_workspace(offer: Offer, folder: Path | None, *, look_only: bool) -> Workspace:
    current = offer.settings.current
    return await open_workspace(
        folder or offer.workspace_folder,
        cache_folder=offer.paths.cache,
        clock=offer.transport.clock,
        rates=_rates(current),
        thumbnails_limit_bytes=_thumbnails_limit_bytes(current),
        look_only=look_only,
    )


def _engine(offer: Offer, workspace: Workspace) -> Engine:
    rescue_folder = offer.paths.data / "rescued"
    return Engine(
        providers=offer.providers,
        journal=workspace.journal,
        archive=workspace.archive,
        ledger=workspace.ledger,
        accounts=offer.accounts,
        clock=offer.transport.clock,
        settings=EngineSettings(rescue_folders=(rescue_folder,), **_engine_values(offer.settings.current)),
        addresses=SweepAddresses(offer.paths.sweep_addresses_file, workspace.folder.root),
        sent_addresses=SentAddresses(offer.paths.sent_addresses, workspace.folder.root),
    )


def _exporter(workspace: Workspace, paths: StudioPaths) -> Exporter:
    return Exporter(
        workspace.folder.root,
        workspace.journal.run,
        SheetFonts(paths.resources / "fonts" / "Inter-Regular.ttf"),
        lambda record, edge_px: workspace.archive.find_thumbnail(record.blob, _bucket(edge_px)),
    )


def _bucket(edge_px: int) -> Bucket:
    """The smallest kind of thumbnail with at least so many pixels an edge."""
    return next((bucket for bucket in BUCKETS if bucket >= edge_px), BUCKETS[-1])


def _rates(settings: Settings) -> dict[str, Any]:
    return {currency: rate for currency, rate in settings.exchange_rates.usd_for_one.items() if currency != "USD"}


def _thumbnails_limit_bytes(settings: Settings) -> int:
    return settings.thumbnails_limit_mb * 1_000_000


def _engine_values(settings: Settings) -> dict[str, Any]:
    return {
        "limits": Limits(per_day=settings.budget.per_day, per_run=settings.budget.per_run),
        "fallback": settings.fallback.use,
        "fallback_order": settings.fallback.order,
    }
