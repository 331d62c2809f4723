"""Options that several commands share, and how amounts of money are typed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import cast

import click

from studio.domain.errors import RequestInvalid
from studio.domain.pricing import Currency, Money

DEFAULT_OUT = Path("output/images")

_FOLDER = click.Path(path_type=Path, file_okay=False)
_MONEY = re.compile(r"^\s*([$¥€]?)\s*(\d{1,9}(?:\.\d{1,9})?)\s*([A-Za-z]*)\s*$")
_CURRENCIES: dict[str, Currency] = {
    "": "USD",
    "$": "USD",
    "¥": "CNY",
    "€": "EUR",
    "usd": "USD",
    "cny": "CNY",
    "rmb": "CNY",
    "eur": "EUR",
    "credits": "credits",
}

out_option = click.option(
    "--out", type=_FOLDER, default=DEFAULT_OUT, show_default=True, help="Folder for copies of the images."
)
workspace_option = click.option("--workspace", type=_FOLDER, help="Another workspace folder.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress.")
timeout_option = click.option(
    "--timeout", "timeout_s", type=click.FloatRange(min=1), metavar="SECONDS", help="Cancel after so long."
)


def max_cost_of(text: str | None) -> Money | None:
    """What ``--max-cost`` says. Raises RequestInvalid."""
    return read_money(text, "max-cost") if text is not None else None


def read_money(text: str, field: str) -> Money:
    """``0.50``, ``$0.50``, ``¥3``, ``3 CNY``; US dollars when no currency is named. Raises RequestInvalid."""
    found = _MONEY.match(text)
    sign, number, word = found.groups() if found else ("", "", "?")
    if (sign and word) or word.lower() not in _CURRENCIES:
        raise RequestInvalid(field=field, reason=f"{text!r} is no amount such as 0.50 or 3CNY")
    return Money(amount=Decimal(cast("str", number)), currency=_CURRENCIES[sign or word.lower()])
