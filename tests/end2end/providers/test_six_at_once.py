"""One prompt goes to six providers; a kill in the middle loses nothing that was accepted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from studio.config.paths import program_folder
from studio.config.settings import AccountSettings, Settings
from studio.config.settings_store import SettingsStore
from studio.providers.catalogue import load_catalogue
from tests.fakes import FAKES

PROJECT = Path(__file__).resolve().parents[3]
VENDORS = ("openai", "tongyi", "volcengine", "midjourney", "acedata", "gemini")
TASK_VENDORS = ("tongyi", "midjourney", "acedata")
MODELS = {
    "openai": "gpt-image-2",
    "tongyi": "wan2.6-t2i",
    "volcengine": "doubao-seedream-4-5-251128",
    "midjourney": "v7",
    "acedata": "gpt-image-2",
    "gemini": "gemini-3.1-flash-image",
}


class Street:
    """The six fakes, and a home in which the program finds their addresses and keys."""

    def __init__(self, fakes: dict[str, Any], home: Path) -> None:
        self.fakes, self.home = fakes, home
        specs = load_catalogue(program_folder("resources") / "catalog")
        settings = Settings()
        self.environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(PROJECT)}
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            self.environment[name] = str(home / name.lower())
        for vendor, fake in fakes.items():
            account = AccountSettings(fields={"base_url": fake.base_url})
            settings = settings.with_account(vendor, account)
            self.environment[specs[vendor].key_environment[0]] = str(getattr(fake, "api_key", "key"))
        self._write(settings)
        self.targets = [f"{vendor}/{MODELS[vendor]}" for vendor in VENDORS]
        self.workspace = home / "workspace"

    def _write(self, settings: Settings) -> None:
        store = SettingsStore(Path(self.environment["XDG_CONFIG_HOME"]) / "prompt-studio" / "settings.json")
        store.update(lambda _before: settings)
        store.flush()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "studio", *arguments, "--workspace", str(self.workspace)]

    def generate(self, *more: str) -> list[str]:
        words = ["generate", "--prompt", "two pears", "--json", "--out", str(self.home / "out"), *more]
        for target in self.targets:
            words += ["--target", target]
        return self.command(*words)

    def posts(self, vendor: str) -> int:
        """Paid requests that reached a fake."""
        return int(self.fakes[vendor].billed_images)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    with ExitStack() as ending:
        fakes = {vendor: ending.enter_context(FAKES[vendor]()) for vendor in VENDORS}
        yield Street(fakes, tmp_path)


def test_one_prompt_reaches_all_six_and_every_image_comes_home(street: Street) -> None:
    done = subprocess.run(street.generate(), capture_output=True, text=True, env=street.environment, check=False)
    document = json.loads(done.stdout)
    states = {result["provider"]: (result["state"], result["error"]) for result in document["results"]}
    assert states == dict.fromkeys(VENDORS, ("done", None))
    for result in document["results"]:
        assert result["images"]
        for image in result["images"]:
            assert Path(image["path"]).is_file()
    assert done.returncode == 0


def test_killed_in_the_middle_every_accepted_task_is_brought_home_and_none_is_paid_twice(street: Street) -> None:
    for vendor in TASK_VENDORS:
        street.fakes[vendor].tasks.freeze()
    street.targets = [target for target in street.targets if target.partition("/")[0] in TASK_VENDORS]
    running = subprocess.Popen(
        street.generate(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=street.environment
    )
    for vendor in TASK_VENDORS:
        street.fakes[vendor].wait_for_requests(2)  # the order, and the first question about it: the ticket is on disk
    running.send_signal(signal.SIGKILL)
    running.communicate()
    for vendor in TASK_VENDORS:
        street.fakes[vendor].tasks.thaw()
    before = {vendor: len([r for r in street.fakes[vendor].requests if r.method == "POST"]) for vendor in TASK_VENDORS}
    resumed = subprocess.run(
        street.command("resume"), capture_output=True, text=True, env=street.environment, check=False
    )
    assert resumed.returncode == 0, resumed.stderr
    images = list((street.workspace / "output" / "images").glob("*.*"))
    assert {vendor for vendor in TASK_VENDORS if any(MODELS[vendor] in image.name for image in images)} == set(
        TASK_VENDORS
    )
    for vendor in ("tongyi", "midjourney"):  # AceDataCloud asks for tasks by POST
        after = len([request for request in street.fakes[vendor].requests if request.method == "POST"])
        assert after == before[vendor]
