"""What the engine needs from outside, as protocols. Concrete parts are wired together in `studio.bootstrap` alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from studio.domain.assets import ImageFacts, ReferenceImage
from studio.domain.capability import ModelSpec, ProviderSpec
from studio.domain.errors import Problem
from studio.domain.events import ImageArrived, ProviderEvent
from studio.domain.jobs import Call, FollowUp, ImageRecord, Job, Run, Ticket, WireRequest
from studio.domain.pricing import Money
from studio.domain.request import FittedRequest, Target
from studio.domain.sweep import Sweep, SweepRecord, SweepState
from studio.domain.values import BlobHash, CallId, RunId, Secret, SweepId

ReferenceReader = Callable[[ReferenceImage], Awaitable[bytes]]
"""Gives the bytes of a reference image; raises ReferenceUnreadable when the blob is gone."""


class Clock(Protocol):
    """Time as a part, so that tests need not wait."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        ...

    def monotonic_s(self) -> float: ...

    async def sleep(self, delay_s: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Account:
    """One of the user's accounts at a provider, with its key in memory only."""

    id: str
    provider: str
    secret: Secret | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """Values of `ProviderSpec.account_fields`, e.g. ``{"base_url": "https://api.openai.com/v1"}``."""
    settings_fields: Mapping[str, str] | None = None
    """As the settings have them, where `fields` name another address for this run; None: they are `fields`."""
    concurrent_requests: int | None = None
    daily_limit: Money | None = None


@dataclass(frozen=True, slots=True)
class GenerateCall:
    """All that an adapter needs for one paid request."""

    call_id: CallId
    request: FittedRequest
    image_count: int
    """Images to ask of this one request (`request.image_count` is that of the whole job)."""
    seed: int | None
    """The seed for this request: that of the job, moved on for each further request of it."""
    model: ModelSpec
    target: Target
    account: Account
    read_reference: ReferenceReader
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class LostCall:
    """A request that may have been accepted without us hearing of it."""

    call: Call
    target: Target
    request: FittedRequest
    sent_at: datetime
    known_tasks: frozenset[str] = frozenset()
    """Task ids of the run's other calls: whatever is found, it is none of these."""


class CancelOutcome(StrEnum):
    CANCELLED = "cancelled"  # the provider confirms that it stopped
    TOO_LATE = "too late"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """Outcome of a free "test connection"."""

    ok: bool
    problem: Problem | None = None
    detail: str = ""
    """A fact worth telling: number of models, remaining balance."""
    elapsed_s: float = 0.0
    model_ids: tuple[str, ...] | None = None
    """What this key can use, where the vendor has a list."""


class ImageProvider(Protocol):
    """One vendor. The adapter translates, wire words in and our words out; it neither retries nor stores.

    One `generate` is at most one paid POST. Errors are `domain.errors` classes and say whether it was charged."""

    spec: ProviderSpec

    async def prepare(self, call: GenerateCall) -> WireRequest:
        """The exact paid request, secrets replaced, without sending anything."""
        ...

    def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        """Send it. `Accepted` comes as soon as there is a ticket; closing the iterator drops the connection."""
        ...

    def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        """Go on with an accepted task; free of charge."""
        ...

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        """Look in the vendor's list for a request whose answer never came; None when it cannot be told."""
        ...

    async def cancel(self, ticket: Ticket, account: Account) -> CancelOutcome: ...

    async def check(self, account: Account) -> AccountStatus:
        """Free of charge."""
        ...

    def follow_ups(self, ticket: Ticket, image_index: int) -> tuple[FollowUp, ...]:
        """Actions the vendor offers on a result (upscale, variation); empty for most."""
        ...


class UrlFetcher(Protocol):
    async def fetch(self, url: str, *, limit_bytes: int) -> bytes:
        """Download without any key, guarded against private addresses. Raises LinkRefused, Offline, ImageTooLarge."""
        ...


class SecretVault(Protocol):
    """Keys of accounts. Never called on the GUI thread; may block on a prompt of the system."""

    def read(self, provider: str, account: str) -> Secret | None:
        """Raises KeyringMissing, KeyringLocked."""
        ...

    def write(self, provider: str, account: str, secret: Secret) -> None: ...

    def delete(self, provider: str, account: str) -> None: ...


class AccountSource(Protocol):
    async def account(self, provider: str, account: str) -> Account:
        """With its key from session, environment or keyring. Raises KeyMissing, KeyringLocked, KeyringMissing."""
        ...

    async def account_without_key(self, provider: str, account: str) -> Account:
        """Its fields only, for showing a request that is not sent: neither asks the keyring nor needs a key."""
        ...


class Journal(Protocol):
    """The record of runs, jobs and calls. Each method returns when the change is safe on disk."""

    async def add_run(self, run: Run) -> Run:
        """Stores a draft (ids are placeholders) and returns it with its real numbers in run, jobs and calls.

        A run of a sweep is stored only while that sweep is running in this process. Raises SweepTaken."""
        ...

    async def add_job(self, job: Job) -> Job:
        """Adds a draft to the run `job.run_id` and returns it with its real position, id and call ids."""
        ...

    async def save_call(self, call: Call) -> None: ...

    async def save_job(self, job: Job) -> None:
        """Stores everything of the job but its calls."""
        ...

    async def run(self, run_id: RunId) -> Run | None: ...

    async def unfinished_runs(self) -> Sequence[Run]:
        """Runs with a call that is not final and whose owning process is gone; now owned by us."""
        ...


class SweepStore(Protocol):
    """The record of sweeps. Each method returns when the change is safe on disk."""

    async def add(self, draft: SweepRecord) -> SweepRecord:
        """Stores a draft (its id is a placeholder) as running in this process; returns it with its number."""
        ...

    async def take(self, sweep_id: SweepId) -> SweepRecord:
        """It is running in this process from now on. Raises LookupError; SweepTaken while it runs in another one."""
        ...

    async def change(
        self, sweep_id: SweepId, state: SweepState, why: Problem | None = None, *, blocked: Sequence[int] | None = None
    ) -> None:
        """Also for a sweep of another process, which notices at its next run. Raises LookupError."""
        ...

    async def sweep(self, sweep_id: SweepId) -> tuple[SweepRecord, Sweep] | None:
        """With what became of its cells; "interrupted" when its process is gone."""
        ...

    async def sweeps(self, limit: int, offset: int) -> list[Sweep]:
        """The newest first."""
        ...

    async def last_run(self, sweep_id: SweepId) -> RunId | None: ...


class SweepAddressBook(Protocol):
    """Which sweeps go to another address of the API than that of the settings, as this user typed it on this computer.

    Never in the workspace, which may come from somebody else. What cannot be written is known while this lives."""

    def begin(self, plan: str, base_url: str | None) -> None:
        """Before a sweep has a number: its whole plan as text, and its address, None for that of the settings."""
        ...

    def find_begun(self, plan: str) -> str | None: ...

    def keep(self, sweep_id: SweepId, provider: str, base_url: str | None) -> None:
        """From now on the sweep goes there at this provider; None: to that of the settings."""
        ...

    def find(self, sweep_id: SweepId, provider: str) -> str | None:
        """Empty for that of the settings, None when nothing is known."""
        ...


@dataclass(frozen=True, slots=True)
class SentAddress:
    """Where requests of an account went: the fields that say so, such as ``base_url`` and ``region``."""

    provider: str
    account: str
    fields: Mapping[str, str]
    settings_fields: Mapping[str, str]
    """What the settings had in their place then."""


class SentAddressBook(Protocol):
    """The addresses that this user on this computer has sent requests of the workspace to. A call keeps a name that
    means something here only: a workspace, which may come from somebody else, leads no key to any other address."""

    def keep(self, sent: SentAddress) -> str:
        """Its name, the same for the same address. What cannot be written is known while this lives."""
        ...

    def find(self, name: str) -> SentAddress | None: ...


class Archive(Protocol):
    """Bytes and images of a workspace."""

    async def put_blob(self, content: bytes) -> BlobHash: ...

    async def read_blob(self, blob: BlobHash) -> bytes:
        """Raises FileNotFoundError."""
        ...

    async def inspect(self, content: bytes) -> ImageFacts:
        """Facts from the bytes. Raises ReferenceUnreadable(name, reason) for anything that is no safe image."""
        ...

    async def save_image(self, run: Run, job: Job, call: Call, image: ImageArrived) -> Sequence[ImageRecord]:
        """File first (fsync, rename), then thumbnails, then the row. One record, or sheet and cut images for a grid.

        Called again for the same call and index (a task that was taken up after a crash) it adds nothing and
        returns the records that are there.

        Raises BrokenImage, DiskFull, FolderNotWritable; the bytes are then still the caller's."""
        ...

    async def saved_images(self, call: Call) -> Sequence[int]:
        """Images of the call that are in the library, by their index inside the job."""
        ...

    async def keep_partial(self, call_id: CallId, image_index: int, step: int, content: bytes) -> str:
        """Writes a preview into the cache and returns its absolute path."""
        ...

    async def find_cached(self, fingerprint: str) -> Sequence[ImageRecord]:
        """Images of an earlier finished job with this fingerprint whose files are still there; may be empty."""
        ...

    async def find_all_cached(self, fingerprints: Sequence[str]) -> Mapping[str, Sequence[ImageRecord]]:
        """As `find_cached` for many; those without an answer are left out."""
        ...

    async def add_cached(self, run: Run, job: Job, images: Sequence[ImageRecord]) -> Sequence[ImageRecord]:
        """Rows of the new job that share the files of the old one."""
        ...


@dataclass(frozen=True, slots=True)
class Spending:
    """Today's money in the budget's currency (USD); the day is local midnight to midnight."""

    billed: Money
    reserved: Money
    unsure: Money


@dataclass(frozen=True, slots=True)
class Limits:
    per_day: Money | None = None
    per_run: Money | None = None
    per_account_day: Money | None = None


class Ledger(Protocol):
    """A hard budget shared by all processes on the workspace; amounts of other currencies are converted by it."""

    async def reserve(self, call: Call, target: Target, at_most: Money | None, limits: Limits) -> None:
        """Atomic over processes. Raises OverBudget(over=..., limit=...) and then reserves nothing."""
        ...

    async def check(self, at_most: Sequence[Money], limits: Limits) -> None:
        """Would all of this at once be over a limit of the run or of the day? A look only: `reserve` decides.

        Raises OverBudget(over=..., limit=...)."""
        ...

    async def settle(self, call_id: CallId, amount: Money | None, *, unsure: bool = False) -> None:
        """Replaces the reservation; None releases it. May be called again to correct."""
        ...

    async def spending(self) -> Spending: ...
