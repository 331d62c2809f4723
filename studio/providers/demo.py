"""The Demo provider: keyless, offline, deterministic. Its three models behave like the three kinds of real API.

demo-painter streams previews like OpenAI, demo-poster is an asynchronous task with percent and a ticket like Tongyi or
Midjourney, demo-papercut answers in one piece. ``[[fail:WORD]]`` in a prompt brings about each way to fail
(`references/demo.md` lists them), so that every state of the program can be seen without a key or a bill."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any, ClassVar

from studio.domain import errors
from studio.domain.assets import Size
from studio.domain.capability import ProviderSpec
from studio.domain.events import (
    Accepted,
    Exchanged,
    ImageArrived,
    ImageFailed,
    PartialImage,
    Progressed,
    ProviderEvent,
    UsageReported,
)
from studio.domain.jobs import Exchange, FollowUp, Ticket, WireRequest
from studio.domain.ports import Account, AccountStatus, CancelOutcome, GenerateCall, LostCall
from studio.domain.pricing import Usage
from studio.providers.painter_process import paint_in_process, palettes_in_process

_FAILURE = re.compile(r"\[\[fail:([a-z0-9_-]+)\]\]", re.IGNORECASE)
_SLOW = re.compile(r"\[\[slow(?::(\d{1,3}))?\]\]", re.IGNORECASE)
_SEED_SPACE = 2**32

Order = dict[str, Any]

FAILURES: dict[str, Callable[[], errors.StudioError]] = {
    "429": lambda: errors.RateLimited(provider="Demo", http_status=429, retry_after_s=3.0, detail="rate limit reached"),
    "busy": lambda: errors.Overloaded(provider="Demo", http_status=503, detail="all brushes are in use"),
    "500": lambda: errors.ServerFailed(provider="Demo", http_status=500, detail="the easel fell over"),
    "moderation": lambda: errors.PromptRefused(provider="Demo", vendor_code="moderation_blocked", http_status=400),
    "withheld": lambda: errors.ResultWithheld(provider="Demo", vendor_code="output_blocked", charged="maybe"),
    "key": lambda: errors.KeyRejected(provider="Demo", http_status=401, vendor_code="invalid_api_key"),
    "region": lambda: errors.KeyOfOtherRegion(provider="Demo", region="Singapore", http_status=401),
    "unverified": lambda: errors.AccountNotVerified(provider="Demo", http_status=403),
    "unopened": lambda: errors.ModelNotOpened(provider="Demo", model="this model", http_status=404),
    "balance": lambda: errors.BalanceUsedUp(provider="Demo", http_status=429, vendor_code="insufficient_quota"),
    "ended": lambda: errors.ModelEnded(provider="Demo", model="this model", http_status=404),
    "offline": lambda: errors.Offline(host="demo.invalid"),
    "gateway": lambda: errors.GatewayAnswered(provider="Demo", http_status=502, raw="<html>502 Bad Gateway</html>"),
    "text": lambda: errors.NoImage(provider="Demo", charged="no", detail="I would rather describe it in words."),
    "expired": lambda: errors.TaskExpired(provider="Demo"),
    "state": lambda: errors.UnknownState(provider="Demo", state="DREAMING"),
    "drop": lambda: errors.Uncertain(provider="Demo", detail="connection reset by peer"),
}
"""Failures before an image, by the word in ``[[fail:WORD]]``. Further words act later: partial, broken, link, one."""

_AFTER_PREVIEWS = frozenset({"drop"})


class DemoProvider:
    """Paints on this computer. Nothing is sent, nothing is billed; failures are played."""

    id: ClassVar[str] = "demo"

    def __init__(self, spec: ProviderSpec, _transport: object = None) -> None:
        self.spec = spec
        self._stopped: set[str] = set()
        self._refusals_left: dict[str, int] = {}

    async def prepare(self, call: GenerateCall) -> WireRequest:
        order = _order_of(call)
        del order["palettes"]
        order["references"] = [reference.blob for reference in call.request.reference_image]
        return WireRequest(method="POST", url="demo://this-computer/paint", json_body=order)

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        order = _order_of(call)
        if call.request.reference_image:
            references = [await call.read_reference(reference) for reference in call.request.reference_image]
            order["palettes"] = await palettes_in_process(references)
        request_id = "demo_" + _digest(order, call.call_id)[:12]
        request = await self.prepare(call)
        yield Exchanged(exchange=Exchange(request=request, request_id=request_id))
        self._refuse(order, call.call_id)
        if call.model.capability.recoverable:
            ticket = Ticket(provider=self.id, account=call.account.id, task_id=request_id, data=_ticket_data(order))
            yield Accepted(ticket=ticket)
        async for event in self._draw(order, request_id):
            yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        async for event in self._draw(json.loads(ticket.data["order"]), ticket.task_id):
            yield event

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        return None

    async def cancel(self, ticket: Ticket, account: Account) -> CancelOutcome:
        self._stopped.add(ticket.task_id)
        return CancelOutcome.CANCELLED

    async def check(self, account: Account) -> AccountStatus:
        return AccountStatus(ok=True, model_ids=tuple(model.id for model in self.spec.models))

    def follow_ups(self, ticket: Ticket, image_index: int) -> tuple[FollowUp, ...]:
        return ()

    def _refuse(self, order: Order, call_id: str) -> None:
        """Play the failures that come before any work. ``429`` lets the third try through, ``500`` the second."""
        word = order["fail"]
        if word not in FAILURES or word in _AFTER_PREVIEWS:
            return
        if word in ("429", "500"):
            left = self._refusals_left.setdefault(call_id, 2 if word == "429" else 1)
            if left == 0:
                return
            self._refusals_left[call_id] = left - 1
        raise FAILURES[word]()

    async def _draw(self, order: Order, task_id: str) -> AsyncIterator[ProviderEvent]:
        total_s = _duration_s(order)
        for index in range(order["images"]):
            if order["fail"] == "one" and index == order["images"] - 1:
                yield ImageFailed(index=index, problem=errors.ResultWithheld(provider="Demo", charged="no").problem)
                continue
            async for event in self._draw_one(order, index, total_s / order["images"], task_id):
                yield event
        yield UsageReported(usage=Usage(images=order["images"]), basis="painted on this computer")

    async def _draw_one(self, order: Order, index: int, share_s: float, task_id: str) -> AsyncIterator[ProviderEvent]:
        seed = (order["seed"] + index) % _SEED_SPACE
        steps, step = order["previews"], 0
        pictures = paint_in_process({key: order[key] for key in _PAINTER_FIELDS} | {"seed": seed})
        async with contextlib.aclosing(pictures):
            async for _ in self._wait(order, index, share_s, task_id, share=1 / (steps + 1)):
                yield _
            async for painted in pictures:
                if painted.is_final:
                    yield _finished(order, index, seed, painted.content)
                    return
                step += 1
                yield PartialImage(image_index=index, step=step, steps=steps, content=painted.content)
                if order["fail"] == "drop" and step == min(2, steps):
                    raise FAILURES["drop"]()
                async for _ in self._wait(order, index, share_s, task_id, share=1 / (steps + 1)):
                    yield _

    async def _wait(
        self, order: Order, index: int, share_s: float, task_id: str, *, share: float
    ) -> AsyncIterator[ProviderEvent]:
        """Let a part of the usual time pass; models with a percent report it on the way."""
        ticks = 12 if order["percent"] else 1
        for tick in range(ticks):
            await asyncio.sleep(share_s * share / ticks)
            if task_id in self._stopped:
                raise errors.Cancelled(provider="Demo")
            if order["fail"] == "drop" and not order["previews"]:
                raise FAILURES["drop"]()
            if order["percent"]:
                yield Progressed(fraction=(index + (tick + 1) / (ticks + 1)) / order["images"], phase="painting")


_PAINTER_FIELDS = (
    "prompt", "negative_prompt", "style_words", "width", "height", "paint_style", "palettes", "previews",
    "file_format", "text",
)  # fmt: skip


def _order_of(call: GenerateCall) -> Order:
    """The wish as the painter process takes it, plus how to behave; palettes of references come in later."""
    request, capability = call.request, call.model.capability
    words = _SLOW.sub("", _FAILURE.sub("", request.prompt)).strip() or "untitled"
    failure, slow = _FAILURE.search(request.prompt), _SLOW.search(request.prompt)
    size = request.size if isinstance(request.size, Size) else Size.of(1024, 1024)
    pace = str(request.options.get("pace", call.account.fields.get("pace", "real")))
    seed = call.seed if call.seed is not None else int(_digest(words, call.call_id)[:8], 16)
    return {
        "prompt": words,
        "negative_prompt": request.negative_prompt,
        "style_words": request.style,
        "seed": seed,
        "width": size.width,
        "height": size.height,
        "paint_style": call.model.id,
        "palettes": [],
        "previews": int(request.options.get("partial_images", 0)) if capability.partial_images_max else 0,
        "file_format": str(request.options.get("output_format", "png")),
        "text": {"Software": "Prompt Studio Demo", "Title": "Demo", "Description": words[:2000], "Seed": str(seed)},
        "images": call.image_count,
        "fail": failure[1].lower() if failure else "",
        "pace": pace,
        "slow_s": int(slow[1] or 30) if slow else 0,
        "typical_s": list(capability.typical_s),
        "percent": capability.reports_progress,
    }


def _duration_s(order: Order) -> float:
    """How long the drawing shall seem to take: fixed by the wish, inside the model's usual range."""
    if order["slow_s"]:
        return float(order["slow_s"])
    if order["pace"] == "instant":
        return 0.0
    low, high = order["typical_s"]
    return float(low + (high - low) * int(_digest(order["prompt"], order["seed"])[:4], 16) / 65_535)


def _finished(order: Order, index: int, seed: int, content: bytes) -> ProviderEvent:
    if order["fail"] == "broken":
        content = content[: len(content) // 2]
    if order["fail"] == "link":
        return ImageFailed(index=index, problem=errors.LinkExpired(provider="Demo", charged="no").problem)
    return ImageArrived(index=index, content=content, seed=seed)


def _ticket_data(order: Order) -> dict[str, str]:
    return {"order": json.dumps(order)}


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()
