"""The exact requests of a plan, without sending any of them."""

from __future__ import annotations

from studio.domain.errors import CannotRun, InternalFault, StudioError
from studio.domain.fit import seed_of_call
from studio.domain.jobs import WireRequest
from studio.domain.plan import RunPlan, TargetPlan
from studio.domain.ports import Account, GenerateCall
from studio.domain.values import CallId
from studio.engine.call_facts import reference_reader
from studio.engine.parts import EngineParts

Previews = tuple[WireRequest | StudioError, ...]


async def preview_run(parts: EngineParts, plan: RunPlan) -> tuple[Previews, ...]:
    """One tuple for each target, in it one request for each paid call, or the one reason why there is none."""
    return tuple([await _preview_target(parts, one) for one in plan.targets])


async def _preview_target(parts: EngineParts, plan: TargetPlan) -> Previews:
    if plan.blocked is not None or plan.model is None:
        reason = plan.blocked.message if plan.blocked is not None else str(plan.target)
        return (CannotRun(reason=reason),)
    provider = parts.providers[plan.target.provider]
    requests: list[WireRequest | StudioError] = []
    before = 0
    for index, count in enumerate(plan.fitted.images_per_call):
        call = GenerateCall(
            call_id=CallId(f"0.0.{index}"),
            request=plan.fitted,
            image_count=count,
            seed=seed_of_call(plan.fitted, before, plan.model.capability),
            model=plan.model,
            target=plan.target,
            account=await _account_without_need(parts, plan),
            read_reference=reference_reader(parts.archive),
        )
        before += count
        try:
            requests.append(await provider.prepare(call))
        except StudioError as error:
            requests.append(error)
        except Exception as error:
            parts.log_fault(f"the request for {plan.target} could not be built", error)
            requests.append(InternalFault(detail=type(error).__name__, charged="no"))
    return tuple(requests)


async def _account_without_need(parts: EngineParts, plan: TargetPlan) -> Account:
    """The account with its fields where it can be had, and never with its key: nothing is sent."""
    try:
        return await parts.accounts.account_without_key(plan.target.provider, plan.target.account)
    except StudioError:
        return Account(id=plan.target.account, provider=plan.target.provider)
