"""The engine's surroundings in memory: a clock that is moved by hand, scripted providers, journal, archive, ledger."""

from __future__ import annotations

import asyncio
import hashlib
import heapq
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from studio.domain.assets import ImageFacts, ReferenceImage, Size
from studio.domain.capability import AccountField, Capability, ModelSpec, OptionSpec, ProviderSpec, SizeFree
from studio.domain.errors import OverBudget, Problem, ReferenceUnreadable, SweepTaken
from studio.domain.events import Accepted, ImageArrived, ProviderEvent, StudioEvent
from studio.domain.fingerprint import fingerprint
from studio.domain.jobs import Call, CallState, FollowUp, ImageRecord, Job, Run, Ticket, WireRequest, may_follow
from studio.domain.ports import (
    Account,
    AccountStatus,
    CancelOutcome,
    GenerateCall,
    Limits,
    LostCall,
    SentAddress,
    Spending,
)
from studio.domain.pricing import Money, PriceList, PriceRule
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import CellOutcome, Sweep, SweepRecord, SweepState, cell_state
from studio.domain.values import BlobHash, CallId, ImageId, JobId, RunId, Secret, SweepId
from studio.engine.engine import Engine
from studio.engine.retry import RetryPolicy
from studio.engine.settings import EngineSettings
from studio.engine.sweeping import Sweeps

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEY = "sk-test-0123456789abcdef"
PNG = b"\x89PNG\r\n\x1a\n"


def usd(amount: str) -> Money:
    return Money(amount=Decimal(amount))


class ManualClock:
    """Time stands still until `advance` moves it."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self._now_s)

    def monotonic_s(self) -> float:
        return self._now_s

    async def sleep(self, delay_s: float) -> None:
        if delay_s <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now_s + delay_s, next(self._order), future))
        await future

    @property
    def sleeping(self) -> int:
        return sum(1 for _, _, future in self._sleepers if not future.done())

    async def advance(self, seconds: float) -> None:
        """Wakes everybody who is due in that time, in order, and lets each do what follows."""
        until_s = self._now_s + seconds
        await idle()
        while self._sleepers and self._sleepers[0][0] <= until_s:
            due_s, _, future = heapq.heappop(self._sleepers)
            self._now_s = max(self._now_s, due_s)
            if not future.done():
                future.set_result(None)
                await idle()
        self._now_s = until_s
        await idle()


async def idle() -> None:
    """Lets everything run that can run without time passing."""
    for _ in range(60):
        await asyncio.sleep(0)


async def until(condition: Callable[[], object]) -> None:
    """Lets everything run, also what waits for real time or a thread, until something holds; fails after a minute."""
    try:
        async with asyncio.timeout(60):
            while not condition():  # noqa: ASYNC110  # the condition is a fact of the fakes, which tell nobody
                await asyncio.sleep(0)
    except TimeoutError:
        raise AssertionError("the condition never came true") from None


class Gate:
    """A step of a script at which the provider waits until the test opens it."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._open = asyncio.Event()

    def open(self) -> None:
        self._open.set()

    async def wait(self) -> None:
        self.reached.set()
        await self._open.wait()


Step = ProviderEvent | Exception | Gate
Script = Sequence[Step]


def png(text: str = "image") -> bytes:
    return PNG + text.encode()


def image(index: int = 0, text: str | None = None, **more: Any) -> ImageArrived:
    return ImageArrived(index=index, content=png(text or f"image {index}"), **more)


def ticket(task_id: str = "task-1", provider: str = "alpha") -> Accepted:
    return Accepted(ticket=Ticket(provider=provider, account="default", task_id=task_id))


def model(model_id: str = "draw", **changes: Any) -> ModelSpec:
    capability = {
        "size": SizeFree(multiple_px=16, edge_min_px=256, edge_max_px=4096),
        "seed": "native",
        "negative_prompt": "native",
        "n_max": 4,
        "partial_images_max": 3,
        "deadline_s": 300.0,
        "options": (OptionSpec(name="quality", kind="text", title="Quality"),),
        **changes.pop("capability", {}),
    }
    prices = PriceList(per_image=(PriceRule(amount=Decimal("0.04")),))
    return ModelSpec(
        **{"id": model_id, "title": model_id, "capability": Capability(**capability), "prices": prices, **changes}
    )


