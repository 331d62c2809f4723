"""Collects, checks and compiles the words of the window.

    python packaging/translations.py update     read the source; new words appear in the .ts files
    python packaging/translations.py missing    print what lacks a translation, as JSON for `fill`
    python packaging/translations.py fill FILE  take translations from such a JSON file
    python packaging/translations.py release    compile the .qm files that the program loads (they are committed)
    python packaging/translations.py check      fail if anything is missing, stale or wrong

The JSON is {context: {English: Chinese}}; a text with a count has a list with one Chinese form.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import runpy
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET  # our own files
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PySide6

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "studio"
FOLDER = PROJECT / "resources" / "translations"
CHINESE = FOLDER / "studio_zh_CN.ts"
ENGLISH = FOLDER / "studio_en.ts"
ENGINE_WORDS = (SOURCE / "domain" / "words.py", SOURCE / "domain" / "exporting.py")
CATALOG = PROJECT / "resources" / "catalog"
CATALOG_KEYS = {"title", "company", "help", "reason", "note", "terms_notice"}
"""The keys of the catalogue whose values people read."""

_TOOLS = Path(PySide6.__file__).parent
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%L?\d+")


def _tool(name: str, *arguments: str | Path) -> None:
    program = next((path for path in (_TOOLS / name, _TOOLS / f"{name}.exe") if path.exists()), None)
    if program is None:
        raise SystemExit(f"PySide6 has no {name} here.")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    words = "\n".join(line for line in (done.stdout + done.stderr).splitlines() if "warning" in line.lower())
    if words:
        print(words, file=sys.stderr)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")


# ------------------------------------------------------------------------------------------------ reading the source


def window_files() -> list[Path]:
    """The modules that speak through `tr` and `translate`."""
    return sorted((SOURCE / "ui").rglob("*.py"))


def engine_words() -> list[str]:
    """The words of the layers below: every text in the tables of `ENGINE_WORDS` that are named ..._WORDS."""
    found: set[str] = set()
    for file in ENGINE_WORDS:
        for name, table in runpy.run_path(str(file)).items():
            if name.endswith("_WORDS"):
                found.update(_texts(table))
    return sorted(found)


def catalog_words() -> list[str]:
    """The words of the model catalogue that people read."""
    found: set[str] = set()
    for path in sorted(CATALOG.glob("*.toml")):
        found.update(_read_texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _texts(value: object) -> Iterator[str]:
    """Every text in a nested table."""
    if isinstance(value, str):
        # Punctuation between two values is language too: ": " and ". " are ：and 。 in Chinese.
        if _PLACEHOLDER.sub("", value).strip():
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def _read_texts(value: object) -> Iterator[str]:
    """The texts under `CATALOG_KEYS`, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner) if key in CATALOG_KEYS and isinstance(inner, str) else _read_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _read_texts(inner)


@dataclass(frozen=True, slots=True)
class Wish:
    """One text that asks for a translation."""

    context: str
    text: str
    comment: str
    counted: bool
    """Whether it has a number, and so plural forms."""


def wishes() -> list[Wish]:
    """Every text of the window and of the layers below it, in the order of the source."""
    found = [wish for path in window_files() for wish, _fault in _read(path) if wish is not None]
    found += [Wish("Engine", text, "", counted=False) for text in engine_words()]
    found += [Wish("Catalog", text, "", counted=False) for text in catalog_words()]
    return found


def source_faults() -> Iterator[str]:
    """Calls of `tr` and `translate` whose words cannot be known from the source."""
    for path in window_files():
        yield from (fault for _wish, fault in _read(path) if fault)


