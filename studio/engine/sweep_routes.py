"""Where a sweep is sent: to the address of the settings, or to the one that the user gave when it was begun."""

from __future__ import annotations

from studio.domain.errors import RequestInvalid
from studio.domain.sweep import Sweep, SweepAddress, SweepPlan
from studio.domain.values import SweepId
from studio.engine.parts import EngineParts
from studio.engine.way_home import check_address


class SweepRoutes:
    """An address is one of a provider: a key for one host is none for another."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts

    def check(self, plan: SweepPlan, base_url: str | None) -> None:
        """Raises RequestInvalid for an address that does not fit the sweep."""
        if base_url is None:
            return
        providers = _providers(plan)
        if len(providers) > 1:
            raise RequestInvalid(field="base-url", reason="it fits one provider only; run the others separately")
        for name in providers:
            provider = self._parts.providers.get(name)
            if provider is not None:
                check_address(provider.spec, base_url)

    def begin(self, plan: SweepPlan, base_url: str | None) -> None:
        """Before the sweep has a number, so that a crash in between does not lose where it was meant to go."""
        if self._parts.addresses is not None:
            self._parts.addresses.begin(plan.model_dump_json(), base_url)

    def keep(self, sweep_id: SweepId, plan: SweepPlan, base_url: str | None) -> None:
        """The sweep goes there from now on; None: to the address of the settings."""
        if self._parts.addresses is not None:
            for provider in _providers(plan):
                self._parts.addresses.keep(sweep_id, provider, base_url)

    def take_up(self, sweep_id: SweepId, plan: SweepPlan) -> None:
        """Before more of it is sent: the address is known by the sweep's number alone from here on."""
        base_url = self._begun_at(sweep_id, plan)
        if base_url is not None:
            self.keep(sweep_id, plan, base_url or None)

    async def elsewhere(self, sweep: Sweep) -> SweepAddress | None:
        """Where more of a sweep would go, when that is not the address of the settings."""
        base_url = self._begun_at(sweep.id, sweep.plan)
        if not base_url:
            return None
        target = sweep.plan.drawing[0]
        account = await self._parts.accounts.account_without_key(target.provider, target.account)
        own = account.fields.get("base_url", "")
        if own.rstrip("/") == base_url.rstrip("/"):
            return None
        return SweepAddress(provider=target.provider, base_url=base_url, of_settings=own)

    def _begun_at(self, sweep_id: SweepId, plan: SweepPlan) -> str | None:
        book, providers = self._parts.addresses, _providers(plan)
        if book is None or len(providers) != 1:
            return None
        found = book.find(sweep_id, providers[0])
        return book.find_begun(plan.model_dump_json()) if found is None else found


def _providers(plan: SweepPlan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target.provider for target in plan.drawing))
