"""One call with all that belongs to it: job, provider, model, account, price, and what the adapter is handed."""

from __future__ import annotations

from studio.domain.assets import ReferenceImage
from studio.domain.capability import Capability, SizeRatio
from studio.domain.errors import CannotRun, ReferenceUnreadable
from studio.domain.fit import seed_of_call
from studio.domain.jobs import Call, Exchange, Job
from studio.domain.ports import Account, Archive, GenerateCall, ImageProvider, LostCall, ReferenceReader
from studio.domain.pricing import Estimate
from studio.domain.values import CallId
from studio.domain.words import REASON_WORDS
from studio.engine.live import LiveRun, job_of
from studio.engine.parts import EngineParts
from studio.engine.planning import estimate_of_call, find_model
from studio.engine.queue import AccountKey, ModelKey
from studio.engine.way_home import account_home

_UNKNOWN_MODEL = Capability(size=SizeRatio(), recoverable=True)
"""For a task whose model is no longer in the catalogue: its ticket is all that counts."""


class CallFacts:
    """Always the newest state of the call; everything else stays as it was when the call began."""

    def __init__(self, parts: EngineParts, live: LiveRun, call_id: CallId) -> None:
        self.id = call_id
        self.live = live
        self._parts = parts
        target = self.job.target
        self.provider: ImageProvider | None = parts.providers.get(target.provider)
        """None when the studio no longer has it."""
        self.model = find_model(target, parts.providers)
        self.capability = self.model.capability if self.model is not None else _UNKNOWN_MODEL
        self.account: Account | None = None
        """Known from `find_account` on."""
        self.way_is_known = True
        """False when it is asked for at the address of the settings, and nobody knows whether it was sent there."""

    @property
    def call(self) -> Call:
        return self.live.call(self.id)

    @property
    def job(self) -> Job:
        return self.live.job(job_of(self.id))

    @property
    def provider_title(self) -> str:
        return self.provider.spec.title if self.provider is not None else self.job.target.provider

    @property
    def model_key(self) -> ModelKey:
        target = self.job.target
        return ModelKey(AccountKey(target.provider, target.account), target.model)

    @property
    def price(self) -> Estimate:
        if self.model is None:
            return Estimate()
        return estimate_of_call(self.job.fitted, self.call.image_count, self.model)

    @property
    def lost(self) -> LostCall:
        """For looking for it in the provider's list."""
        job = self.job
        others = (call.ticket for each in self.live.snapshot().jobs for call in each.calls if call.id != self.id)
        known = frozenset(ticket.task_id for ticket in others if ticket is not None)
        return LostCall(self.call, job.target, job.fitted, self.call.sent_at or job.queued_at, known)

    async def find_account(self) -> Account:
        """Raises KeyMissing, KeyringLocked, KeyringMissing."""
        target = self.job.target
        self.account = await self._parts.account(target.provider, target.account, self.live.sweep)
        return self.account

    async def find_account_home(self) -> Account:
        """At the address that it was sent to. Raises SentElsewhere too."""
        target = self.job.target
        account = await self._parts.account(target.provider, target.account, self.live.sweep)
        self.account, self.way_is_known = account_home(self._parts, self.call, account)
        return self.account

    async def prepare(self, provider: ImageProvider) -> GenerateCall:
        """All that the adapter needs. Building the request once here shows mistakes before money is spent, and puts
        the exact request into the journal before it leaves."""
        call, job = self.call, self.job
        if self.model is None:
            raise CannotRun(reason=f"{job.target} is not in the catalogue")
        prepared = GenerateCall(
            call_id=call.id,
            request=job.fitted,
            image_count=call.image_count,
            seed=seed_of_call(job.fitted, call.first_image_index, self.capability),
            model=self.model,
            target=job.target,
            account=self.account or await self.find_account(),
            read_reference=reference_reader(self._parts.archive),
            follow_up=job.follow_up,
        )
        wire = await provider.prepare(prepared)
        self.live.change_call(self.id, exchange=Exchange(request=wire))
        return prepared


def reference_reader(archive: Archive) -> ReferenceReader:
    """Reads the bytes of a reference, or says in the user's words that they are gone."""

    async def read(reference: ReferenceImage) -> bytes:
        try:
            return await archive.read_blob(reference.blob)
        except FileNotFoundError as error:
            raise ReferenceUnreadable(
                name=reference.name or reference.blob[:8], reason=REASON_WORDS["file_gone"]
            ) from error

    return read
