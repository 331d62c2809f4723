"""The pages of the help are there in English and Chinese, with the same structure and facts; links lead somewhere.

A change of a page of `references/` asks for the same change in `references/zh_CN/`."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

REFERENCES = Path(__file__).resolve().parents[2] / "references"
CHINESE = REFERENCES / "zh_CN"
CHINESE_PICTURE = ".zh_CN.png"
NAMES = sorted(path.name for path in REFERENCES.glob("*.md"))

every_page = pytest.mark.parametrize("name", NAMES)


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def prose(page: str) -> list[str]:
    """The lines of a page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL).splitlines()


def tables(page: str) -> list[int]:
    """The number of cells of each row, one after the other; the cells of a row are what the next row has too."""
    rows = [re.sub(r"`[^`]*`", "", line).replace("\\|", "") for line in prose(page) if line.startswith("|")]
    return [row.count("|") for row in rows]


def blocks(page: str) -> list[str]:
    """What follows upon what: headings, items of lists, rows of tables, paragraphs. Lines of one paragraph are one."""
    found = [""]
    for line in prose(page):
        kind = re.match(r"#+ |- |\d+\. |\||!\[|", line)
        if not line.strip():
            found.append("")
        elif kind is not None and (kind[0] or not found[-1]):
            found.append(re.sub(r"\d+", "1", kind[0]) or "words")
    return [one for one in found if one]


def links(page: str) -> list[str]:
    found = re.findall(r"!?\[[^\]]*\]\(([^)]+)\)", page) + re.findall(r"<(https://[^>]+)>", page)
    return [link.removeprefix("../").replace(CHINESE_PICTURE, ".png") for link in found]


def code(page: str) -> Counter[str]:
    return Counter(re.findall(r"`([^`\n]+)`", "\n".join(prose(page))))


def figures(page: str) -> Counter[str]:
    """Prices, sizes, dates and limits; short whole numbers may be words in one language."""
    return Counter(re.findall(r"\d+(?:[.x:-]\d+)+|\d{3,}", "\n".join(prose(page))))


def blocks_of_code(page: str) -> list[str]:
    return re.findall(r"^```.*?^```$", page, flags=re.MULTILINE | re.DOTALL)


def test_every_page_is_there_in_both_languages() -> None:
    assert NAMES
    assert sorted(path.name for path in CHINESE.iterdir()) == sorted(NAMES)


@every_page
def test_a_page_has_the_same_structure_and_facts_in_both_languages(name: str) -> None:
    english, chinese = read(REFERENCES, name), read(CHINESE, name)
    assert blocks(chinese) == blocks(english), f"references/zh_CN/{name} says more or less than references/{name}"
    assert tables(chinese) == tables(english)
    assert Counter(links(chinese)) == Counter(links(english))
    assert code(chinese) == code(english)
    assert figures(chinese) == figures(english)
    assert blocks_of_code(chinese) == blocks_of_code(english)


@every_page
@pytest.mark.parametrize("folder", [REFERENCES, CHINESE], ids=["en", "zh_CN"])
def test_links_and_pictures_lead_to_files_that_are_there(folder: Path, name: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", read(folder, name)):
        if not link.startswith("https://"):
            assert (folder / link).resolve().is_file(), link


@every_page
def test_a_picture_of_the_window_is_in_the_language_of_its_page(name: str) -> None:
    pictures = {folder: re.findall(r"!\[[^\]]*\]\(([^)]+)\)", read(folder, name)) for folder in (REFERENCES, CHINESE)}
    assert [one for one in pictures[CHINESE] if not one.endswith(CHINESE_PICTURE)] == []
    assert [one for one in pictures[REFERENCES] if one.endswith(CHINESE_PICTURE)] == []


@every_page
def test_chinese_pages_are_written_as_the_window_is(name: str) -> None:
    for line in prose(read(CHINESE, name)):
        words = re.sub(r"`[^`]*`|<https[^>]*>|\]\([^)]*\)", "", line)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", words), line
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]", words), line