class ScriptedProvider:
    """Plays one script for each paid request, the last one again when there are no more; counts what would cost."""

    def __init__(self, name: str = "alpha", *models: ModelSpec, concurrent_requests: int = 4) -> None:
        self.models = models or (model(),)
        self.spec = ProviderSpec(
            id=name,
            title=name.capitalize(),
            monogram=name[0].upper(),
            reference_page=f"{name}.md",
            default_model=self.models[0].id,
            models=self.models,
            concurrent_requests=concurrent_requests,
            account_fields=(AccountField(name="base_url", title="Address"),),
        )
        self.scripts: list[Script] = [[image()]]
        self.resumes: list[Script] = []
        self.cancel_outcome: CancelOutcome | Exception | Gate = CancelOutcome.UNSUPPORTED
        self.lost: Ticket | None = None
        self.broken_prepare: Exception | None = None
        self.posts: list[GenerateCall] = []
        """Each one a request that costs money."""
        self.resumed: list[Ticket] = []
        self.resumed_at: list[str] = []
        """The address of each of them; empty for that of the settings."""
        self.cancelled: list[Ticket] = []
        self.looked_up: list[LostCall] = []
        self.steps = 0
        """How many steps of scripts were read."""
        self.open_connections = 0
        self.most_connections = 0

    async def prepare(self, call: GenerateCall) -> WireRequest:
        if self.broken_prepare is not None:
            raise self.broken_prepare
        for reference in call.request.reference_image:
            await call.read_reference(reference)
        body = {"prompt": call.request.prompt, "n": call.image_count, "seed": call.seed}
        return WireRequest(method="POST", url=f"https://{self.spec.id}.test/v1/images", json_body=body)

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        self.posts.append(call)
        script = self.scripts[min(len(self.posts), len(self.scripts)) - 1]
        async for event in self._play(script):
            yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        self.resumed.append(ticket)
        self.resumed_at.append(account.fields.get("base_url", ""))
        script = self.resumes[min(len(self.resumed), len(self.resumes)) - 1] if self.resumes else [image()]
        async for event in self._play(script):
            yield event

    async def _play(self, script: Script) -> AsyncIterator[ProviderEvent]:
        self.open_connections += 1
        self.most_connections = max(self.most_connections, self.open_connections)
        try:
            for step in script:
                self.steps += 1
                if isinstance(step, Gate):
                    await step.wait()
                elif isinstance(step, Exception):
                    raise step
                else:
                    yield step
        finally:
            self.open_connections -= 1

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        self.looked_up.append(lost)
        return self.lost

    async def cancel(self, ticket: Ticket, account: Account) -> CancelOutcome:
        self.cancelled.append(ticket)
        if isinstance(self.cancel_outcome, Exception):
            raise self.cancel_outcome
        if isinstance(self.cancel_outcome, Gate):
            await self.cancel_outcome.wait()
            return CancelOutcome.TOO_LATE
        return self.cancel_outcome

    async def check(self, account: Account) -> AccountStatus:
        return AccountStatus(ok=True)

    def follow_ups(self, ticket: Ticket, image_index: int) -> tuple[FollowUp, ...]:
        return ()


