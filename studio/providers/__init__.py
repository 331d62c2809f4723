"""The vendors. `PROVIDERS` is the one tuple to extend.

To add a provider, write

1. one module ``studio/providers/<id>.py`` with one class: a subclass of `adapter.Adapter` with ``id = "<id>"``. It says
   where requests go (`endpoint`), what is sent (`request`: a per-model whitelist, the same for ``--dry-run`` and for
   sending), what the vendor's error codes mean (`refusal`) and what a reply brings (`outcome`; `streaming` and `tasks`
   have what vendors share that stream or hand out tasks). Facts that users or other parts need go into the catalogue,
   not into code;
2. one catalogue file ``resources/catalog/<id>.toml`` (its form: `catalogue`): models with their exact strings and end
   dates, sizes, options, prices with date and source;
3. one page ``references/<page>.md`` for users with the same facts;
4. one fake ``tests/fakes/<id>.py``, as strict as the real API and proven by the vendor's own client, and one
   ``tests/contract/cases/<id>.py`` that tells the contract suite how to reach it;
5. one line in `PROVIDERS`.

What an adapter has to keep (`tests/contract/test_promises.py` proves it for each of them): a paid request is sent
once, through `transport.Transport.stream` or `post`; `Accepted` is yielded before anything else is asked; polls go
through `poll` and results through `download`; keys stand in `messages.Endpoint.secret_headers` and nowhere else; every
status and state ends in an image, a `domain.errors` class that tells whether it was charged, or another poll.

The shared modules know no vendor: `transport` (the only one that speaks HTTP), `messages`, `links` and `addresses`
(what may be opened), `failures` (what a broken exchange means for money), `event_stream`, `decoding`, `polling`,
`redaction`, `catalogue`, `adapter`, `streaming`, `tasks`, `results`, `token_usage`. No vendor imports another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studio.providers.acedata import AceDataProvider
from studio.providers.demo import DemoProvider
from studio.providers.gemini import GeminiProvider
from studio.providers.midjourney import MidjourneyProvider
from studio.providers.openai import OpenAIProvider
from studio.providers.tongyi import TongyiProvider
from studio.providers.volcengine import VolcengineProvider

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec
    from studio.domain.ports import ImageProvider
    from studio.providers.transport import Transport


class ProviderFactory(Protocol):
    """An adapter class: `id` is that of its catalogue file, calling it gives the adapter."""

    @property
    def id(self) -> str: ...

    def __call__(self, spec: ProviderSpec, transport: Transport, /) -> ImageProvider: ...


PROVIDERS: tuple[ProviderFactory, ...] = (
    OpenAIProvider,
    TongyiProvider,
    VolcengineProvider,
    MidjourneyProvider,
    AceDataProvider,
    GeminiProvider,
    DemoProvider,
)
"""In the order in which the picker shows them."""
