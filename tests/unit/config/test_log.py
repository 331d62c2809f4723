from __future__ import annotations

import json
import logging
import stat
from pathlib import Path

import pytest

from studio.config.log import Redactor, logging_to
from studio.domain.values import Secret

PLANTED = "planted.key/with+odd=characters"


@pytest.fixture
def redactor() -> Redactor:
    redactor = Redactor()
    redactor.add(Secret(PLANTED))
    return redactor


@pytest.mark.expects_log("request .* failed", "as argument", "raised")
def test_planted_key_reaches_no_file_whatever_way_it_is_logged(tmp_path: Path, redactor: Redactor) -> None:
    with logging_to(tmp_path / "logs", "test", redactor) as file:
        third_party = logging.getLogger("some.library")
        third_party.warning("request to https://host.invalid/?key=%s failed", PLANTED)
        third_party.error("as argument %r", {"header": f"Bearer {PLANTED}"})
        try:
            raise ValueError(f"bad key {PLANTED}")
        except ValueError:
            third_party.exception("raised")
        third_party.info("with a stack", stack_info=True)
    assert file is not None
    written = "".join(one.read_text() for one in file.parent.iterdir())
    assert PLANTED not in written
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["level"] for line in lines] == ["warning", "error", "error", "info"]
    assert "ValueError: bad key ***" in lines[2]["error"]
    assert "some.library" in lines[0]["from"]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abc123def456", "abc123def456"),
        ("authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
        ("{'x-goog-api-key': 'abcd1234efgh'}", "abcd1234efgh"),
        ('{"api_key": "abcd1234efgh", "n": 1}', "abcd1234efgh"),
        ("GET https://h.invalid/v1?key=abcd1234&alt=sse", "abcd1234"),
        ("https://h.invalid/a.png?Expires=1&Signature=abcd%2Fefg", "abcd%2Fefg"),
        ("proxy http://user:pass-word@proxy.invalid:80", "pass-word"),
        ("got sk-proj-AbCdEf0123456789_x from the form", "sk-proj-AbCdEf0123456789_x"),
        ("AIzaSyA0123456789abcdefghijkl", "AIzaSyA0123456789abcdefghijkl"),
    ],
)
def test_what_looks_like_a_key_is_taken_out_unknown_or_not(text: str, secret: str) -> None:
    cleaned = Redactor().clean(text)
    assert secret not in cleaned
    assert "***" in cleaned


@pytest.mark.parametrize(
    "text", ["run 48.2.0 done in 14.2 s", "key-lime pie, the keyboard: grey", "tokens: 4160", "锁"]
)
def test_ordinary_words_stay(text: str) -> None:
    assert Redactor().clean(text) == text


def test_longer_of_two_keys_leaves_no_tail() -> None:
    redactor = Redactor()
    redactor.add(Secret("abcdef"))
    redactor.add(Secret("abcdefghij"))
    assert redactor.clean("abcdefghij abcdef") == "*** ***"


def test_log_is_private_rotates_and_lets_go_of_the_file(tmp_path: Path, redactor: Redactor) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    with logging_to(tmp_path / "logs", "test", redactor) as file:
        for number in range(700):
            logging.getLogger("much").info("%d %s", number, "x" * 5_000)
    assert file is not None
    names = {one.name for one in file.parent.iterdir()}
    assert names == {"test.log", "test.log.1"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == {0o600}
    assert (list(root.handlers), root.level) == before


def test_folder_that_cannot_be_written_leaves_a_program_without_log(tmp_path: Path, redactor: Redactor) -> None:
    (tmp_path / "logs").write_text("in the way")
    with logging_to(tmp_path / "logs", "test", redactor) as file:
        logging.getLogger("quiet").info("nothing happens")
    assert file is None


def test_libraries_do_not_log_addresses(tmp_path: Path, redactor: Redactor) -> None:
    with logging_to(tmp_path / "logs", "test", redactor, level=logging.DEBUG) as file:
        logging.getLogger("httpx").info("HTTP Request: GET https://host.invalid/?q=private")
    assert file is not None
    assert file.read_text() == ""