class MemoryJournal:
    """Runs by number. Refuses a change of state that the rules do not allow, and notes every write."""

    def __init__(self) -> None:
        self.runs: dict[RunId, Run] = {}
        self.history: list[tuple[CallId, CallState]] = []
        self.full: Exception | None = None
        """Raised by every write while set."""
        self.dead = False
        """The process that writes here is gone: nothing reaches the disk any more."""
        self.before_write: Callable[[Call], None] | None = None
        self.may_add: Callable[[Run], None] = lambda run: None
        self.owner: str | None = None
        """Tells processes apart where a test has several; without it every run counts as left by a dead one."""
        self.owners: dict[RunId, str | None] = {}

    async def add_run(self, run: Run) -> Run:
        self._check()
        self.may_add(run)
        run_id = RunId(len(self.runs) + 1)
        jobs = tuple(_numbered(job, run_id, position) for position, job in enumerate(run.jobs, start=1))
        self.runs[run_id] = run.model_copy(update={"id": run_id, "jobs": jobs})
        self.owners[run_id] = self.owner
        return self.runs[run_id]

    async def add_job(self, job: Job) -> Job:
        self._check()
        run = self.runs[job.run_id]
        added = _numbered(job, run.id, len(run.jobs) + 1)
        changed = {"jobs": (*run.jobs, added), "targets": (*run.targets, added.target)}
        self.runs[run.id] = run.model_copy(update=changed)
        return added

    async def save_call(self, call: Call) -> None:
        await asyncio.sleep(0)
        if self.before_write is not None:
            self.before_write(call)
        self._check()
        before = self.call(call.id)
        if before.state is not call.state:
            assert may_follow(before.state, call.state), f"{call.id}: {before.state} -> {call.state}"
        self.history.append((call.id, call.state))
        self._put(call)

    async def save_job(self, job: Job) -> None:
        self._check()
        calls = self.job(job.id).calls
        self._put_job(job.model_copy(update={"calls": calls}))

    async def run(self, run_id: RunId) -> Run | None:
        return self.runs.get(run_id)

    async def unfinished_runs(self) -> Sequence[Run]:
        found = [
            run
            for run in self.runs.values()
            if any(not call.state.is_final for job in run.jobs for call in job.calls)
            and (self.owner is None or self.owners.get(run.id) != self.owner)
        ]
        self.owners.update({run.id: self.owner for run in found})
        return found

    def job(self, job_id: JobId | str) -> Job:
        run = self.runs[RunId(int(job_id.partition(".")[0]))]
        return next(job for job in run.jobs if job.id == job_id)

    def call(self, call_id: CallId | str) -> Call:
        return next(call for call in self.job(call_id.rpartition(".")[0]).calls if call.id == call_id)

    def text(self) -> str:
        """Everything on disk, for looking for what must not be there."""
        return "".join(run.model_dump_json() for run in self.runs.values())

    def check_alive(self) -> None:
        if self.dead:
            raise asyncio.CancelledError

    def _check(self) -> None:
        self.check_alive()
        if self.full is not None:
            raise self.full

    def _put(self, call: Call) -> None:
        job = self.job(call.job_id)
        self._put_job(job.model_copy(update={"calls": tuple(call if one.id == call.id else one for one in job.calls)}))

    def _put_job(self, job: Job) -> None:
        run = self.runs[job.run_id]
        jobs = tuple(job if one.id == job.id else one for one in run.jobs)
        self.runs[job.run_id] = run.model_copy(update={"jobs": jobs})


def _numbered(job: Job, run_id: RunId, position: int) -> Job:
    job_id = JobId(f"{run_id}.{position}")
    calls = tuple(
        call.model_copy(update={"id": CallId(f"{job_id}.{call.index}"), "job_id": job_id}) for call in job.calls
    )
    return job.model_copy(update={"id": job_id, "run_id": run_id, "position": position, "calls": calls})


