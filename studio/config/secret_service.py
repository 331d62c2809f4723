"""The Secret Service of Linux desktops: GNOME Keyring, KWallet, KeePassXC."""

from __future__ import annotations

import secretstorage
from keyring.backends.SecretService import Keyring
from keyring.errors import InitError, KeyringLocked
from secretstorage.exceptions import SecretServiceNotAvailableException, SecretStorageException


class SecretServiceKeyring(Keyring):
    """keyring's own backend leaves its D-Bus connection open when the keyring stays locked."""

    appid = "Prompt Studio"

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The default collection, unlocked. The caller closes its connection.

        Raises SecretServiceNotAvailableException, InitError, KeyringLocked."""
        connection = secretstorage.dbus_init()
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
