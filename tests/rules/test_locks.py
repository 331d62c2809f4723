"""The locks describe what the project asks for, for every system, and install only what their hashes name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-setup.txt")


def pins(lock: Path) -> dict[str, Version]:
    return {
        found[1]: Version(found[2])
        for found in re.finditer(r"(?m)^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", lock.read_text(encoding="utf-8"))
    }


def wished(project: Path, group: str) -> list[Requirement]:
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    if group == "program":
        return [Requirement(line) for line in settings["project"]["dependencies"]]
    groups = settings["dependency-groups"]
    found: list[Requirement] = []
    for entry in groups[group]:
        found += wished(project, entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]
    return found


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("requirements.txt", ["program"]),
        ("requirements-dev.txt", ["program", "dev"]),
        ("requirements-setup.txt", ["setup"]),
    ],
)
def test_a_lock_answers_every_wish(project: Path, lock: str, groups: list[str]) -> None:
    locked = pins(project / "packaging" / lock)
    for requirement in (requirement for group in groups for requirement in wished(project, group)):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement} is not locked"
        assert requirement.specifier.contains(version), f"{requirement} is locked as {version}"


def test_one_environment_can_hold_all_locks(project: Path) -> None:
    everything = pins(project / "packaging" / "requirements-dev.txt")
    for lock in LOCKS:
        assert pins(project / "packaging" / lock).items() <= everything.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_nothing_else_is_said(project: Path, lock: str) -> None:
    text = (project / "packaging" / lock).read_text(encoding="utf-8")
    entries = [line for line in re.sub(r"\\\n", "", text).splitlines() if line and not line.startswith("#")]
    entry = re.compile(r"[a-z0-9.-]+==\S+( ; [^@/]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert entries
    assert [line for line in entries if not entry.fullmatch(line)] == []
