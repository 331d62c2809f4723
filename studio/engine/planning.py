"""Fit a request to its targets and price it. Pure and fast: the composer asks at each key press, from any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from studio.domain.capability import ModelSpec
from studio.domain.fit import fit
from studio.domain.notices import Notice
from studio.domain.plan import RunPlan, TargetPlan
from studio.domain.ports import ImageProvider
from studio.domain.pricing import Estimate, estimate
from studio.domain.request import FittedRequest, GenerationRequest, Target

NEAR_MAX = 3


def plan_run(
    request: GenerationRequest, targets: Sequence[Target], providers: Mapping[str, ImageProvider], *, today: date
) -> RunPlan:
    """What each target would be sent and cost. A target that cannot run says why in `TargetPlan.blocked`."""
    return RunPlan(request, tuple(_plan_target(request, target, providers, today) for target in targets))


def find_model(target: Target, providers: Mapping[str, ImageProvider]) -> ModelSpec | None:
    """With the prices of the region that the target's account is in."""
    provider = providers.get(target.provider)
    return provider.spec.model_for(target.model, target.account) if provider is not None else None


def estimate_of_call(fitted: FittedRequest, image_count: int, model: ModelSpec) -> Estimate:
    """The price of one paid request of a job."""
    one_call = fitted.model_copy(update={"images_per_call": (image_count,)})
    return estimate(one_call, model.prices, model.capability.unsent_defaults)


def _plan_target(
    request: GenerationRequest, target: Target, providers: Mapping[str, ImageProvider], today: date
) -> TargetPlan:
    if target.provider not in providers:
        return _unknown(request, target, "provider_not_known")
    model = find_model(target, providers)
    if model is None:
        near = ", ".join(str(one) for one in near_targets(target, providers, today))
        return _unknown(request, target, "model_not_known_near" if near else "model_not_known", near)
    fitted, notices = fit(request, target, model, today=today)
    price = estimate(fitted, model.prices, model.capability.unsent_defaults)
    return TargetPlan(target, model, fitted, notices, price)


def near_targets(target: Target, providers: Mapping[str, ImageProvider], today: date) -> tuple[Target, ...]:
    """What a mistyped model may have meant, the likeliest first: of the same provider, else of another one."""
    own = providers.get(target.provider)
    specs = [own.spec] if own is not None else []
    specs += [provider.spec for provider in providers.values() if provider is not own]
    wanted = target.model.casefold()
    for place, spec in enumerate(specs):
        names = {model.id.casefold(): model.id for model in spec.models if model.status(today) != "ended"}
        # Elsewhere only what is all but equal: another provider is another bill.
        near = get_close_matches(wanted, names, n=NEAR_MAX, cutoff=0.5 if place == 0 else 0.95)
        if near:
            return tuple(Target(provider=spec.id, model=names[name]) for name in near)
    return ()


def _unknown(request: GenerationRequest, target: Target, code: str, near: str = "") -> TargetPlan:
    values = {"provider": target.provider, "model": target.model, "near": near}
    notice = Notice(field="model", kind="blocked", code=code, values=values, severity="danger")
    nothing = FittedRequest(prompt=request.prompt, images_per_call=(request.n,))
    return TargetPlan(target, None, nothing, (notice,))
