"""Reads a prompt: which known things, colours, light and weather it names, and which words stay unknown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from studio.painting import small_words, vocabulary
from studio.painting.wish import Colour

READ_CHARACTERS: Final = 6000  # more than any prompt people write; the rest still counts as unknown text
_WORD: Final = re.compile(r"[a-z][a-z'&-]*|[0-9]+|[\u3400-\u9fff]+|[^\s\w]|[^\W\d_]+")
_REACH: Final = 4  # words between a count or colour and the thing it belongs to


@dataclass(frozen=True, slots=True)
class Term:
    """One meaning of a word: its kind ("subject", "time", "colour", ...) and its concept."""

    kind: str
    concept: str
    colour: Colour | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing named in the prompt; ``count`` 0 means "not said"."""

    concept: str
    count: int = 0
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a prompt says."""

    mentions: tuple[Mention, ...] = ()
    traits: frozenset[str] = frozenset()  # time, weather, season, light, mood, view, hair and material concepts
    colours: tuple[Colour, ...] = ()
    refused: frozenset[str] = frozenset()  # concepts that must not appear
    refused_colours: tuple[Colour, ...] = ()
    unknown: tuple[str, ...] = ()
    clear_background: bool = False
    worn: tuple[tuple[str, Colour], ...] = ()  # which subject, refused or not, each colour was said of

    def has(self, *concepts: str) -> bool:
        """Whether any of the subjects or traits was named and not refused."""
        return any(concept in self.traits or self.mention(concept) is not None for concept in concepts)

    def mention(self, concept: str) -> Mention | None:
        """The first mention of a subject that was not refused."""
        return next((mention for mention in self.mentions if mention.concept == concept), None)

    def count(self, concept: str, default: int) -> int:
        """How many of a subject were asked for, at most 12."""
        mention = self.mention(concept)
        return min(12, mention.count) if mention is not None and mention.count else default

    def colour(self, concept: str, default: Colour) -> Colour:
        """The colour said of a subject."""
        mention = self.mention(concept)
        return mention.colour if mention is not None and mention.colour is not None else default


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[Term, ...]]:
    terms: dict[str, tuple[Term, ...]] = {}

    def learn(words: str, term: Term) -> None:
        for word in words.split(","):
            terms[word.strip()] = (*terms.get(word.strip(), ()), term)

    for kind, table in (
        ("subject", vocabulary.SUBJECTS),
        ("time", vocabulary.TIMES),
        ("weather", vocabulary.WEATHERS),
        ("season", vocabulary.SEASONS),
        ("light", vocabulary.LIGHTS),
        ("mood", vocabulary.MOODS),
        ("view", vocabulary.VIEWS),
        ("hair", vocabulary.HAIR),
        ("material", vocabulary.MATERIALS),
    ):
        for concept, words in table.items():
            learn(words, Term(kind, concept))
    for colour, words in vocabulary.COLOURS.items():
        learn(words, Term("colour", words.split(",", 1)[0], colour=colour))
    for word, count in small_words.COUNTS.items():
        learn(word, Term("count", word, count=count))
    learn(vocabulary.CLEAR, Term("clear", "clear"))
    for word in sorted(small_words.NEGATIONS):
        learn(word, Term("negation", word))
    for word in sorted(small_words.FILLERS):
        terms.setdefault(word, (Term("filler", word),))
    return terms


_LONGEST_CHINESE: Final = 8
_LONGEST_PHRASE: Final = 4


def _singular(word: str) -> tuple[str, ...]:
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    if "-" in word:
        forms.append(word.replace("-", " "))
    return tuple(forms)


@dataclass(slots=True)
class _Reader:
    """Walks over the words and collects what they mean."""

    refusing: bool
    mentions: list[Mention] = field(default_factory=list)
    traits: list[str] = field(default_factory=list)
    colours: list[Colour] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refused_colours: list[Colour] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    worn: list[tuple[str, Colour]] = field(default_factory=list)
    clear: bool = False
    _count: int = 0
    _count_age: int = 99
    _colour: Colour | None = None
    _colour_age: int = 99
    _negated: int = 0

    @property
    def counts_next(self) -> bool:
        """Whether the word before was a count."""
        return self._count_age < 2

    def word(self, terms: tuple[Term, ...]) -> None:
        """Takes in one understood word."""
        self._count_age += 1
        self._colour_age += 1
        self._negated -= 1
        for term in terms:
            self._take(term)

    def stop(self) -> None:
        """A comma or full stop: counts, colours and negations reach no further."""
        self._count_age = self._colour_age = 99
        self._negated = 0

    def stranger(self, word: str) -> None:
        """Takes in a word with no known meaning."""
        self._count_age += 1
        self._colour_age += 1
        self._negated -= 1
        if not self.refusing:
            self.unknown.append(word)

    def _take(self, term: Term) -> None:
        refused = self.refusing or self._negated > 0
        if term.kind == "subject" and self._colour is not None and self._colour_age <= 2:
            self.worn.append((term.concept, self._colour))
        if term.kind == "negation":
            self._negated = _REACH
        elif term.kind == "count":
            self._count, self._count_age = term.count, 0
        elif term.kind == "clear":
            self.clear = self.clear or not self.refusing
        elif term.colour is not None:
            (self.refused_colours if refused else self.colours).append(term.colour)
            self._colour, self._colour_age = term.colour, 0
        elif term.kind == "subject" and not refused:
            self.mentions.append(
                Mention(
                    term.concept,
                    self._count if self._count_age <= _REACH else 0,
                    self._colour if self._colour_age <= 2 else None,
                )
            )
            self._count_age = self._colour_age = 99
        elif term.kind != "filler":
            (self.refused if refused else self.traits).append(term.concept)


def _read_into(reader: _Reader, text: str) -> None:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).lower()[:READ_CHARACTERS])
    index = 0
    while index < len(words):
        word = words[index]
        if "\u3400" <= word[0] <= "\u9fff":
            _read_chinese(reader, word)
            index += 1
        elif word[0].isalpha():
            index += _read_phrase(reader, words, index)
        elif word.isdigit():
            reader.word((Term("count", word, count=min(12, int(word[:4]))),) if len(word) < 3 else ())
            index += 1
        else:
            if word in ",.;:!?，。；、|/\n":
                reader.stop()
            elif not word.isascii():
                reader.stranger(word)
            index += 1


def _read_phrase(reader: _Reader, words: list[str], index: int) -> int:
    """Takes the longest known phrase at ``index``; returns how many words it took."""
    terms = _terms()
    for length in range(_LONGEST_PHRASE, 0, -1):
        if index + length > len(words):
            continue
        head = " ".join(words[index : index + length - 1])
        for last in _singular(words[index + length - 1]):
            known = terms.get(f"{head} {last}".strip())
            if known is not None:
                if last == "orange" and length == 1 and reader.counts_next and _phrase_ends(words, index + 1):
                    known = (Term("subject", "orange"),)
                reader.word(known)
                return length
    for part in words[index].split("-"):
        known = next((terms[form] for form in _singular(part) if form in terms), None)
        if known is not None and "-" in words[index]:
            reader.word(known)
        elif part:
            reader.stranger(part)
    return 1


def _phrase_ends(words: list[str], index: int) -> bool:
    return index >= len(words) or not words[index][0].isalpha() or words[index] in ("and", "on", "in", "with", "at")


def _read_chinese(reader: _Reader, run: str) -> None:
    terms = _terms()
    index = 0
    stranger = ""
    while index < len(run):
        length = next(
            (
                length
                for length in range(min(_LONGEST_CHINESE, len(run) - index), 0, -1)
                if run[index : index + length] in terms
            ),
            0,
        )
        if not length:
            stranger += run[index]
            index += 1
            continue
        if stranger:
            reader.stranger(stranger)
            stranger = ""
        reader.word(terms[run[index : index + length]])
        index += length
    if stranger:
        reader.stranger(stranger)


def read(prompt: str, negative_prompt: str = "", style_words: str = "") -> Reading:
    """Reads all three texts. Any text is fine, also none; only the first 6000 characters are looked up."""
    wanted = _Reader(refusing=False)
    _read_into(wanted, prompt)
    wanted.stop()
    subjects = len(wanted.mentions)
    _read_into(wanted, style_words)
    unwanted = _Reader(refusing=True)
    _read_into(unwanted, negative_prompt)
    refused = frozenset((*wanted.refused, *unwanted.refused, *_refused_subjects(wanted, unwanted)))
    refused_colours = (*wanted.refused_colours, *unwanted.refused_colours)
    clear = wanted.clear
    mentions = tuple(mention for mention in wanted.mentions[:subjects] if mention.concept not in refused)
    return Reading(
        mentions=tuple(
            Mention(mention.concept, mention.count, None if mention.colour in refused_colours else mention.colour)
            for mention in mentions
        ),
        traits=frozenset(trait for trait in wanted.traits if trait not in refused),
        colours=tuple(dict.fromkeys(colour for colour in wanted.colours if colour not in refused_colours)),
        refused=refused,
        refused_colours=refused_colours,
        unknown=tuple(wanted.unknown),
        clear_background=clear,
        worn=tuple(wanted.worn),
    )


def _refused_subjects(wanted: _Reader, unwanted: _Reader) -> tuple[str, ...]:
    """Refused subjects; "no people" also refuses portraits' small cousins, "no trees" pines and forests."""
    wider = {"tree": ("tree", "pines", "forest"), "people": ("people",), "flowers": ("flowers",), "orange": ("orange",)}
    concepts = [*wanted.refused, *unwanted.refused]
    return tuple(name for concept in concepts for name in wider.get(concept, (concept,)))
