"""Text as it is indexed and asked for: what a user types is never read as the search engine's own language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import apsw

TRIGRAM = 3
WORDS_MAX, WORD_MAX_CHARACTERS = 50, 500
"""Of a search; who pastes a whole text into the field finds what has its beginning."""


def search_key(text: str) -> str:
    """Upper and lower case, full and half width, composed and decomposed forms are the same to a search."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.replace("\0", " ").encode("utf-8", "replace").decode()  # half a surrogate pair is no text


def index_text(db: apsw.Connection, name: str, row_id: int, texts: Iterable[str]) -> None:
    """Make a row findable by `texts` in the index `name` (image, run or prompt); replaces what it was findable by."""
    words = search_key("\n".join(text for text in texts if text))
    drop_text(db, name, row_id)
    db.execute(f"INSERT INTO {name}_search (rowid, words) VALUES (?, ?)", (row_id, words))
    db.execute(f"INSERT INTO {name}_grams (rowid, grams) VALUES (?, ?)", (row_id, " ".join(grams(words))))


def drop_text(db: apsw.Connection, name: str, row_id: int) -> None:
    db.execute(f"DELETE FROM {name}_search WHERE rowid = ?", (row_id,))
    db.execute(f"DELETE FROM {name}_grams WHERE rowid = ?", (row_id,))


def grams(words: str) -> set[str]:
    """The single characters and pairs in `words`, each spelt so that any tokenizer leaves it whole."""
    found: set[str] = set()
    for word in words.split():
        found.update(word)
        found.update(word[place : place + 2] for place in range(len(word) - 1))
    return {_spelt(gram) for gram in found}


def _spelt(gram: str) -> str:
    return "g" + gram.encode("utf-8", "surrogatepass").hex()


def asked_words(text: str) -> list[str]:
    """The words of a search, all of which must be found; words in quotation marks belong together."""
    found = re.findall(r'"([^"]+)"|(\S+)', search_key(text))
    words = [" ".join((together or alone).replace('"', " ").split()) for together, alone in found]
    return [word[:WORD_MAX_CHARACTERS] for word in words if word][:WORDS_MAX]


def match_conditions(text: str, name: str) -> list[tuple[str, list[str]]]:
    """SQL conditions on the row id of index `name`, with their parameters; all must hold."""
    words = asked_words(text)
    long = [word for word in words if len(word) >= TRIGRAM]
    short = [word for word in words if len(word) < TRIGRAM]
    conditions: list[tuple[str, list[str]]] = []
    if long:
        query = " AND ".join(f'"{word}"' for word in long)
        conditions.append((f"{name}_search MATCH ?", [query]))
    if short:
        query = " AND ".join(_spelt(part) for word in short for part in word.split())
        conditions.append((f"{name}_grams MATCH ?", [query]))
    return conditions
