"""The walls stand, and each of them is seen to be broken when somebody breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from studio.providers import PROVIDERS
from tests.rules.tree import imported_modules, python_files

# Contract -> the file that breaks it and what is planted there.
BREACHES = {
    "layers": ("studio/domain/planted.py", "import studio.engine"),
    "faces": ("studio/cli/planted.py", "import studio.storage"),
    "painting": ("studio/export/planted.py", "import studio.painting"),
    "vendors": ("studio/providers/openai.py", "import studio.providers.demo"),
    "http": ("studio/engine/planted.py", "import httpx"),
    "pixels": ("studio/ui/planted.py", "from PIL import Image"),
    "keys": ("studio/cli/planted_keys.py", "import keyring"),
    "database": ("studio/engine/planted_sql.py", "import apsw"),
    "window": ("studio/export/planted_qt.py", "from PySide6.QtCore import QObject"),
    "terminal": ("studio/storage/planted.py", "import click"),
    "panels": ("studio/ui/composer/planted.py", "import studio.ui.gallery"),
}
NEW_PACKAGE = "studio/utilities/__init__.py"

# The centre and the painter may know these and the standard library; import-linter can only forbid, not allow.
PURE = {
    "studio/domain": {"studio.domain", "pydantic", "pydantic_core", "annotated_types"},
    "studio/painting": {"studio.painting", "PIL"},
}


@pytest.fixture(scope="module")
def contracts(project: Path) -> list[dict[str, Any]]:
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)


def broken_contracts(report: str, contracts: list[dict[str, Any]]) -> set[str]:
    words = " ".join(report.split())
    return {contract["id"] for contract in contracts if f"{contract['name']} BROKEN" in words}


def test_all_walls_stand(project: Path) -> None:
    result = lint_imports(project)
    assert result.returncode == 0, result.stdout + result.stderr


def test_each_planted_breach_is_caught(project: Path, tmp_path: Path, contracts: list[dict[str, Any]]) -> None:
    shutil.copytree(project / "studio", tmp_path / "studio", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(project / "pyproject.toml", tmp_path)
    for file, breach in BREACHES.values():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as planted:
            planted.write(f"\n{breach}\n")
    result = lint_imports(tmp_path)
    assert result.returncode != 0
    assert broken_contracts(result.stdout, contracts) == set(BREACHES) == {contract["id"] for contract in contracts}


def test_a_new_package_must_declare_its_place(project: Path, tmp_path: Path, contracts: list[dict[str, Any]]) -> None:
    shutil.copytree(project / "studio", tmp_path / "studio", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(project / "pyproject.toml", tmp_path)
    (tmp_path / NEW_PACKAGE).parent.mkdir()
    (tmp_path / NEW_PACKAGE).touch()
    assert broken_contracts(lint_imports(tmp_path).stdout, contracts) == {"layers"}


def foreign_imports(folder: Path, allowed: set[str]) -> list[str]:
    """Imports of a pure package that are neither the standard library's nor allowed."""
    return [
        f"{path.name}: {module}"
        for path in python_files(folder)
        for module in imported_modules(path)
        if module.split(".", maxsplit=1)[0] not in sys.stdlib_module_names
        and not any(module == name or module.startswith(f"{name}.") for name in allowed)
    ]


@pytest.mark.parametrize("package", PURE)
def test_pure_packages_know_nothing_else(project: Path, tmp_path: Path, package: str) -> None:
    assert foreign_imports(project / package, PURE[package]) == []
    (tmp_path / "planted.py").write_text("import json\ndef late():\n    import apsw\n", encoding="utf-8")
    assert foreign_imports(tmp_path, PURE[package]) == ["planted.py: apsw"]


def test_every_vendor_is_behind_the_wall(contracts: list[dict[str, Any]]) -> None:
    (independence,) = (contract for contract in contracts if contract["id"] == "vendors")
    assert set(independence["modules"]) == {provider_module(provider) for provider in PROVIDERS}


def provider_module(provider: object) -> str:
    """Where a provider's class is written."""
    return str(vars(provider)["__module__"])
