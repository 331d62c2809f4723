"""Fit a request to its targets and price it. Pure and fast: the composer asks at each key press, from any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from operator import attrgetter

from studio.domain.capability import ModelSpec
from studio.domain.fit import fit, fit_words
from studio.domain.jobs import FollowUp
from studio.domain.notices import Notice
from studio.domain.plan import RunPlan, TargetPlan
from studio.domain.ports import ImageProvider
from studio.domain.pricing import Estimate, estimate
from studio.domain.request import FittedRequest, GenerationRequest, Target

NEAR_MAX = 3
_ALL_BUT_THE_PROMPT = attrgetter(*sorted(set(GenerationRequest.model_fields) - {"prompt"}))


def plan_run(
    request: GenerationRequest, targets: Sequence[Target], providers: Mapping[str, ImageProvider], *, today: date
) -> RunPlan:
    """What each target would be sent and cost. A target that cannot run says why in `TargetPlan.blocked`."""
    return RunPlan(request, tuple(_plan_target(request, target, providers, today) for target in targets))


def plan_action(plan: RunPlan, action: FollowUp) -> RunPlan:
    """An action on a result is one request that makes what it makes: the wish's number of images, and what was told
    about its settings, concern the result it acts on."""
    targets = []
    for one in plan.targets:
        fitted = one.fitted.model_copy(update={"images_per_call": (action.image_count,)})
        notices = tuple(notice for notice in one.notices if notice.kind == "blocked" or notice.field == "model")
        model = one.model
        price = one.estimate if model is None else estimate(fitted, model.prices, model.capability.unsent_defaults)
        targets.append(replace(one, fitted=fitted, notices=notices, estimate=price))
    return replace(plan, targets=tuple(targets))


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


class AlikePlans:
    """Plans thousands of requests that differ in their prompt alone, as `plan_run` would: what does not look at the
    prompt is fitted and priced once for each target. One for each look, since prices and models change."""

    def __init__(self, providers: Mapping[str, ImageProvider], today: date) -> None:
        self._providers, self._today = providers, today
        self._models: dict[int, tuple[Target, ModelSpec | None]] = {}
        """By the identity of the target, which is kept here so that it stays its own."""
        self._known: dict[tuple[int, object], tuple[tuple[Notice, ...], TargetPlan]] = {}
        """A plan and what its words alone had to tell, by target and everything but the prompt."""

    def plan(self, request: GenerationRequest, target: Target) -> TargetPlan:
        model = self._model(target)
        if model is None:
            return _plan_target(request, target, self._providers, self._today)
        key = (id(target), _ALL_BUT_THE_PROMPT(request))
        words = fit_words(request, model)
        told, known = self._known.get(key, ((), None))
        if known is not None and told == words.notices:
            return replace(known, fitted=known.fitted.model_copy(update={"prompt": words.prompt}))
        plan = _plan_target(request, target, self._providers, self._today)
        self._known[key] = (words.notices, plan)
        return plan

    def _model(self, target: Target) -> ModelSpec | None:
        known = self._models.get(id(target))
        if known is None:
            known = self._models[id(target)] = (target, find_model(target, self._providers))
        return known[1]


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
