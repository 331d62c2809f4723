"""The vendors of the contract suite, one module each. Every provider has one: a test says so."""

from __future__ import annotations

import importlib
import pkgutil

from tests.contract.cases.vendor import VendorCase


def _found() -> tuple[VendorCase, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "vendor")
    return tuple(importlib.import_module(f"{__name__}.{name}").CASE for name in names)


CASES: tuple[VendorCase, ...] = _found()
