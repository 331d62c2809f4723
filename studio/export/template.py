"""The file name template: literal text and tokens in braces, nothing that could be a path."""

from __future__ import annotations

import re
from collections.abc import Mapping

from studio.domain.errors import TemplateInvalid
from studio.domain.exporting import NAME_TOKENS

_PIECE = re.compile(r"\{([^{}]*)\}")
_EMPTY = "\0"
_AROUND_EMPTY = re.compile(rf"^(?:{_EMPTY}[_\-. ]*)+|[_\-. ]*{_EMPTY}")

NUMBER = "number"


def check_template(template: str) -> None:
    """Raises TemplateInvalid with a reason that can be shown while the user types."""
    if not template.strip():
        raise TemplateInvalid(reason="The file name is empty")
    rest = _PIECE.sub("", template)
    if "{" in rest or "}" in rest:
        raise TemplateInvalid(reason="A brace is open: tokens look like {date}")
    for token in _PIECE.findall(template):
        if token not in NAME_TOKENS:
            known = ", ".join(f"{{{name}}}" for name in NAME_TOKENS)
            raise TemplateInvalid(reason=f"There is no {{{token}}}, only {known}")
    if "/" in rest or "\\" in rest:
        raise TemplateInvalid(reason="A file name has no / or \\; folders come from the export folder")
    if any(ord(character) < 32 for character in rest):
        raise TemplateInvalid(reason="A file name has no control characters")


def fill_template(template: str, values: Mapping[str, str]) -> str:
    """The text with each token replaced; `number` stays as ``{number}`` unless it is given.

    A token without a value takes the separator before it along: ``{date}_{tag}_{run}`` gives ``2026-11-20_048``."""

    def value_of(found: re.Match[str]) -> str:
        token = found[1]
        if token == NUMBER and NUMBER not in values:
            return found[0]
        return values.get(token, "").replace(_EMPTY, "") or _EMPTY

    return _AROUND_EMPTY.sub("", _PIECE.sub(value_of, template))


def fill_number(text: str, number: int) -> str:
    return text.replace(f"{{{NUMBER}}}", f"{number:02d}")
