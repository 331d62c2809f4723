"""Where a request that was sent is asked after: at the address it was sent to, which need not be that of today."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.capability import ProviderSpec
from studio.domain.errors import RequestInvalid, SentElsewhere
from studio.domain.jobs import Call
from studio.domain.ports import Account, SentAddress
from studio.engine.parts import EngineParts, at_address

_ADDRESS_FIELDS = ("base_url", "region", "route", "service", "workspace")
"""Fields of an account that decide which server gets its key."""

_NO_ADDRESS = frozenset("@?#")
"""What could carry a password or a key, which must not be kept anywhere."""


def keep_address(parts: EngineParts, account: Account) -> str:
    """What a call keeps of the address it is sent to; empty for a provider that has no address, and for an address
    with a password or a key in it."""
    spec = parts.providers[account.provider].spec
    if parts.sent_addresses is None or not _has_address(spec):
        return ""
    fields = _address(spec, account.fields)
    own = _address(spec, account.fields if account.settings_fields is None else account.settings_fields)
    if any(set(value) & _NO_ADDRESS for value in (*fields.values(), *own.values())):
        return ""
    return parts.sent_addresses.keep(SentAddress(account.provider, account.id, fields, own))


def account_home(parts: EngineParts, call: Call, account: Account) -> tuple[Account, bool]:
    """The account at the address that the call was sent to, and whether that address is known.

    It is gone to without a question while the settings are as they were then: they have the same key. Raises
    SentElsewhere when they have another address since, as a key for one host is none for another."""
    spec = parts.providers[account.provider].spec
    if parts.sent_addresses is None or not _has_address(spec):
        return account, True
    now = _address(spec, account.fields)
    sent = parts.sent_addresses.find(call.sent_to) if call.sent_to else None
    if sent is None or (sent.provider, sent.account) != (account.provider, account.id):
        return account, False
    if sent.fields == now:
        return account, True
    own = _address(spec, account.fields if account.settings_fields is None else account.settings_fields)
    if sent.settings_fields == own:
        return at_address(account, {**dict.fromkeys(now, ""), **sent.fields}), True
    raise SentElsewhere(provider=spec.title, address=_words(sent.fields), now=_words(own))


def agreed_address(parts: EngineParts, call: Call, account: Account) -> str:
    """What a call keeps once the user agreed that it is asked for where it was sent to; what it kept before where that
    is not known. `account` as the settings have it now."""
    sent = parts.sent_addresses.find(call.sent_to) if parts.sent_addresses is not None and call.sent_to else None
    if sent is None or (sent.provider, sent.account) != (account.provider, account.id):
        return call.sent_to
    return keep_address(parts, at_address(account, sent.fields))


def check_address(spec: ProviderSpec, base_url: str) -> None:
    """Raises RequestInvalid for what cannot take the place of the provider's address."""
    if all(field.name != "base_url" for field in spec.account_fields):
        raise RequestInvalid(field="base-url", reason=f"{spec.title} has no address that could be another one")
    if set(base_url) & _NO_ADDRESS or not base_url.strip():
        raise RequestInvalid(field="base-url", reason="it is a plain address, without a password, ? or #")


def _has_address(spec: ProviderSpec) -> bool:
    return any(field.name in _ADDRESS_FIELDS for field in spec.account_fields)


def _address(spec: ProviderSpec, fields: Mapping[str, str]) -> dict[str, str]:
    """What the server is found by, as it works: a field that is left empty has its default."""
    known = {field.name: field.default for field in spec.account_fields if field.name in _ADDRESS_FIELDS}
    found = {name: (fields.get(name, "").strip() or default).rstrip("/") for name, default in known.items()}
    return {name: value for name, value in found.items() if value}


def _words(fields: Mapping[str, str]) -> str:
    return fields.get("base_url") or ", ".join(fields.values()) or "no address of their own"
