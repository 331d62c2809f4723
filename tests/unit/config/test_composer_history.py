"""Steps of the composer: what one Undo takes back, and what is still there after the program was killed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.config.composer_history import CHARACTERS_MAX, STEPS_MAX, ComposerHistory, ComposerHistoryStore
from studio.domain.text_change import splice_between


class _Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def _history(**state: Any) -> tuple[ComposerHistory, _Clock]:
    clock = _Clock()
    return ComposerHistory({"prompt": "", "negative_prompt": "", "n": 1, "targets": [], **state}, clock), clock


def _type(history: ComposerHistory, text: str, field: str = "prompt") -> None:
    for letter in text:
        history.record({field: str(history.state[field]) + letter})


def _undone(history: ComposerHistory, field: str = "prompt") -> list[Any]:
    found = []
    while history.undo() is not None:
        found.append(history.state[field])
    return found


def test_typing_is_taken_back_word_by_word() -> None:
    history, _clock = _history()
    _type(history, "two red pears")
    assert _undone(history) == ["two red ", "two ", ""]


def test_a_pause_ends_a_step() -> None:
    history, clock = _history()
    _type(history, "pe")
    clock.now_s += 2
    _type(history, "ar")
    assert _undone(history) == ["pe", ""]


def test_deleting_letter_by_letter_is_one_step_apart_from_typing() -> None:
    history, _clock = _history(prompt="pears")
    for text in ("pear", "pea", "pe"):
        history.record({"prompt": text})
    history.record({"prompt": "pea"})
    assert _undone(history) == ["pe", "pears"]


def test_a_paste_is_a_step_of_its_own() -> None:
    history, _clock = _history()
    _type(history, "a")
    history.record({"prompt": "a bowl of fruit on a table"})
    _type(history, "!")
    assert _undone(history)[-2:] == ["a", ""]


def test_texts_and_settings_share_one_line_of_steps() -> None:
    history, _clock = _history()
    _type(history, "pear")
    history.record({"n": 4})
    _type(history, "fog", "negative_prompt")
    assert history.undo() == {"negative_prompt": ""}
    assert history.undo() == {"n": 1}
    assert history.undo() == {"prompt": ""}
    assert history.undo() is None
    assert [history.redo(), history.redo(), history.redo()] == [
        {"prompt": "pear"},
        {"n": 4},
        {"negative_prompt": "fog"},
    ]
    assert history.redo() is None


def test_a_dialled_number_is_one_step_but_two_ticks_are_two() -> None:
    history, _clock = _history()
    for number in (2, 3, 4):
        history.record({"n": number})
    history.record({"targets": ["a"]})
    history.record({"targets": ["a", "b"]})
    assert history.undo() == {"targets": ["a"]}
    assert history.undo() == {"targets": []}
    assert history.undo() == {"n": 1}


def test_loading_other_settings_is_one_step() -> None:
    history, _clock = _history()
    _type(history, "mine")
    history.record({"prompt": "theirs", "n": 4, "targets": ["x"]}, alone=True)
    _type(history, "!")
    history.undo()
    assert history.state["prompt"] == "theirs"
    assert history.undo() == {"prompt": "mine", "n": 1, "targets": []}


def test_a_new_step_forgets_what_could_be_redone() -> None:
    history, _clock = _history()
    _type(history, "pear")
    history.undo()
    _type(history, "fig")
    assert not history.can_redo
    assert _undone(history) == [""]


def test_what_changed_by_itself_goes_back_with_the_step_before() -> None:
    history, _clock = _history(seed=None)
    history.record({"seed": 7, "n": 2})
    history.absorb({"seed": 8})
    _type(history, "a")
    assert history.undo() == {"prompt": ""}
    assert history.undo() == {"seed": None, "n": 1}
    assert not history.can_undo


def test_steps_are_bounded_by_count_and_by_characters() -> None:
    history, _clock = _history()
    for number in range(STEPS_MAX + 50):
        history.record({"n": number + 2}, alone=True)
    assert len(_undone(history, "n")) == STEPS_MAX
    history, _clock = _history()
    for number in range(40):
        history.record({"prompt": str(number % 10) * 50_000}, alone=True)
    data = history.as_data()
    kept = sum(len(was) + len(now) for step in data["steps"] for _at, was, now in step["texts"].values())
    assert 0 < kept <= CHARACTERS_MAX


def test_steps_come_back_from_disk(tmp_path: Path) -> None:
    history, clock = _history()
    _type(history, "两个梨 and 🍐")
    history.record({"n": 3})
    history.undo()
    store = ComposerHistoryStore(tmp_path / "steps.json")
    store.save(history)
    store.flush()
    again = ComposerHistoryStore(tmp_path / "steps.json").load(history.state, clock)
    assert again.redo() == {"n": 3}
    assert _undone(again)[-1] == ""
    assert (tmp_path / "steps.json").stat().st_mode & 0o077 == 0


def test_steps_that_lag_behind_the_state_are_joined_by_one_step(tmp_path: Path) -> None:
    history, clock = _history()
    _type(history, "pear")
    store = ComposerHistoryStore(tmp_path / "steps.json")
    store.save(history)
    store.flush()
    again = store.load({**history.state, "prompt": "pears and figs", "n": 2}, clock)
    assert again.undo() == {"prompt": "pear", "n": 1}
    assert again.undo() == {"prompt": ""}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"schema": 2}', '{"schema": 1, "state": {}, "place": 0, "steps": [{"texts": 3}]}'],
)
def test_a_file_that_cannot_be_read_is_the_same_as_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "steps.json"
    file.write_text(content)
    history = ComposerHistoryStore(file).load({"prompt": "pear"}, _Clock())
    assert history.state["prompt"] == "pear"
    assert not history.can_undo


def test_steps_that_do_not_fit_their_text_are_dropped_instead_of_making_a_mess(tmp_path: Path) -> None:
    history, clock = _history()
    _type(history, "pear")
    data = history.as_data()
    data["state"]["prompt"] = "fig"
    broken = ComposerHistory.of_data(data, clock)
    assert broken.undo() is None
    assert broken.state["prompt"] == "fig"
    assert not broken.can_undo


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_splice_leads_there_and_back(before: str, after: str) -> None:
    splice = splice_between(before, after)
    assert splice.apply(before) == after
    assert splice.back.apply(after) == before


def test_a_setting_that_comes_back_to_where_it_was_leaves_no_step() -> None:
    history, _clock = _history()
    history.record({"prompt": "pears"})
    history.record({"n": 2})
    history.record({"n": 1})
    assert _undone(history) == [""]


def test_what_comes_and_goes_without_the_user_leaves_no_step() -> None:
    """Models that cannot run until the keyring has been read are gone for a moment when the program starts."""
    history, _clock = _history(targets=["a", "b"])
    history.record({"n": 2})
    history.record({"targets": []}, alone=True)
    history.absorb({"targets": ["a", "b"]})
    assert history.undo() == {"n": 1}
    assert history.redo() == {"n": 2}
    assert not history.can_redo
