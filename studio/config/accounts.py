"""The user's accounts with their keys: session, environment, keyring, in this order."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from studio.config.lane import TIMEOUT_S, KeyringLane
from studio.config.settings import AccountSettings, Settings
from studio.config.vault import SessionVault
from studio.domain.capability import ProviderSpec
from studio.domain.errors import KeyMissing, KeyringLocked, KeyringMissing, Problem, RequestInvalid
from studio.domain.ports import Account, SecretVault
from studio.domain.values import Secret

KeyPlace = Literal["session", "environment", "keyring"]


@dataclass(frozen=True, slots=True)
class FoundKey:
    secret: Secret
    place: KeyPlace
    variable: str = ""
    """Name of the environment variable, when it came from one."""

    @property
    def words(self) -> str:
        """``keyring``, ``this session only`` or ``environment variable OPENAI_API_KEY``."""
        match self.place:
            case "session":
                return "this session only"
            case "environment":
                return f"environment variable {self.variable}"
            case "keyring":
                return "keyring"


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is known of an account's key, for lists; the key itself only as a hint."""

    provider: str
    account: str
    needed: bool
    place: KeyPlace | None = None
    words: str = ""
    hint: str = ""
    problem: Problem | None = None
    """KeyringMissing or KeyringLocked, when the keyring could not be asked."""