def _read(path: Path) -> Iterator[tuple[Wish | None, str]]:
    """The texts of one file; instead of a text there may be a fault."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    owners = {id(inner): owner.name for owner in _classes(tree) for inner in ast.walk(owner)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        place = f"{path.relative_to(PROJECT)}:{node.lineno}"
        if isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            owner = owners.get(id(node), "")
            if not owner or not (isinstance(node.func.value, ast.Name) and node.func.value.id == "self"):
                yield None, f"{place}: tr is for self in a class; elsewhere use translate"
            else:
                yield _wish(owner, node.args, node.keywords, place)
        elif isinstance(node.func, ast.Name) and node.func.id == "translate":
            context = _literal(node.args[0]) if node.args else None
            if context is None:
                yield None, f"{place}: the context is not a plain literal"
            else:
                yield _wish(context, node.args[1:], node.keywords, place)


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """All classes, the outer ones first."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _wish(context: str, arguments: list[ast.expr], keywords: list[ast.keyword], place: str) -> tuple[Wish | None, str]:
    text = _literal(arguments[0]) if arguments else None
    comment = _literal(arguments[1]) if len(arguments) > 1 else ""
    if text is None:
        return None, f"{place}: the text is not a plain literal"
    counted = len(arguments) > 2 or any(keyword.arg == "n" for keyword in keywords)
    if counted != ("%n" in text):
        return None, f"{place}: a text has %n exactly if it is given a number"
    return Wish(context, text, comment or "", counted), ""


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


# ------------------------------------------------------------------------------------------------ the commands


