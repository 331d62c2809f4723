"""Demo in the contract suite: it has no wire, so only the promises about settings and tickets concern it here."""

from __future__ import annotations

from typing import Any

from studio.domain.capability import ModelSpec
from studio.domain.ports import Account
from studio.domain.values import OptionValue
from tests.contract.cases.vendor import VendorCase


class DemoCase(VendorCase):
    provider_id = "demo"

    def server(self) -> Any:
        return None

    def account(self, server: Any) -> Account:
        return Account("main", "demo")

    def plain_options(self, model: ModelSpec) -> dict[str, OptionValue]:
        return {"pace": "real"}


CASE = DemoCase()
