"""Fit a request to a model: what is sent, and one notice for each setting that was changed on the way. Pure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from studio.domain.assets import EDGE_MAX_PX, ReferenceImage
from studio.domain.capability import Capability, ModelSpec
from studio.domain.fit_options import fit_options
from studio.domain.fit_size import fit_size
from studio.domain.notices import Notice, Notices, Severity
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import OptionValue


class Fitted(NamedTuple):
    request: FittedRequest
    notices: tuple[Notice, ...]

    @property
    def blocked(self) -> Notice | None:
        """The first reason why the model cannot run this request at all; None when it can."""
        return next((notice for notice in self.notices if notice.kind == "blocked"), None)


class FittedWords(NamedTuple):
    """Prompt, negative prompt and style as they will be sent; emulated ones end up inside the prompt."""

    prompt: str
    negative_prompt: str
    style: str
    notices: tuple[Notice, ...]


def fit(request: GenerationRequest, target: Target, model: ModelSpec, *, today: date) -> Fitted:
    """What `model` will be sent for this wish, and what the user has to know before paying.

    "Sent or told": each field that is set is either in the returned request or has a notice."""
    capability = model.capability
    notes = Notices(model.id)
    _tell_model(model, notes, today)
    has_references = bool(request.reference_image) and capability.reference_image != "ignored"
    options, option_notices = fit_options(target.options, model, has_references=has_references)
    notes.extend(option_notices)
    words = fit_words(request, model)
    notes.extend(words.notices)
    size = fit_size(request, model)
    notes.extend(size.notices)
    images_per_call = _fit_count(request, capability, options, notes)
    seed = _fit_seed(request, capability, notes)
    if seed is not None and len(images_per_call) > 1:
        last = moved_seed(seed, sum(images_per_call[:-1]), capability)
        notes.add("seed", "information", "seed_per_call", first=seed, last=last)
    fitted = FittedRequest(
        prompt=words.prompt,
        negative_prompt=words.negative_prompt,
        style=words.style,
        size=size.size,
        aspect_ratio=size.aspect_ratio,
        expected_size=size.expected,
        seed=seed,
        images_per_call=images_per_call,
        reference_image=_fit_references(request, capability, notes),
        options=options,
    )
    return Fitted(fitted, notes.all)


def seed_of_call(fitted: FittedRequest, first_image_index: int, capability: Capability) -> int | None:
    """The seed of the paid request that begins with this image of the job."""
    return None if fitted.seed is None else moved_seed(fitted.seed, first_image_index, capability)


def moved_seed(seed: int, images_before: int, capability: Capability) -> int:
    """A seed that another request of the job can use: moved on, and past the model's range started over."""
    low, high = capability.seed_min, capability.seed_max
    return low + (seed + images_before - low) % (high - low + 1)


def _tell_model(model: ModelSpec, notes: Notices, today: date) -> None:
    if model.ends_on is not None:
        values = {"date": model.ends_on.isoformat(), "replacement": model.replacement or ""}
        suffix = "" if model.replacement else "_plain"
        if model.status(today) == "ended":
            notes.add("model", "blocked", f"model_ended{suffix}", "danger", **values)
        else:
            severity: Severity = "warn" if model.ends_soon(today) else "note"
            notes.add("model", "information", f"model_ends_soon{suffix}", severity, **values)
    if not model.verified:
        notes.add("model", "information", "model_unverified", "warn")


def fit_words(request: GenerationRequest, model: ModelSpec) -> FittedWords:
    """The part of `fit` that looks at the prompt; nothing else of it does."""
    capability, notes = model.capability, Notices(model.id)
    prompt, negative, style = request.prompt, request.negative_prompt.strip(), request.style.strip()
    if style and capability.style == "emulated":
        prompt = f"{prompt.rstrip()}\n\nStyle: {style}"
        notes.add("style", "emulated", "style_emulated")
    elif style and capability.style == "ignored":
        notes.add("style", "ignored", "style_ignored")
    if negative and capability.negative_prompt == "emulated":
        prompt = f"{prompt.rstrip()}\n\nAvoid: {negative}"
        notes.add("negative_prompt", "emulated", "negative_emulated")
    elif negative and capability.negative_prompt == "ignored":
        notes.add("negative_prompt", "ignored", "negative_ignored", "warn")
    limit = capability.negative_prompt_max
    if capability.negative_prompt == "native" and limit is not None and len(negative) > limit:
        notes.add("negative_prompt", "adjusted", "negative_shortened", "warn", asked=len(negative), used=limit)
        negative = negative[:limit]
    if capability.prompt == "ignored":
        notes.add("prompt", "ignored", "prompt_ignored", "warn")
    elif capability.prompt_tokens_max is not None and len(prompt) > capability.prompt_tokens_max:
        maximum = capability.prompt_tokens_max
        notes.add("prompt", "information", "prompt_may_be_cut", "warn", asked=len(prompt), maximum=maximum)
    if capability.prompt_max is not None and len(prompt) > capability.prompt_max:
        notes.add("prompt", "blocked", "prompt_too_long", "danger", asked=len(prompt), maximum=capability.prompt_max)
    return FittedWords(
        prompt=prompt if capability.prompt == "native" else "",
        negative_prompt=negative if capability.negative_prompt == "native" else "",
        style=style if capability.style == "native" else "",
        notices=notes.all,
    )


