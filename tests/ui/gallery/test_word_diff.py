"""The marks of a prompt: nothing is lost, nothing is made up, phrases stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.word_diff import Piece, diff_words

_words = st.lists(
    st.sampled_from(["vase", "two", "pears", "on", "linen", ",", "soft", "花", "瓶", "，", "window", "-"]), max_size=14
)


def _marked(pieces: tuple[Piece, ...]) -> str:
    signs = {"same": "{}", "added": "+[{}]", "removed": "-[{}]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces)


@given(_words, _words)
def test_both_prompts_can_be_read_out_of_the_pieces(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    pieces = diff_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    if any(piece.kind != "same" for piece in pieces):
        kept = [piece for piece in pieces if piece.kind != "added"]
        assert "".join(piece.text for piece in kept) == old


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        (
            "pears on linen, soft north window light, lime",
            "pears on linen, late sun through a tall window, long soft shadows, lime",
            "pears on linen, -[soft north window light]+[late sun through a tall window, long soft shadows], lime",
        ),
        (
            "粗陶花瓶与两只梨，置于木桌上，北窗柔光",
            "粗陶花瓶与两只梨，置于折叠的亚麻布上，北窗柔光",
            "粗陶花瓶与两只梨，置于-[木桌]+[折叠的亚麻布]上，北窗柔光",
        ),
        ("a red house", "a red house by night", "a red house+[ by night]"),
        ("a red house", "a house", "a -[red ]house"),
    ],
)
def test_phrases(before: str, after: str, marked: str) -> None:
    assert _marked(diff_words(before, after)) == marked


def test_prompts_without_much_in_common_get_no_marks() -> None:
    assert diff_words("a red house", "two submarines by night") == (Piece("same", "two submarines by night"),)


def test_very_long_prompts_take_no_time() -> None:
    before = " ".join(f"word{number}" for number in range(6_000))
    after = before.replace("word10 ", "other ").replace("word5990", "last")
    kinds = [piece.kind for piece in diff_words(before, after)]
    assert kinds[0] == "same"
    assert "".join(piece.text for piece in diff_words(before, after) if piece.kind != "removed") == after