class MemorySweeps:
    """Sweeps by number, of one process after the other."""

    def __init__(self, journal: MemoryJournal, archive: MemoryArchive) -> None:
        self._journal, self._archive = journal, archive
        self.records: dict[SweepId, SweepRecord] = {}
        self.owner = "first"
        self.owners: dict[SweepId, str] = {}
        journal.may_add = self._may_add

    def _may_add(self, run: Run) -> None:
        if run.sweep is not None:
            record = self.records[run.sweep.sweep_id]
            if record.state != "running" or self.owners[record.id] != self.owner:
                raise SweepTaken(number=record.id)

    async def add(self, draft: SweepRecord) -> SweepRecord:
        record = draft.model_copy(update={"id": SweepId(len(self.records) + 1)})
        self.records[record.id] = record
        self.owners[record.id] = self.owner
        return record

    async def take(self, sweep_id: SweepId) -> SweepRecord:
        record = self._shown(sweep_id).model_copy(update={"state": "running", "problem": None})
        self.records[sweep_id] = record
        self.owners[sweep_id] = self.owner
        return record

    async def change(
        self, sweep_id: SweepId, state: SweepState, why: Problem | None = None, *, blocked: Sequence[int] | None = None
    ) -> None:
        self._journal.check_alive()
        changes: dict[str, Any] = {"state": state, "problem": why}
        if blocked is not None:
            changes["blocked"] = tuple(blocked)
        self.records[sweep_id] = self._shown(sweep_id).model_copy(update=changes)

    def _shown(self, sweep_id: SweepId) -> SweepRecord:
        if sweep_id not in self.records:
            raise LookupError(f"there is no sweep {sweep_id}")
        record = self.records[sweep_id]
        gone = record.state == "running" and self.owners[sweep_id] != self.owner
        return record.model_copy(update={"state": "interrupted"}) if gone else record

    async def sweep(self, sweep_id: SweepId) -> tuple[SweepRecord, Sweep] | None:
        await asyncio.sleep(0)
        if sweep_id not in self.records:
            return None
        record = self._shown(sweep_id)
        cells = {position: CellOutcome(position=position) for position in record.positions}
        cells.update({position: CellOutcome(position=position, state="blocked") for position in record.blocked})
        for run in self._journal.runs.values():
            if run.sweep is None or run.sweep.sweep_id != sweep_id:
                continue
            for position, job in zip(run.sweep.cells, run.jobs, strict=False):
                kinds = [(call.state, call.problem.kind if call.problem else None) for call in job.calls]
                images = tuple(one.id for one in self._archive.images if one.job_id == job.id)
                state = cell_state(kinds, cached=job.cached)
                cells[position] = CellOutcome(
                    position=position, state=state, run_id=run.id, job_id=job.id, image_ids=images
                )
        sweep = Sweep(
            id=sweep_id,
            created_at=record.created_at,
            plan=record.plan,
            state=record.state,
            problem=record.problem,
            cells=tuple(cells[position] for position in sorted(cells)),
        )
        return record, sweep

    async def sweeps(self, limit: int, offset: int) -> list[Sweep]:
        chosen = sorted(self.records, reverse=True)[offset : offset + limit]
        return [found[1] for one in chosen if (found := await self.sweep(one)) is not None]

    async def last_run(self, sweep_id: SweepId) -> RunId | None:
        runs = [run.id for run in self._journal.runs.values() if run.sweep and run.sweep.sweep_id == sweep_id]
        return max(runs, default=None)


class MemoryAddresses:
    """Addresses of sweeps by number and provider."""

    def __init__(self) -> None:
        self.begun: dict[str, str] = {}
        self.kept: dict[tuple[SweepId, str], str] = {}

    def begin(self, plan: str, base_url: str | None) -> None:
        self.begun[plan] = base_url or ""

    def find_begun(self, plan: str) -> str | None:
        return self.begun.get(plan)

    def keep(self, sweep_id: SweepId, provider: str, base_url: str | None) -> None:
        self.kept[sweep_id, provider] = base_url or ""

    def find(self, sweep_id: SweepId, provider: str) -> str | None:
        return self.kept.get((sweep_id, provider))


class MemorySentAddresses:
    """Names and addresses of one user on one computer."""

    def __init__(self) -> None:
        self.kept: list[SentAddress] = []

    def keep(self, sent: SentAddress) -> str:
        if sent not in self.kept:
            self.kept.append(sent)
        return f"address{self.kept.index(sent)}"

    def find(self, name: str) -> SentAddress | None:
        return next((sent for number, sent in enumerate(self.kept) if name == f"address{number}"), None)