def _fit_count(
    request: GenerationRequest, capability: Capability, options: dict[str, OptionValue], notes: Notices
) -> tuple[int, ...]:
    """Images of each paid request. A model with a fixed count makes whole sets only."""
    settings = {**capability.unsent_defaults, **options}
    limits = [limit.n_max for limit in capability.n_limits if settings.get(limit.option) in limit.values]
    if capability.references_and_images_max is not None:
        references = min(len(request.reference_image), capability.references_max)
        limits.append(max(1, capability.references_and_images_max - references))
    usual = min([capability.n_max, *limits])
    per_call = usual
    if capability.n_max_with_partials is not None and settings.get("partial_images"):
        per_call = min(usual, capability.n_max_with_partials)
    if capability.n_fixed is not None:
        calls = -(-request.n // capability.n_fixed)
        made = calls * capability.n_fixed
        if made != request.n:
            notes.add("n", "adjusted", "n_fixed", "warn", used=made, asked=request.n)
        return (capability.n_fixed,) * calls
    full, rest = divmod(request.n, per_call)
    parts = (per_call,) * full + ((rest,) if rest else ())
    if len(parts) > 1 and per_call == usual:
        notes.add("n", "emulated", "n_fan_out", asked=request.n, calls=len(parts))
    return parts


def _fit_seed(request: GenerationRequest, capability: Capability, notes: Notices) -> int | None:
    if request.seed is None:
        return None
    if capability.seed != "native":
        notes.add("seed", "ignored", "seed_ignored")
        return None
    low, high = capability.seed_min, capability.seed_max
    if low <= request.seed <= high:
        return request.seed
    used = moved_seed(request.seed, 0, capability)
    notes.add("seed", "adjusted", "seed_adjusted", "warn", asked=request.seed, used=used, minimum=low, maximum=high)
    return used


def _fit_references(request: GenerationRequest, capability: Capability, notes: Notices) -> tuple[ReferenceImage, ...]:
    wished = request.reference_image
    if len(wished) < capability.references_min:
        notes.add("reference_image", "blocked", "reference_required", "danger", minimum=capability.references_min)
    if wished and capability.reference_image == "ignored":
        notes.add("reference_image", "ignored", "reference_ignored", "warn")
        return ()
    used = wished[: capability.references_max]
    for reference in used:
        name = reference.name or reference.blob[:8]
        if reference.media_type not in capability.reference_formats:
            notes.add("reference_image", "blocked", "reference_format", "danger", name=name)
        limit = capability.reference_max_bytes
        if limit is not None and reference.size_bytes > limit:
            megabytes = f"{limit / 1_000_000:g} MB"
            notes.add("reference_image", "blocked", "reference_too_large", "danger", name=name, limit=megabytes)
        _check_shape(reference, name, capability, notes)
    sure = capability.references_sure
    if sure is not None and len(used) > sure:
        notes.add("reference_image", "information", "reference_many", "warn", asked=len(used), sure=sure)
    if len(used) < len(wished):
        notes.add("reference_image", "adjusted", "reference_dropped", "warn", asked=len(wished), used=len(used))
    return used


def _check_shape(reference: ReferenceImage, name: str, capability: Capability, notes: Notices) -> None:
    """Edges, ratio and alpha channel of a reference against what the model reads."""
    short, long = sorted((reference.width, reference.height))
    low, high, ratio_max = (
        capability.reference_edge_min_px,
        capability.reference_edge_max_px,
        capability.reference_ratio_max,
    )
    if short < low or (high is not None and long > high):
        asked = f"{reference.width}x{reference.height}"
        values = {"name": name, "asked": asked, "minimum": low, "maximum": high or EDGE_MAX_PX}
        notes.add("reference_image", "blocked", "reference_edges", "danger", **values)
    if ratio_max is not None and long > ratio_max * short:
        notes.add("reference_image", "blocked", "reference_ratio", "danger", name=name, maximum=f"{ratio_max:g}")
    if reference.has_alpha and not capability.reference_alpha:
        notes.add("reference_image", "blocked", "reference_alpha", "danger", name=name)
