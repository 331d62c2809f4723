from __future__ import annotations

from collections.abc import Callable

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError
from secretstorage.exceptions import SecretServiceNotAvailableException

from studio.config.secret_service import SecretServiceKeyring
from studio.config.vault import KeyringVault, SessionVault, system_backend
from studio.domain import errors
from studio.domain.ports import SecretVault
from studio.domain.values import Secret

LIMIT = 10
LONG = "".join(chr(ord("a") + number % 26) for number in range(34))


class SmallKeyring(KeyringBackend):
    """Keeps at most `LIMIT` characters in an entry, as Windows keeps at most 1,280, and can fail on the way."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's base class has no annotations
        self.entries: dict[tuple[str, str], str] = {}
        self.fail_after: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fail_after is not None:
            if self.fail_after == 0:
                raise KeyringError("the session ended")
            self.fail_after -= 1
        assert len(password) <= LIMIT or password.startswith("prompt-studio-parts:")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("no such entry")


@pytest.fixture
def backend() -> SmallKeyring:
    return SmallKeyring()


@pytest.fixture
def vault(backend: SmallKeyring) -> KeyringVault:
    return KeyringVault(lambda: backend, part_max_characters=LIMIT)


@pytest.fixture(params=["keyring", "session"])
def any_vault(request: pytest.FixtureRequest, vault: KeyringVault) -> SecretVault:
    return vault if request.param == "keyring" else SessionVault()


def test_each_account_has_its_own_key(any_vault: SecretVault) -> None:
    any_vault.write("openai", "default", Secret("one"))
    any_vault.write("openai", "work", Secret("two"))
    any_vault.write("tongyi", "default", Secret("three"))
    any_vault.delete("openai", "default")
    assert any_vault.read("openai", "default") is None
    assert any_vault.read("openai", "work") == Secret("two")
    assert any_vault.read("tongyi", "default") == Secret("three")


def test_deleting_what_is_not_there_is_no_error(any_vault: SecretVault) -> None:
    any_vault.delete("openai", "default")
    assert any_vault.read("openai", "default") is None


@pytest.mark.parametrize("key", ["k", LONG[:LIMIT], LONG[: LIMIT + 1], LONG])
def test_long_key_comes_back_whole(vault: KeyringVault, backend: SmallKeyring, key: str) -> None:
    vault.write("openai", "default", Secret(key))
    assert vault.read("openai", "default") == Secret(key)
    vault.delete("openai", "default")
    assert backend.entries == {}


@pytest.mark.parametrize(("before", "after"), [(LONG, "short"), (LONG, LONG[:15]), ("short", LONG)])
def test_replaced_key_leaves_no_part_behind(
    vault: KeyringVault, backend: SmallKeyring, before: str, after: str
) -> None:
    vault.write("openai", "default", Secret(before))
    vault.write("openai", "default", Secret(after))
    assert vault.read("openai", "default") == Secret(after)
    vault.delete("openai", "default")
    assert backend.entries == {}


def test_key_with_a_lost_part_counts_as_missing(vault: KeyringVault, backend: SmallKeyring) -> None:
    vault.write("openai", "default", Secret(LONG))
    del backend.entries["Prompt Studio: openai/default part 2", "default"]
    assert vault.read("openai", "default") is None


def test_write_that_breaks_off_does_not_mix_two_keys(vault: KeyringVault, backend: SmallKeyring) -> None:
    vault.write("openai", "default", Secret("old"))
    backend.fail_after = 2
    with pytest.raises(errors.KeyringLocked):
        vault.write("openai", "default", Secret(LONG))
    assert vault.read("openai", "default") == Secret("old")


def _init_error(cause: BaseException) -> InitError:
    error = InitError("cannot")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (NoKeyringError("none"), errors.KeyringMissing),
        (SecretServiceNotAvailableException("none"), errors.KeyringMissing),
        (OSError("socket"), errors.KeyringMissing),
        (_init_error(SecretServiceNotAvailableException("none")), errors.KeyringMissing),
        (_init_error(RuntimeError("prompt")), errors.KeyringLocked),
        (KeyringLocked("locked"), errors.KeyringLocked),
        (KeyringError("denied"), errors.KeyringLocked),
    ],
)
def test_every_failure_becomes_one_of_two_with_words(raised: Exception, told: type[errors.StudioError]) -> None:
    def fail() -> KeyringBackend:
        raise raised

    vault = KeyringVault(fail)
    calls: list[Callable[[], object]] = [
        lambda: vault.read("openai", "default"),
        lambda: vault.write("openai", "default", Secret("planted-key")),
        lambda: vault.delete("openai", "default"),
    ]
    for call in calls:
        with pytest.raises(told) as caught:
            call()
        assert "planted-key" not in str(caught.value)


def test_backend_is_ours_whatever_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert isinstance(system_backend(), SecretServiceKeyring)


def test_without_a_session_bus_there_is_no_keyring() -> None:
    with pytest.raises(errors.KeyringMissing):
        KeyringVault().read("openai", "default")