class MemoryArchive:
    """Images by call and index; saved once."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal = journal
        self.blobs: dict[BlobHash, bytes] = {}
        self.images: list[ImageRecord] = []
        self.partials: list[tuple[CallId, int, int]] = []
        self.full: Exception | None = None
        self.full_for: set[int] = set()
        """Indexes of images that cannot be written; empty while `full` is set: all of them."""
        self.slow_partials: Gate | None = None

    async def put_blob(self, content: bytes) -> BlobHash:
        blob = BlobHash(hashlib.sha256(content).hexdigest())
        self.blobs[blob] = content
        return blob

    async def read_blob(self, blob: BlobHash) -> bytes:
        if blob not in self.blobs:
            raise FileNotFoundError(blob)
        return self.blobs[blob]

    async def inspect(self, content: bytes) -> ImageFacts:
        if not content.startswith(PNG):
            raise ReferenceUnreadable(name="", reason="it is no image")
        return ImageFacts(media_type="image/png", width=64, height=48, size_bytes=len(content))

    async def save_image(self, run: Run, job: Job, call: Call, image: ImageArrived) -> Sequence[ImageRecord]:
        await asyncio.sleep(0)
        self._journal.check_alive()
        if self.full is not None and (not self.full_for or image.index in self.full_for):
            raise self.full
        first = call.first_image_index + image.index
        there = [one for one in self.images if one.call_id == call.id and one.index == first]
        if there:
            return there
        blob = await self.put_blob(image.content)
        pieces = image.split_columns * image.split_rows if image.whole_grid else 0
        sheet = self._record(job, call, image, first, blob=blob, whole_grid=image.whole_grid)
        records = [sheet, *(self._record(job, call, image, first + n, blob=blob) for n in range(pieces))]
        self.images.extend(records)
        return records

    async def saved_images(self, call: Call) -> Sequence[int]:
        self._journal.check_alive()
        return [one.index for one in self.images if one.call_id == call.id and not one.whole_grid]

    def _record(
        self, job: Job, call: Call, image: ImageArrived, index: int, *, blob: BlobHash, whole_grid: bool = False
    ) -> ImageRecord:
        return ImageRecord(
            id=ImageId(len(self.images) + 1 + index),
            run_id=job.run_id,
            job_id=job.id,
            call_id=call.id,
            index=index,
            blob=blob,
            path=f"output/images/{call.id}-{index}.png",
            facts=ImageFacts(media_type="image/png", width=64, height=48, size_bytes=len(image.content)),
            provider=job.target.provider,
            model=job.target.model,
            prompt=job.fitted.prompt,
            seed=image.seed,
            created_at=START,
            whole_grid=whole_grid,
        )

    async def keep_partial(self, call_id: CallId, image_index: int, step: int, content: bytes) -> str:
        if self.slow_partials is not None:
            await self.slow_partials.wait()
        self.partials.append((call_id, image_index, step))
        return f"/cache/{call_id}-{image_index}-{step}.png"

    async def find_cached(self, wanted: str) -> Sequence[ImageRecord]:
        for run in self._journal.runs.values():
            for job in run.jobs:
                images = [one for one in self.images if one.job_id == job.id]
                if images and fingerprint(job.target, job.fitted, job.follow_up) == wanted:
                    return images
        return []

    async def find_all_cached(self, fingerprints: Sequence[str]) -> Mapping[str, Sequence[ImageRecord]]:
        return {one: images for one in fingerprints if (images := await self.find_cached(one))}

    async def add_cached(self, run: Run, job: Job, images: Sequence[ImageRecord]) -> Sequence[ImageRecord]:
        records = [
            one.model_copy(
                update={
                    "id": ImageId(len(self.images) + 1 + n),
                    "run_id": run.id,
                    "job_id": job.id,
                    "cached_from": one.id,
                }
            )
            for n, one in enumerate(images)
        ]
        self.images.extend(records)
        return records


class MemoryLedger:
    """A budget in dollars."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal = journal
        self.reserved: dict[str, Money] = {}
        self.settled: dict[str, tuple[Money | None, bool]] = {}
        self.most_reserved = Decimal(0)

    async def reserve(self, call: Call, target: Target, at_most: Money | None, limits: Limits) -> None:
        self._journal.check_alive()
        wanted = at_most.amount if at_most is not None else Decimal(0)
        for limit in (limits.per_day, limits.per_account_day):
            if limit is not None and self._spent() + wanted > limit.amount:
                raise OverBudget(over=usd(str(self._spent() + wanted - limit.amount)), limit=limit)
        if at_most is not None:
            self.reserved[call.id] = at_most
        self.most_reserved = max(
            self.most_reserved, sum((money.amount for money in self.reserved.values()), Decimal(0))
        )

    async def check(self, at_most: Sequence[Money], limits: Limits) -> None:
        wanted = sum((money.amount for money in at_most if money.currency == "USD"), Decimal(0))
        for limit, before in ((limits.per_run, Decimal(0)), (limits.per_day, self._spent())):
            if limit is not None and before + wanted > limit.amount:
                raise OverBudget(over=usd(str(before + wanted - limit.amount)), limit=limit)

    async def settle(self, call_id: CallId, amount: Money | None, *, unsure: bool = False) -> None:
        self._journal.check_alive()
        self.reserved.pop(call_id, None)
        self.settled[call_id] = (amount, unsure)

    async def spending(self) -> Spending:
        return Spending(
            billed=usd(str(self._sum(unsure=False))),
            reserved=usd(str(sum((money.amount for money in self.reserved.values()), Decimal(0)))),
            unsure=usd(str(self._sum(unsure=True))),
        )

    def _spent(self) -> Decimal:
        return self._sum(False) + self._sum(True) + sum((m.amount for m in self.reserved.values()), Decimal(0))

    def _sum(self, unsure: bool) -> Decimal:
        amounts = (money.amount for money, doubt in self.settled.values() if money is not None and doubt is unsure)
        return sum(amounts, Decimal(0))


