"""The Secret Service of Linux desktops: GNOME Keyring, KWallet, KeePassXC."""

from __future__ import annotations

from time import monotonic
from typing import Any

import secretstorage
from keyring.backends.SecretService import Keyring
from keyring.errors import InitError, KeyringLocked
from secretstorage.collection import get_collection_by_alias
from secretstorage.exceptions import (
    ItemNotFoundException,
    SecretServiceNotAvailableException,
    SecretStorageException,
)

CONNECT_WITHIN_S = 15.0
"""Less than `lane.TIMEOUT_S`, after which nobody waits any more."""


def session_bus() -> Any:
    """A connection to the session's D-Bus, a `DBusConnection` of jeepney, which has no types. The caller closes it.

    The library gives the bus one second to greet; on a busy computer it takes longer, and that would be told as a
    system without a keyring. Raises SecretServiceNotAvailableException, TimeoutError."""
    ends_s = monotonic() + CONNECT_WITHIN_S
    while True:
        try:
            return secretstorage.dbus_init()
        except TimeoutError:
            if monotonic() > ends_s:
                raise


class SecretServiceKeyring(Keyring):
    """keyring's own backend leaves its D-Bus connection open when the keyring stays locked."""

    appid = "Prompt Studio"

    def get_password(self, service: str, username: str) -> str | None:
        """As keyring's own, but a user without any keyring is not asked to make one just to be told it is empty."""
        if not self._has_default_collection():
            return None
        return super().get_password(service, username)  # type: ignore[no-any-return,no-untyped-call]  # untyped base

    @staticmethod
    def _has_default_collection() -> bool:
        try:
            connection = session_bus()
        except SecretServiceNotAvailableException as error:
            raise InitError(str(error)) from error
        try:
            get_collection_by_alias(connection, "default")
        except ItemNotFoundException:
            return False
        except SecretServiceNotAvailableException as error:
            raise InitError(str(error)) from error
        finally:
            connection.close()
        return True

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The default collection, unlocked. The caller closes its connection.

        Raises SecretServiceNotAvailableException, InitError, KeyringLocked."""
        connection = session_bus()
        try:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked():
                collection.unlock()
                if collection.is_locked():
                    raise KeyringLocked("the keyring stayed locked")
        except SecretServiceNotAvailableException:
            connection.close()
            raise
        except SecretStorageException as error:
            connection.close()
            raise InitError(str(error)) from error
        except BaseException:
            connection.close()
            raise
        return collection
