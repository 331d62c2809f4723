"""Keys in the operating system's keyring, or for this session in memory. Never in a file.

The backend is chosen here, by system: what else is installed (`keyrings.alt` writes plain files) or set in the keyring
package's own configuration cannot take its place."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.domain.errors import KeyringLocked, KeyringMissing, StudioError
from studio.domain.values import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Prompt Studio"

PART_MAX_CHARACTERS = 640
"""Windows keeps 2,560 bytes of UTF-16 for each entry; a character outside the basic plane takes four of them."""

_PARTS_MARK = "prompt-studio-parts:"


class SessionVault:
    """Keys that live as long as the process; for systems without a keyring and for trying a key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: dict[tuple[str, str], Secret] = {}

    def read(self, provider: str, account: str) -> Secret | None:
        with self._lock:
            return self._secrets.get((provider, account))

    def write(self, provider: str, account: str, secret: Secret) -> None:
        with self._lock:
            self._secrets[provider, account] = secret

    def delete(self, provider: str, account: str) -> None:
        with self._lock:
            self._secrets.pop((provider, account), None)


class KeyringVault:
    """Keys in the keyring of the system. Every call may block on a prompt of the system: see `AccountKeys`.

    Each raises KeyringMissing or KeyringLocked; deleting a key that is not there is no error."""

    def __init__(
        self, backend: Callable[[], KeyringBackend] | None = None, *, part_max_characters: int | None = None
    ) -> None:
        """`part_max_characters`: longer keys are cut into numbered entries; None: only on Windows, which needs it."""
        self._make_backend = backend or system_backend
        self._backend: KeyringBackend | None = None
        if part_max_characters is None and sys.platform == "win32":
            part_max_characters = PART_MAX_CHARACTERS
        self._part_max_characters = part_max_characters

    def read(self, provider: str, account: str) -> Secret | None:
        with _translated_errors():
            head = self._opened().get_password(_entry(provider, account), account)
            if not head:
                return None
            count = _part_count(head)
            if count == 0:
                return Secret(head)
            parts = [self._opened().get_password(_entry(provider, account, number), account) for number in range(count)]
        if any(part is None for part in parts):
            return None
        return Secret("".join(part or "" for part in parts))

    def write(self, provider: str, account: str, secret: Secret) -> None:
        value = secret.reveal()
        with _translated_errors():
            before = self._opened().get_password(_entry(provider, account), account) or ""
            limit = self._part_max_characters
            cut = limit is not None and len(value) > limit
            parts = [value[start : start + limit] for start in range(0, len(value), limit)] if limit and cut else []
            for number, part in enumerate(parts):
                self._opened().set_password(_entry(provider, account, number), account, part)
            # The head comes last: until it is there, the old key is still the whole truth.
            head = f"{_PARTS_MARK}{len(parts)}" if parts else value
            self._opened().set_password(_entry(provider, account), account, head)
            self._delete_parts(provider, account, len(parts), _part_count(before))

    def delete(self, provider: str, account: str) -> None:
        with _translated_errors():
            head = self._opened().get_password(_entry(provider, account), account)
            if head is None:
                return
            self._opened().delete_password(_entry(provider, account), account)
            self._delete_parts(provider, account, 0, _part_count(head))

    def _delete_parts(self, provider: str, account: str, first: int, end: int) -> None:
        for number in range(first, end):
            if self._opened().get_password(_entry(provider, account, number), account) is not None:
                self._opened().delete_password(_entry(provider, account, number), account)

    def _opened(self) -> KeyringBackend:
        if self._backend is None:
            self._backend = self._make_backend()
        return self._backend


def system_backend() -> KeyringBackend:
    """The keyring of this system: Credential Manager, Keychain or Secret Service. Raises KeyringMissing."""
    # Imported here: keyring takes 60 ms and a session with a key from the environment never needs it.
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring

        return Keyring()
    from studio.config.secret_service import SecretServiceKeyring

    return SecretServiceKeyring()  # type: ignore[no-untyped-call]  # keyring's base class has no annotations


def _entry(provider: str, account: str, part: int | None = None) -> str:
    """A service name of its own for each key: Windows' backend moves entries about that share one."""
    name = f"{SERVICE}: {provider}/{account}"
    return name if part is None else f"{name} part {part + 1}"


def _part_count(head: str) -> int:
    """0 when the entry holds the key itself."""
    count = head.removeprefix(_PARTS_MARK)
    return int(count) if count != head and count.isdigit() else 0


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Whatever a backend raises becomes KeyringMissing or KeyringLocked, with its words and without any value."""
    try:
        yield
    except StudioError:
        raise
    except Exception as error:  # each backend raises its own kinds, also outside keyring's tree
        kind = KeyringLocked if _means_locked(error) else KeyringMissing
        raise kind(detail=f"{type(error).__name__}: {error}") from error


def _means_locked(error: BaseException) -> bool:
    """A keyring that is there but does not open: locked, prompt dismissed, no way to show a prompt, write refused."""
    from keyring.errors import InitError, KeyringError, NoKeyringError

    if isinstance(error, NoKeyringError):
        return False
    if isinstance(error, InitError):
        return "NotAvailable" not in type(error.__cause__).__name__
    return isinstance(error, KeyringError) or type(error).__name__ in {"LockedException", "PromptDismissedException"}