class Accounts:
    def __init__(self) -> None:
        self.failures: dict[str, Exception] = {}
        self.changes: dict[str, Mapping[str, Any]] = {}

    async def account(self, provider: str, account: str) -> Account:
        if provider in self.failures:
            raise self.failures[provider]
        return Account(id=account, provider=provider, secret=Secret(KEY), **self.changes.get(provider, {}))

    async def account_without_key(self, provider: str, account: str) -> Account:
        return Account(id=account, provider=provider, **self.changes.get(provider, {}))


class UnhurriedEngine(Engine):
    """Its end is limited in real time, and a busy machine stops a process for seconds."""

    async def close(self, within_s: float = 120.0) -> None:
        await super().close(within_s)


@dataclass
class World:
    """One workspace and its providers; engines come and go in it."""

    providers: dict[str, ScriptedProvider] = field(default_factory=dict)
    clock: ManualClock = field(default_factory=ManualClock)
    journal: MemoryJournal = field(default_factory=MemoryJournal)
    accounts: Accounts = field(default_factory=Accounts)
    addresses: MemoryAddresses = field(default_factory=MemoryAddresses)
    sent_addresses: MemorySentAddresses = field(default_factory=MemorySentAddresses)
    archive: MemoryArchive = field(init=False)
    ledger: MemoryLedger = field(init=False)
    sweep_store: MemorySweeps = field(init=False)
    events: list[StudioEvent] = field(default_factory=list)
    engines: list[Engine] = field(default_factory=list)
    sweep_engines: list[Sweeps] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.archive = MemoryArchive(self.journal)
        self.ledger = MemoryLedger(self.journal)
        self.sweep_store = MemorySweeps(self.journal, self.archive)
        if not self.providers:
            self.providers = {"alpha": ScriptedProvider("alpha")}

    def engine(self, **settings: Any) -> Engine:
        engine = UnhurriedEngine(
            providers=self.providers,
            journal=self.journal,
            archive=self.archive,
            ledger=self.ledger,
            accounts=self.accounts,
            clock=self.clock,
            settings=EngineSettings(**{"retry": RetryPolicy(jitter=0), **settings}),
            addresses=self.addresses,
            sent_addresses=self.sent_addresses,
        )
        engine.listen(self.events.append)
        self.engines.append(engine)
        return engine

    def sweeps(self, **settings: Any) -> Sweeps:
        """Sweeps on an engine of their own, in the process that `sweep_store.owner` names."""
        self.journal.owner = self.sweep_store.owner
        sweeps = Sweeps(self.engine(**settings), self.sweep_store)
        self.sweep_engines.append(sweeps)
        return sweeps

    @property
    def alpha(self) -> ScriptedProvider:
        return self.providers["alpha"]

    def add(self, provider: ScriptedProvider) -> ScriptedProvider:
        self.providers[provider.spec.id] = provider
        return provider

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events if event.kind != "spending_changed"]

    def of(self, kind: str) -> list[Any]:
        return [event for event in self.events if event.kind == kind]

    def states(self, call_id: str) -> list[CallState]:
        return [state for one, state in self.journal.history if one == call_id]

    def posts_per_call(self) -> Counter[CallId]:
        posts: Counter[CallId] = Counter()
        for provider in self.providers.values():
            posts.update(call.call_id for call in provider.posts)
        return posts

    async def reference(self, text: str = "reference") -> ReferenceImage:
        content = png(text)
        blob = await self.archive.put_blob(content)
        return ReferenceImage(
            blob=blob, media_type="image/png", width=64, height=48, size_bytes=len(content), name="cat.png"
        )


def wish(**changes: Any) -> GenerationRequest:
    return GenerationRequest(**{"prompt": "a cat", "size": Size.of(1024, 1024), **changes})


ALPHA = Target(provider="alpha", model="draw")
BETA = Target(provider="beta", model="draw")
