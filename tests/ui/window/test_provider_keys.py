"""Keys of a keyring that is locked when the window opens."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from studio.config.vault import SessionVault
from studio.domain.errors import KeyringLocked
from studio.domain.request import Target
from studio.domain.values import Secret
from tests.ui.window.conftest import Play, Stage


class LockedVault(SessionVault):
    """Waits for its password as the system's keyring does; the password may be refused."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.refused = False
        self.write("openai", "default", Secret("sk-proj-planted-key-000000001234"))

    def read(self, provider: str, account: str) -> Secret | None:
        assert self.answered.wait(60)
        if self.refused:
            raise KeyringLocked(detail="the prompt was dismissed")
        return super().read(provider, account)


def lock(stage: Stage, *, patience_s: float, refused: bool = False) -> LockedVault:
    """From now on the keyring asks for a password, and the program waits so long for it."""
    vault = LockedVault()
    vault.refused = refused
    accounts: Any = stage.client.studio.accounts
    accounts._keyring = vault
    be_patient(stage, patience_s)
    stage.controller.keys.refresh()
    return vault


def be_patient(stage: Stage, patience_s: float) -> None:
    accounts: Any = stage.client.studio.accounts
    accounts._lane._timeout_s = patience_s


def has_key(stage: Stage) -> bool:
    rows = stage.controller.composer.models.rows
    return not next(row for row in rows if row.provider.id == "openai")._add_key.isVisible()


def told(stage: Stage) -> str:
    message = stage.window.message_bar.current()
    return message.spoken if message is not None else ""


def test_keys_are_read_once_the_keyring_is_opened_late(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        vault = lock(stage, patience_s=0.05)
        await stage.until(lambda: "question about its password" in told(stage))
        assert not has_key(stage)
        be_patient(stage, 60)
        vault.answered.set()
        await stage.until(lambda: has_key(stage))
        await stage.until(lambda: told(stage) == "")

    play(scene)


def test_a_dismissed_keyring_can_be_asked_again(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        vault = lock(stage, patience_s=60, refused=True)
        vault.answered.set()
        await stage.until(lambda: "Unlock the keyring" in told(stage))
        vault.refused = False
        stage.window.message_bar.acted.emit("keyring")
        await stage.until(lambda: has_key(stage))
        await stage.until(lambda: told(stage) == "")

    play(scene)


def test_nothing_is_said_of_a_key_that_nobody_has_looked_for_yet(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    vaults: list[LockedVault] = []

    def make() -> LockedVault:
        vaults.append(LockedVault())
        return vaults[-1]

    monkeypatch.setattr("tests.ui.window.conftest.SessionVault", make)

    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        assert composer.models.rows
        assert has_key(stage), "the keyring has not been asked yet: no key is missing"
        composer.models.tick([Target(provider="openai", model="gpt-image-2")])
        assert not composer.models.without_key()
        vaults[0].refused = True
        vaults[0].answered.set()
        await stage.until(lambda: not has_key(stage))
        vaults[0].refused = False
        stage.controller.keys.refresh()
        await stage.until(lambda: has_key(stage))
        vaults[0].answered.clear()
        await stage.controller.refresh_providers()
        assert has_key(stage), "what is known stays while it is read once more"
        vaults[0].answered.set()

    play(scene)
