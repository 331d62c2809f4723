"""What the contract suite has to know about a vendor: how to reach its fake, and which errors it documents."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from studio.domain.assets import ReferenceImage
from studio.domain.capability import ModelSpec, OptionSpec, ProviderSpec
from studio.domain.errors import Charged, StudioError
from studio.domain.ports import Account
from studio.domain.values import OptionValue
from tests.contract.wishes import option_samples, reference
from tests.fakes.messages import RecordedRequest, Reply, json_reply


@dataclass(frozen=True, slots=True)
class Expected:
    """What a documented error has to become."""

    kind: type[StudioError]
    charged: Charged = "no"


class VendorCase(ABC):
    """One vendor in the suite. A module in `tests.contract.cases` with a `CASE` joins by itself."""

    provider_id: ClassVar[str]
    today: ClassVar[date] = date(2026, 11, 21)
    errors: ClassVar[Mapping[str, Expected]] = {}
    """Documented errors by the name that the fake's `fail_next` takes."""

    @abstractmethod
    def server(self) -> Any:
        """A fake that has not been started (`tests.fakes`); None for a provider without a wire."""

    @abstractmethod
    def account(self, server: Any) -> Account:
        """An account with the fake's key and address; `server` is None when nothing will be sent."""

    def results(self, server: Any, request: RecordedRequest) -> list[bytes]:
        """The images that the fake made for a paid request, byte for byte."""
        raise NotImplementedError

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        """Models that stand for all others when connections break: one for each kind of request."""
        return (spec.default_model,)

    def is_paid(self, request: RecordedRequest) -> bool:
        """Is this the request that costs money?"""
        return request.method == "POST"

    def plain_options(self, model: ModelSpec) -> dict[str, OptionValue]:
        """Options that make a request quick and quiet."""
        return {}

    def needed_options(self, model: ModelSpec, option: str) -> dict[str, OptionValue]:
        """Options without which this one makes no sense to the vendor, beyond what the catalogue says."""
        return {}

    def samples(self, option: OptionSpec) -> list[OptionValue]:
        """Values of an option worth trying."""
        return option_samples(option)

    def reference(self, name: str) -> ReferenceImage:
        """A reference image that this vendor takes."""
        return reference(name)

    def errors_of_the_fake(self) -> set[str]:
        """Every documented error that the fake can tell; each needs an entry in `errors`."""
        server = self.server()
        return set(server.errors) if server is not None else set()

    def repeating(self, key: str) -> Reply:
        """An error reply in the vendor's own form that repeats a key in its words."""
        return json_reply({"error": {"message": f"Wrong key {key}.", "code": "wrong", "type": key}}, status=400)

    def fail_next(self, server: Any, error: str) -> None:
        server.fail_next(error)

    def billed_images(self, server: Any) -> int:
        return int(server.billed_images)
