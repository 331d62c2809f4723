"""Everything that goes to users may go to users: no copyleft but Qt's LGPL, and a licence text for all we copied."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

# Names as packages write them, in their licence expression, their licence field or their classifiers.
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|HPND|Unlicense|0BSD|any-OSI|Zlib", re.IGNORECASE
)
COPYLEFT = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public|SSPL|EUPL|CC-BY-(?:SA|NC)", re.IGNORECASE)
QT = {"pyside6-essentials", "shiboken6"}


def locked_here(lock: Path) -> list[Requirement]:
    """The lock's packages that this Python on this system installs."""
    lines = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8")).splitlines()
    found = [Requirement(line.split(" --hash")[0]) for line in lines if line and not line.startswith("#")]
    return [requirement for requirement in found if requirement.marker is None or requirement.marker.evaluate()]


def licence_words(name: str) -> str:
    """All that a distribution says of its licence in one line."""
    told = metadata(name)
    classifiers = [entry for entry in told.get_all("Classifier") or [] if entry.startswith("License")]
    fields = [*(told.get_all("License-Expression") or []), *(told.get_all("License") or [])]
    return " | ".join([*(field.partition("\n")[0] for field in fields if field), *classifiers])


def verdict(name: str, words: str) -> str:
    """An objection to shipping a package under this licence; empty when there is none."""
    if name in QT:
        return "" if "LGPL" in words else f"{name}: Qt without the LGPL: {words}"
    if COPYLEFT.search(words):
        return f"{name}: copyleft: {words}"
    return "" if FREE.search(words) else f"{name}: unknown licence: {words!r}"


def test_no_copyleft_in_what_we_ship(project: Path) -> None:
    requirements = locked_here(project / "packaging" / "requirements.txt")
    assert len(requirements) > 20
    objections = []
    for requirement in requirements:
        try:
            objections.append(verdict(requirement.name, licence_words(requirement.name)))
        except PackageNotFoundError:
            objections.append(f"{requirement.name}: locked but not installed; run the set-up again")
    assert [objection for objection in objections if objection] == []


def test_copyleft_is_recognised() -> None:
    for words in (
        "GPL-3.0-or-later",
        "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
        "AGPL-3.0",
        "",
    ):
        assert verdict("planted", words)
    assert not verdict("planted", "Apache-2.0 OR BSD-3-Clause")


def test_what_we_copied_has_its_licence_beside_it(project: Path) -> None:
    resources = project / "resources"
    licences = {path.name for path in (resources / "licences").glob("*.txt")}
    table = (resources / "licences" / "README.md").read_text(encoding="utf-8")
    families = {path.stem.split("-")[0] for path in (resources / "fonts").iterdir()}
    assert families
    for family in [*families, "Lucide"]:
        assert [name for name in licences if name.startswith(f"{family}-") and name in table], family
    assert all("@license lucide-static" in path.read_text("utf-8") for path in (resources / "icons").glob("*.svg"))