class AccountKeys:
    """Implements `domain.ports.AccountSource`, and what preferences and `prompt-studio keys` do with keys.

    Keyring calls run one at a time on a thread of their own and give up after `timeout_s`."""

    def __init__(
        self,
        specs: Sequence[ProviderSpec],
        settings: Callable[[], Settings],
        *,
        keyring: SecretVault,
        session: SessionVault | None = None,
        environment: Mapping[str, str] | None = None,
        on_secret: Callable[[Secret], object] = lambda _secret: None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """`on_secret` hears of each key before anybody may use it, so that the log can hide it."""
        self._specs = {spec.id: spec for spec in specs}
        self._settings = settings
        self._keyring = keyring
        self._session = session or SessionVault()
        self._environment = os.environ if environment is None else environment
        self._on_secret = on_secret
        self._lane = KeyringLane(timeout_s)
        self._overrides: dict[str, dict[str, str]] = {}

    async def account(self, provider: str, account: str) -> Account:
        """With its key. Raises KeyMissing, KeyringLocked, KeyringMissing, RequestInvalid (no such account)."""
        spec, settings = self._known(provider, account)
        found = await self.find_key(provider, account) if spec.needs_key else None
        if spec.needs_key and found is None:
            raise KeyMissing(provider=spec.title)
        return self._build(spec, settings, found)

    async def account_without_key(self, provider: str, account: str) -> Account:
        """For a dry run: the fields only; asks no keyring."""
        spec, settings = self._known(provider, account)
        return self._build(spec, settings, None)

    async def find_key(self, provider: str, account: str) -> FoundKey | None:
        """The key and where it came from. Raises KeyringLocked, KeyringMissing when only the keyring could know."""
        spec, settings = self._known(provider, account)
        found = self._find_at_hand(spec, settings)
        if found is None and settings.key_source != "environment":
            secret = await self._lane.call(lambda: self._keyring.read(provider, account))
            found = None if secret is None else FoundKey(secret, "keyring")
        if found is not None:
            self._on_secret(found.secret)
        return found

    async def set_key(self, provider: str, account: str, key: str, *, place: KeyPlace = "keyring") -> None:
        """Keep a key in the keyring, or for this session only. Raises RequestInvalid, KeyringLocked, KeyringMissing."""
        self._known(provider, account)
        secret = clean_key(key)
        self._on_secret(secret)
        if place == "environment":
            raise RequestInvalid(field="key", reason="environment variables are set outside of Prompt Studio")
        if place == "session":
            self._session.write(provider, account, secret)
            return
        await self._lane.call(lambda: self._keyring.write(provider, account, secret))
        self._session.delete(provider, account)

    async def delete_key(self, provider: str, account: str) -> None:
        """Forget the key of session and keyring. Raises KeyringLocked, KeyringMissing."""
        self._known(provider, account)
        self._session.delete(provider, account)
        await self._lane.call(lambda: self._keyring.delete(provider, account))

    async def states(self, *, providers: Sequence[str] | None = None) -> tuple[KeyState, ...]:
        """Every account of every provider (or of those named); a keyring that does not answer is asked once."""
        states: list[KeyState] = []
        problem: Problem | None = None
        for spec in self._specs.values():
            if providers is not None and spec.id not in providers:
                continue
            for settings in self._settings().provider(spec.id).accounts:
                state = await self._state(spec, settings, problem)
                problem = state.problem or problem
                states.append(state)
        return tuple(states)

    @property
    def keyring_is_asking(self) -> bool:
        """The system still waits for the user's password, though the caller was told KeyringLocked meanwhile."""
        return self._lane.is_unanswered

    async def keyring_answered(self) -> None:
        """Returns when the user has answered, or dismissed, what the keyring of the system asked."""
        await self._lane.free()

    def override_fields(self, provider: str, **fields: str) -> None:
        """Account fields for this process only, such as ``base_url`` from the command line. Raises RequestInvalid."""
        spec = self._spec(provider)
        for name in fields:
            if all(field.name != name for field in spec.account_fields):
                raise RequestInvalid(field=name, reason=f"{spec.title} has no such account field")
        self._overrides.setdefault(provider, {}).update(fields)

    async def _state(self, spec: ProviderSpec, settings: AccountSettings, problem: Problem | None) -> KeyState:
        needed = spec.needs_key
        if not needed:
            return KeyState(spec.id, settings.id, needed)
        found = self._find_at_hand(spec, settings)
        if found is None and problem is None:
            try:
                found = await self.find_key(spec.id, settings.id)
            except (KeyringLocked, KeyringMissing) as error:
                problem = error.problem
        if found is None:
            return KeyState(spec.id, settings.id, needed, problem=problem)
        return KeyState(spec.id, settings.id, needed, found.place, found.words, found.secret.hint())

    def _find_at_hand(self, spec: ProviderSpec, settings: AccountSettings) -> FoundKey | None:
        """From session or environment. A variable holds the key of the first account only."""
        secret = self._session.read(spec.id, settings.id)
        if secret is not None:
            return FoundKey(secret, "session")
        first = self._settings().provider(spec.id).accounts[0]
        if settings.key_source == "keyring" or settings.id != first.id:
            return None
        for variable in spec.key_environment:
            value = self._environment.get(variable, "").strip()
            if value:
                return FoundKey(Secret(value), "environment", variable)
        return None

    def _build(self, spec: ProviderSpec, settings: AccountSettings, found: FoundKey | None) -> Account:
        defaults = {field.name: field.default for field in spec.account_fields}
        own, other = {**defaults, **settings.fields}, self._overrides.get(spec.id)
        return Account(
            id=settings.id,
            provider=spec.id,
            secret=found.secret if found else None,
            fields={**own, **(other or {})},
            settings_fields=own if other else None,
            concurrent_requests=settings.concurrent_requests,
            daily_limit=settings.daily_limit,
        )

    def _known(self, provider: str, account: str) -> tuple[ProviderSpec, AccountSettings]:
        spec = self._spec(provider)
        settings = self._settings().account(provider, account)
        if settings is None:
            raise RequestInvalid(field="account", reason=f"{spec.title} has no account {account!r}")
        return spec, settings

    def _spec(self, provider: str) -> ProviderSpec:
        spec = self._specs.get(provider)
        if spec is None:
            raise RequestInvalid(field="provider", reason=f"there is no provider {provider!r}")
        return spec


def clean_key(text: str) -> Secret:
    """A key as people paste it, without blanks and quotes around it. Raises RequestInvalid for what is no key."""
    key = text.strip().strip("\"'").strip()
    if not key:
        raise RequestInvalid(field="key", reason="it is empty")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise RequestInvalid(field="key", reason="a key has neither blanks nor letters outside ASCII; copy it again")
    return Secret(key)