def update() -> None:
    """Bring both .ts files up to date with the source."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # Qt's tool does not see the number in `translate(context, text, comment, n)`, mixes up contexts on one line and
        # collects computed texts. It gets the same words in the one form that it reads right.
        words = Path(folder) / "words.py"
        words.write_text("".join(_stub(wish) for wish in wishes()), encoding="utf-8")
        common = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-silent"]
        _tool("lupdate", words, *common, "-target-language", "zh_CN", "-ts", CHINESE)
        _tool("lupdate", words, *common, "-pluralonly", "-target-language", "en", "-ts", ENGLISH)


def _stub(wish: Wish) -> str:
    text, comment = (json.dumps(words, ensure_ascii=False) for words in (wish.text, wish.comment))
    number = ", 1" if wish.counted else ""
    return f"class {wish.context}:\n    def words(self):\n        self.tr({text}, {comment}{number})\n"


def release(folder: Path = FOLDER) -> None:
    """Compile both .ts files into `folder`."""
    for ts in (CHINESE, ENGLISH):
        _tool("lrelease", "-silent", ts, "-qm", folder / f"{ts.stem}.qm")


def messages(ts: Path) -> Iterator[tuple[str, ET.Element]]:
    """Every message of a .ts file with its context."""
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314  # our own file
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            yield name, message


def forms(message: ET.Element) -> list[str]:
    """The translation of a message: one form, or as many as its plural has."""
    translation = message.find("translation")
    if translation is None:
        return [""]
    plural = [form.text or "" for form in translation.iter("numerusform")]
    return plural or [translation.text or ""]


def is_finished(message: ET.Element) -> bool:
    """Whether every form of a message is written."""
    translation = message.find("translation")
    return translation is not None and translation.get("type") is None and all(forms(message))


def missing(ts: Path = CHINESE) -> dict[str, dict[str, Any]]:
    """What lacks a translation, in the form that `fill` takes."""
    found: dict[str, dict[str, Any]] = {}
    for context, message in messages(ts):
        if not is_finished(message):
            text = message.findtext("source") or ""
            found.setdefault(context, {})[text] = [""] if message.get("numerus") == "yes" else ""
    return found


def fill(words: dict[str, dict[str, Any]], ts: Path = CHINESE) -> int:
    """Write translations into a .ts file; gives back how many. Unknown words raise `SystemExit`."""
    tree = ET.parse(ts)  # noqa: S314  # our own file
    index: dict[tuple[str, str], ET.Element] = {}
    for context in tree.getroot().iter("context"):
        for message in context.iter("message"):
            index[context.findtext("name") or "", message.findtext("source") or ""] = message
    count = 0
    for name, texts in words.items():
        for text, translated in texts.items():
            if not translated or translated == [""]:
                continue
            if (name, text) not in index:
                raise SystemExit(f"There is no text {text!r} in context {name!r}; run update first.")
            _write(index[name, text], translated)
            count += 1
    _save(tree, ts)
    return count


def _write(message: ET.Element, translated: str | list[str]) -> None:
    translation = message.find("translation")
    if translation is None:
        translation = ET.SubElement(message, "translation")
    translation.attrib.pop("type", None)
    for form in list(translation):
        translation.remove(form)
    if message.get("numerus") == "yes":
        translation.text = None
        for words in translated if isinstance(translated, list) else [translated]:
            ET.SubElement(translation, "numerusform").text = words
    else:
        translation.text = translated if isinstance(translated, str) else translated[0]


def _save(tree: ET.ElementTree[ET.Element], ts: Path) -> None:
    ET.indent(tree, "    ")
    body = ET.tostring(tree.getroot(), encoding="unicode")
    ts.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def check() -> list[str]:
    """Every fault of the translations, in words."""
    faults = list(source_faults())
    for ts in (CHINESE, ENGLISH):
        for context, message in messages(ts):
            place = f"{ts.name}: {context}: {message.findtext('source') or ''!r}"
            if not is_finished(message):
                faults.append(f"{place} lacks a translation")
            else:
                faults += [f"{place}: {form!r} has other values in it" for form in _forms_with_other_values(message)]
    return [*faults, *_stale()]


def _forms_with_other_values(message: ET.Element) -> Iterator[str]:
    """The forms whose placeholders are not those of the source; a form for one thing may leave the number out."""
    wanted = sorted(_PLACEHOLDER.findall(message.findtext("source") or ""))
    for form in forms(message):
        has = sorted(_PLACEHOLDER.findall(form))
        without_number = sorted(set(wanted) - {"%n"})
        if has != wanted and not (message.get("numerus") == "yes" and has == without_number):
            yield form


def _stale() -> Iterator[str]:
    """What an update or a release would change."""
    kept = {ts: ts.read_bytes() for ts in (CHINESE, ENGLISH)}
    known = {ts: {(context, message.findtext("source")) for context, message in messages(ts)} for ts in kept}
    try:
        update()
        for ts, before in known.items():
            now = {(context, message.findtext("source")) for context, message in messages(ts)}
            for context, text in sorted(now - before):
                yield f"{ts.name}: {context}: {text!r} is new in the source: run update"
            for context, text in sorted(before - now):
                yield f"{ts.name}: {context}: {text!r} is no longer in the source: run update"
    finally:
        for ts, content in kept.items():
            ts.write_bytes(content)
    with tempfile.TemporaryDirectory() as folder:
        release(Path(folder))
        for ts in kept:
            committed = FOLDER / f"{ts.stem}.qm"
            if not committed.exists() or committed.read_bytes() != (Path(folder) / committed.name).read_bytes():
                yield f"{committed.name} is not what {ts.name} compiles to: run release"


def main() -> int:
    """Run one command; gives back the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "missing", "fill", "release", "check"])
    parser.add_argument("file", nargs="?", type=Path, help="for fill")
    parser.add_argument("--english", action="store_true", help="missing and fill work on the English plural forms")
    chosen = parser.parse_intermixed_args()
    ts = ENGLISH if chosen.english else CHINESE
    if chosen.command == "update":
        update()
    elif chosen.command == "release":
        release()
    elif chosen.command == "missing":
        print(json.dumps(missing(ts), ensure_ascii=False, indent=1))
    elif chosen.command == "fill":
        words = json.loads((chosen.file.read_text(encoding="utf-8")) if chosen.file else sys.stdin.read())
        print(f"{fill(words, ts)} translations written")
        update()  # lupdate's own form, or the two would rewrite each other's lines
    else:
        faults = check()
        print("\n".join(faults) or "All words are translated.")
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
