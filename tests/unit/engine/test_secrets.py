"""A key that an adapter lets through goes no further than the engine."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain.errors import BadRequest, Problem, Repeat
from studio.domain.events import Exchanged, ImageFailed, Noticed, Progressed
from studio.domain.jobs import Exchange, WireRequest
from studio.domain.notices import Notice
from studio.domain.values import Secret
from studio.engine.scrubbing import Scrubber
from tests.unit.engine.fakes import ALPHA, KEY, World, image, wish


async def test_no_key_reaches_journal_or_events(world: World) -> None:
    leak = BadRequest(provider="Alpha", parameter=KEY, detail=f"bad key {KEY}", raw=f'{{"key": "{KEY}"}}')
    request = WireRequest(
        method="POST", url=f"https://alpha.test/?key={KEY}", headers={"Authorization": f"Bearer {KEY}"}, json_body=[KEY]
    )
    notice = Notice(field="model", kind="information", code="provider_notice", values={"text": KEY})
    world.alpha.scripts = [
        [
            Exchanged(exchange=Exchange(request=request, reply=f"<b>{KEY}</b>")),
            Progressed(phase=f"with {KEY}"),
            Noticed(notice=notice),
            ImageFailed(index=1, problem=leak.problem),
            image(0),
        ],
        [leak],
    ]
    engine = world.engine()
    for _ in range(2):
        await engine.wait((await engine.start(wish(n=2), [ALPHA])).id)
    assert KEY not in world.journal.text()
    assert KEY not in "".join(event.model_dump_json() for event in world.events)
    assert "bad key ***" in world.journal.text()


@pytest.mark.expects_log("the adapter of Alpha broke")
async def test_no_key_reaches_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.alpha.scripts = [[ValueError(f"Illegal header value {KEY}")]]
    engine = world.engine()
    await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert "Illegal header value ***" in caplog.text
    assert KEY not in caplog.text


@example("action")
@example("charged")
@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=6, max_size=60))
def test_any_key_is_found_in_any_value(key: str) -> None:
    scrubber = Scrubber()
    scrubber.learn(Secret(key))
    problem = Problem(kind="bad_request", charged="no", action="none", repeat=Repeat.NEVER, detail=f"<{key}>")
    assert scrubber.text(f"a{key}b") == "a***b"
    cleaned = scrubber.value(problem)
    assert key not in cleaned.detail or key in "***"


def test_values_without_a_key_stay_the_very_same() -> None:
    scrubber = Scrubber()
    scrubber.learn(Secret(KEY))
    problem = Problem(kind="bad_request", charged="no", action="none", detail="x")
    assert scrubber.value(problem) is problem


@pytest.mark.parametrize("key", ["", "a", "12345"])
def test_a_key_too_short_to_be_one_hides_nothing(key: str) -> None:
    scrubber = Scrubber()
    scrubber.learn(Secret(key))
    scrubber.learn(None)
    assert scrubber.text("a 12345 b") == "a 12345 b"


def test_a_key_that_is_a_word_of_ours_breaks_nothing() -> None:
    """Taken out where it can be; a paid call must not fail over it."""
    for word in ("action", "bad_request", "uncertain"):
        scrubber = Scrubber()
        scrubber.learn(Secret(word))
        problem = Problem(kind="x", charged="no", action="none", repeat=Repeat.UNCERTAIN, detail="the word action")
        cleaned = scrubber.value(problem)
        assert cleaned.repeat is Repeat.UNCERTAIN
        assert word != "action" or cleaned.detail == "the word ***"
