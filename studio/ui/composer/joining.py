"""How saved words join a prompt at the cursor."""

from __future__ import annotations

_OPENING = "([{（「『“‘<|"
_CLOSING = ")]}）」』”’>|"
_STOPS = ",;:.!?"
_WIDE_STOPS = "，、；：。！？"


def joined_words(before: str, words: str, after: str) -> str:
    """`words` with what must stand around them so that they are a phrase of their own between `before` and `after`.

    Commas and spaces that are there already are not doubled; Chinese text gets its own comma and no space."""
    words = words.strip()
    if not words:
        return ""
    line = before.rsplit("\n", 1)[-1]
    in_sentence = line[-1:].isspace() and line.rstrip()[-1:].isalnum()  # who left a space there wants no comma
    return ("" if in_sentence else _lead(before, words)) + words + _trail(words, after, in_sentence=in_sentence)


def _lead(before: str, words: str) -> str:
    last = before[-1:]
    line = before.rsplit("\n", 1)[-1].rstrip()
    if not line or last in _OPENING or words[0] in _STOPS + _WIDE_STOPS + _CLOSING:
        return ""
    if line[-1] in _STOPS:
        return "" if last.isspace() else " "
    if line[-1] in _WIDE_STOPS:
        return ""
    return "，" if _is_wide(last) and _is_wide(words[0]) else ", "


def _trail(words: str, after: str, *, in_sentence: bool) -> str:
    first = after[:1]
    rest = after.split("\n", 1)[0].lstrip()
    if not rest or rest[0] in _STOPS + _WIDE_STOPS + _CLOSING or words[-1] in _STOPS + _WIDE_STOPS:
        return " " if rest and not first.isspace() and words[-1] in _STOPS else ""
    if _is_wide(words[-1]) and _is_wide(rest[0]):
        return "，"
    if in_sentence:
        return "" if first.isspace() else " "
    return "," if first.isspace() else ", "


def _is_wide(letter: str) -> bool:
    """Chinese and Japanese letters, which need no spaces."""
    return "\u3040" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or letter in _WIDE_STOPS
