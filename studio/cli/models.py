"""``prompt-studio models``: every exact model string, whether it still lives, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import click

from studio.bootstrap import Offer
from studio.cli.exits import Exit, exit_of_problems
from studio.cli.options import json_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, problem_lines, say, say_table
from studio.domain.capability import Capability, ModelSpec, ProviderSpec
from studio.domain.errors import Problem, RequestInvalid, StudioError
from studio.domain.pricing import Money, estimate
from studio.domain.request import FittedRequest


@click.command(name="models")
@json_option
@click.option("--provider", help="Those of one provider only.")
@click.option("--all", "everything", is_flag=True, help="Also models that have ended. --json always has them.")
@click.option("--refresh", is_flag=True, help="Ask the providers which models your keys can use. Free of charge.")
def command(*, as_json: bool, provider: str | None, everything: bool, refresh: bool) -> int:
    """List models with provider, state (live, ending, ended), end date and price."""

    async def work(session: Session) -> int:
        async with session.open_offer() as offer:
            specs = [_as_priced(offer, spec) for spec in offer.specs if provider in (None, spec.id)]
            if not specs:
                known = ", ".join(spec.id for spec in offer.specs)
                raise RequestInvalid(field="provider", reason=f"there is no provider {provider!r}; there are {known}")
            found, problems = await _refreshed(offer, specs) if refresh else ({}, {})
        today = datetime.now(UTC).date()
        if session.as_json:
            documents = [_document(spec, model, today, found) for spec in specs for model in spec.models]
            print_json(documents)
        else:
            shown = [
                (spec, model) for spec in specs for model in spec.models if everything or model.status(today) != "ended"
            ]
            _print(shown, today, found)
            hidden = sum(len(spec.models) for spec in specs) - len(shown)
            if hidden:
                say(f"{hidden} ended: --all shows them.", error=True)
        for spec in specs:
            _tell_news(spec, found, problems)
        return exit_of_problems(problems.values()) if refresh else Exit.DONE

    return carry_out(work, as_json=as_json)


def _as_priced(offer: Offer, spec: ProviderSpec) -> ProviderSpec:
    """With the prices of the first account: they may depend on its region."""
    account = offer.settings.current.provider(spec.id).accounts[0].id
    return spec.model_copy(update={"models": spec.models_for(account)})


async def _refreshed(offer: Offer, specs: list[ProviderSpec]) -> tuple[dict[str, set[str]], dict[str, Problem]]:
    """What the keys at hand can use, by provider, and why that could not be told."""
    found: dict[str, set[str]] = {}
    problems: dict[str, Problem] = {}
    for spec in specs:
        account = offer.settings.current.provider(spec.id).accounts[0].id
        try:
            status = await offer.providers[spec.id].check(await offer.accounts.account(spec.id, account))
        except StudioError as error:
            problems[spec.id] = error.problem
            continue
        if status.problem is not None:
            problems[spec.id] = status.problem
        elif status.model_ids is not None:
            found[spec.id] = set(status.model_ids)
    return found, problems


def _tell_news(spec: ProviderSpec, found: Mapping[str, set[str]], problems: Mapping[str, Problem]) -> None:
    if spec.id in problems:
        for line in problem_lines(problems[spec.id], spec.id):
            say(f"{spec.id}: {line}", error=True)
    unknown = sorted(found.get(spec.id, set()) - {model.id for model in spec.models})
    if unknown:
        say(f"{spec.id} also offers what the catalogue does not know: {', '.join(unknown)}", error=True)


def _print(shown: list[tuple[ProviderSpec, ModelSpec]], today: date, found: Mapping[str, set[str]]) -> None:
    rows = []
    for spec, model in shown:
        state = model.status(today)
        if spec.id in found and model.id not in found[spec.id]:
            state_words = f"{state}, not for this key"
        else:
            state_words = state if model.verified else f"{state}, not verified"
        ends = f"{model.ends_on} -> {model.replacement}" if model.replacement else str(model.ends_on or "")
        default = "*" if model.id == spec.default_model else ""
        rows.append((f"{spec.id}/{model.id}{default}", state_words, ends, model.capability.n_max, _price_words(model)))
    say_table(("target", "state", "ends", "images", "price of one"), rows)
    say("* the provider's default", error=True)


def _price_words(model: ModelSpec) -> str:
    price = _price(model)
    if price is None:
        return "no price"
    return "free" if not price.amount else f"≈ {price}"


def _price(model: ModelSpec) -> Money | None:
    defaults = model.capability.option_defaults
    return estimate(FittedRequest(prompt="one image"), model.prices, defaults).typical


def _document(spec: ProviderSpec, model: ModelSpec, today: date, found: Mapping[str, set[str]]) -> dict[str, Any]:
    price = _price(model)
    return {
        "provider": spec.id,
        "model": model.id,
        "title": model.title,
        "status": model.status(today),
        "ends_on": model.ends_on.isoformat() if model.ends_on else None,
        "replacement": model.replacement,
        "default": model.id == spec.default_model,
        "in_picker": model.in_picker,
        "verified": model.verified,
        "available": (model.id in found[spec.id]) if spec.id in found else None,
        "price": None if price is None else {"amount": float(price.amount), "currency": price.currency},
        "price_as_of": model.prices.as_of.isoformat() if model.prices.as_of else None,
        **_abilities(model.capability),
    }


def _abilities(capability: Capability) -> dict[str, Any]:
    return {
        "images_per_request": capability.n_max,
        "reference_images": capability.references_max,
        "negative_prompt": capability.negative_prompt,
        "seed": capability.seed,
        "partial_images": capability.partial_images_max,
        "size": capability.size.model_dump(mode="json", exclude_defaults=False),
        "options": [option.name for option in capability.options],
    }
