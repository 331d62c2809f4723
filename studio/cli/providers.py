"""``prompt-studio providers``: who can draw, and where each one's key comes from."""

from __future__ import annotations

from typing import Any

import click

from studio.bootstrap import KeyState
from studio.cli.options import json_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, say_table
from studio.domain.capability import ProviderSpec


@click.command(name="providers")
@json_option
def command(*, as_json: bool) -> int:
    """List providers, their default models and where their keys come from. Sends nothing."""

    async def work(session: Session) -> int:
        async with session.open_offer() as offer:
            states = {(state.provider, state.account): state for state in await offer.accounts.states()}
            rows = []
            for spec in offer.specs:
                accounts = [state for (provider, _), state in states.items() if provider == spec.id]
                enabled = offer.settings.current.provider(spec.id).enabled
                rows.append((spec, enabled, [(state.account, _key_words(state)) for state in accounts]))
        if session.as_json:
            print_json([_document(spec, enabled, dict(keys)) for spec, enabled, keys in rows])
        else:
            _print(rows)
        return 0

    return carry_out(work, as_json=as_json)


def _key_words(state: KeyState) -> str:
    if not state.needed:
        return "not needed"
    if state.problem is not None:
        return state.problem.title.lower()
    return state.words or "missing"


def _print(rows: list[tuple[ProviderSpec, bool, list[tuple[str, str]]]]) -> None:
    lines = []
    for spec, enabled, keys in rows:
        for account, words in keys:
            name = spec.id if len(keys) == 1 else f"{spec.id} ({account})"
            variable = spec.key_environment[0] if spec.key_environment else ""
            lines.append((name, spec.title, words if enabled else f"{words}, off", variable, spec.default_model))
    say_table(("provider", "name", "key", "variable", "default model"), lines)


def _document(spec: ProviderSpec, enabled: bool, keys: dict[str, str]) -> dict[str, Any]:
    return {
        "provider": spec.id,
        "title": spec.title,
        "company": spec.company,
        "enabled": enabled,
        "needs_key": spec.needs_key,
        "keys": keys,
        "key_environment": list(spec.key_environment),
        "key_url": spec.key_url,
        "top_up_url": spec.top_up_url,
        "usage_url": spec.usage_url,
        "account_fields": [field.name for field in spec.account_fields],
        "default_model": spec.default_model,
        "models": len(spec.models),
        "reference_page": spec.reference_page,
    }
