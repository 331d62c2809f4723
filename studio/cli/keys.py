"""``prompt-studio keys``: API keys, from a prompt or a pipe into the keyring, never from an argument."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import click

from studio.bootstrap import Offer
from studio.cli.document import error_document
from studio.cli.exits import Exit, exit_of_problems
from studio.cli.options import json_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, problem_lines, say, say_table
from studio.domain.capability import ProviderSpec
from studio.domain.errors import KeyMissing, Problem, RequestInvalid, StudioError

KEY_MAX_BYTES = 100_000


@click.group(name="keys")
def command() -> None:
    """Set, list, delete and test API keys.

    A key is kept in the system's keyring. Without a keyring, put it into the variable that `prompt-studio providers`
    names; it is never written to a file."""


@command.command(name="set")
@click.argument("provider")
@click.option("--account", help="Account, when there are several.")
def set_key(*, provider: str, account: str | None) -> int:
    """Keep a key. Asks for it, or reads it from a pipe: `prompt-studio keys set openai < key.txt`."""

    async def work(session: Session) -> int:
        async with session.open_offer() as offer:
            spec = _spec(offer, provider)
            if not spec.needs_key:
                raise RequestInvalid(field="provider", reason=f"{spec.title} needs no key")
            key = _read_key(spec)
            await offer.accounts.set_key(spec.id, _account(offer, spec, account), key)
            found = await offer.accounts.find_key(spec.id, _account(offer, spec, account))
        say(f"The key of {spec.title} is in the keyring.")
        if found is not None and found.place == "environment":
            say(f"But {found.words} is set too and is used before it.", error=True)
        return Exit.DONE

    return carry_out(work)


@command.command(name="list")
@json_option
def list_keys(*, as_json: bool) -> int:
    """List accounts and where their keys come from; of a key at most its last four characters."""

    async def work(session: Session) -> int:
        async with session.open_offer() as offer:
            states = [state for state in await offer.accounts.states() if state.needed]
        problems = [state.problem for state in states if state.problem is not None]
        if session.as_json:
            documents = [
                {
                    "provider": one.provider,
                    "account": one.account,
                    "place": one.place,
                    "from": one.words,
                    "key": one.hint,
                }
                for one in states
            ]
            print_json(documents)
        else:
            rows = [(one.provider, one.account, one.words or "missing", one.hint) for one in states]
            say_table(("provider", "account", "from", "key"), rows)
        if problems:
            for line in problem_lines(problems[0]):
                say(line, error=True)
        return exit_of_problems(problems)

    return carry_out(work, as_json=as_json)


@command.command(name="delete")
@click.argument("provider")
@click.option("--account", help="Account, when there are several.")
def delete_key(*, provider: str, account: str | None) -> int:
    """Remove a key from the keyring."""

    async def work(session: Session) -> int:
        async with session.open_offer() as offer:
            spec = _spec(offer, provider)
            name = _account(offer, spec, account)
            await offer.accounts.delete_key(spec.id, name)
            left = await offer.accounts.find_key(spec.id, name)
        say(f"The keyring holds no key of {spec.title}.")
        if left is not None:
            say(f"But {left.words} still gives one.", error=True)
        return Exit.DONE

    return carry_out(work)


@command.command(name="test")
@click.argument("providers", nargs=-1)
@click.option("--base-url", metavar="URL", help="Another address of the provider's API, for this test.")
@json_option
def test_keys(*, providers: tuple[str, ...], base_url: str | None, as_json: bool) -> int:
    """Test keys with the free list of models. Without a provider: every one that has a key."""

    async def work(session: Session) -> int:
        async with session.open_offer() as offer:
            specs = [_spec(offer, name) for name in providers] or [spec for spec in offer.specs if spec.needs_key]
            outcomes: list[_Outcome] = []
            for spec in specs:
                if base_url is not None:
                    offer.accounts.override_fields(spec.id, base_url=base_url)
                accounts = offer.settings.current.provider(spec.id).accounts
                outcomes += [await _test(offer, spec, one.id) for one in accounts]
        if not providers:
            outcomes = [one for one in outcomes if one.problem is None or one.problem.kind != KeyMissing.kind]
        if session.as_json:
            print_json([one.document for one in outcomes])
        else:
            _print_outcomes(outcomes)
        return exit_of_problems(one.problem for one in outcomes if one.problem is not None)

    return carry_out(work, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Outcome:
    provider: str
    account: str
    detail: str = ""
    elapsed_s: float = 0.0
    problem: Problem | None = None

    @property
    def document(self) -> dict[str, Any]:
        return {
            "provider": self.provider,
            "account": self.account,
            "ok": self.problem is None,
            "detail": self.detail,
            "elapsed_s": round(self.elapsed_s, 3),
            "error": error_document(self.problem),
        }


async def _test(offer: Offer, spec: ProviderSpec, account: str) -> _Outcome:
    try:
        status = await offer.providers[spec.id].check(await offer.accounts.account(spec.id, account))
    except StudioError as error:
        return _Outcome(spec.id, account, problem=error.problem)
    return _Outcome(spec.id, account, status.detail, status.elapsed_s, status.problem)


def _print_outcomes(outcomes: list[_Outcome]) -> None:
    if not outcomes:
        say(
            "There is no key to test. Keep one with prompt-studio keys set; prompt-studio keys list shows whose.",
            error=True,
        )
    for one in outcomes:
        name = one.provider if one.account == "default" else f"{one.provider} ({one.account})"
        if one.problem is None:
            detail = f" {one.detail}." if one.detail else ""
            say(f"{name}: the key works.{detail} Answered in {one.elapsed_s:.1f} s, nothing was billed.")
            continue
        for line in problem_lines(one.problem, one.provider):
            say(f"{name}: {line}")


def _read_key(spec: ProviderSpec) -> str:
    """From the terminal without echo, or from what is piped in."""
    if sys.stdin is not None and sys.stdin.isatty():
        where = f" ({spec.key_url})" if spec.key_url else ""
        return str(click.prompt(f"Key of {spec.title}{where}", hide_input=True, err=True))
    content = sys.stdin.buffer.read(KEY_MAX_BYTES + 1) if sys.stdin is not None else b""
    if len(content) > KEY_MAX_BYTES:
        raise RequestInvalid(field="key", reason="what was piped in is too long to be a key")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise RequestInvalid(field="key", reason="what was piped in is no text") from None


def _spec(offer: Offer, provider: str) -> ProviderSpec:
    spec = next((spec for spec in offer.specs if spec.id == provider), None)
    if spec is None:
        known = ", ".join(spec.id for spec in offer.specs)
        raise RequestInvalid(field="provider", reason=f"there is no provider {provider!r}; there are {known}")
    return spec


def _account(offer: Offer, spec: ProviderSpec, account: str | None) -> str:
    return account or offer.settings.current.provider(spec.id).accounts[0].id
