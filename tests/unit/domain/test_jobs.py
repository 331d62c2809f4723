"""States: what may follow what, and what calls add up to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.jobs import Call, CallState, Job, JobState, job_state, may_follow
from studio.domain.request import FittedRequest, Target
from studio.domain.values import CallId, JobId, RunId

STATES = st.sampled_from(list(CallState))


def call(state: CallState, index: int = 0, missing: tuple[int, ...] = ()) -> Call:
    return Call(
        id=CallId(f"1.1.{index}"),
        job_id=JobId("1.1"),
        index=index,
        image_count=1,
        first_image_index=index,
        state=state,
        missing=missing,
    )


def test_nothing_leads_back_to_sending_but_the_queue() -> None:
    assert [state for state in CallState if may_follow(state, CallState.SENDING)] == [CallState.QUEUED]


def test_only_what_is_known_not_to_be_taken_goes_back_to_the_queue() -> None:
    assert [state for state in CallState if may_follow(state, CallState.QUEUED)] == [CallState.SENDING]


def test_what_is_done_or_failed_stays_so() -> None:
    for state in (CallState.DONE, CallState.FAILED):
        assert not any(may_follow(state, after) for after in CallState)


def test_doubt_and_a_cancelled_task_can_still_bring_an_image() -> None:
    for state in (CallState.UNCERTAIN, CallState.CANCELLED):
        assert may_follow(state, CallState.ACCEPTED)
        assert not may_follow(state, CallState.SENDING)


@given(st.lists(STATES, min_size=1, max_size=6))
def test_a_job_is_over_when_all_its_calls_are(states: list[CallState]) -> None:
    total = job_state([call(state) for state in states])
    assert total.is_final == all(state.is_final for state in states)
    if total is JobState.DONE:
        assert CallState.DONE in states
    if total.is_final and CallState.DONE in states:
        assert total is JobState.DONE


@pytest.mark.parametrize(
    ("states", "total"),
    [
        (["queued", "queued"], "queued"),
        (["queued", "done"], "running"),
        (["done", "failed"], "done"),
        (["failed", "uncertain", "cancelled"], "uncertain"),
        (["failed", "cancelled"], "failed"),
        (["cancelled"], "cancelled"),
    ],
)
def test_what_calls_add_up_to(states: list[str], total: str) -> None:
    assert job_state([call(CallState(state)) for state in states]) == total


def test_the_missing_images_of_a_job_are_those_of_its_calls() -> None:
    job = Job(
        id=JobId("1.1"),
        run_id=RunId(1),
        position=1,
        target=Target(provider="alpha", model="draw"),
        fitted=FittedRequest(prompt="p"),
        queued_at=datetime(2026, 1, 1, tzinfo=UTC),
        calls=(call(CallState.DONE, missing=(1,)), call(CallState.FAILED, 2, missing=(2, 3))),
    )
    assert job.missing == (1, 2, 3)
