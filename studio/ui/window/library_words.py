"""Sentences about changes of the library: what was done, and what became of taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translation import filled, sentences, translate

if TYPE_CHECKING:
    from studio.bootstrap import Deed, Walked


def deed_words(deed: Deed) -> str:
    """What was done, a whole sentence."""
    patterns = {
        "rated": translate("LibraryWords", "%n image(s) rated.", None, deed.count),
        "rejected": translate("LibraryWords", "%n image(s) rejected.", None, deed.count),
        "accepted": translate("LibraryWords", "Rejection of %n image(s) taken back.", None, deed.count),
        "noted": translate("LibraryWords", "Note changed."),
        "tagged": translate("LibraryWords", "Tags of %n image(s) changed.", None, deed.count),
        "marked": translate("LibraryWords", "%n image(s) marked.", None, deed.count),
        "binned": translate("LibraryWords", "%n image(s) moved to the bin.", None, deed.count),
        "restored": translate("LibraryWords", "%n image(s) brought back.", None, deed.count),
        "collected": translate("LibraryWords", "%n image(s) added to {name}.", None, deed.count),
        "uncollected": translate("LibraryWords", "%n image(s) taken out of {name}.", None, deed.count),
        "made": translate("LibraryWords", "Collection {name} made."),
        "renamed": translate("LibraryWords", "{name} is called {new_name} now."),
        "removed": translate("LibraryWords", "Collection {name} removed. Its images stay."),
    }
    return filled(patterns[deed.kind], name=deed.name, new_name=deed.new_name)


def walked_title(walked: Walked, *, redo: bool) -> str:
    """What was taken back or done again, or could not be."""
    if walked.change and redo:
        words = translate("LibraryWords", "Done again: {what}")
    elif walked.change:
        words = translate("LibraryWords", "Undone: {what}")
    elif redo:
        words = translate("LibraryWords", "Not done again: {what}")
    else:
        words = translate("LibraryWords", "Not undone: {what}")
    return filled(words, what=deed_words(walked.deed))


def walked_text(walked: Walked) -> str:
    """What was left as it is and why, and when it was done if that was not in this session."""
    said = [*_left_words(walked)]
    if not said and not walked.change:
        said.append(translate("LibraryWords", "There was nothing left to change."))
    if walked.taken_over:
        words = translate("LibraryWords", "It was done on {day} at {time}.")
        made_at = walked.made_at.astimezone()
        said.append(filled(words, day=f"{made_at:%Y-%m-%d}", time=f"{made_at:%H:%M}"))
    whole = ""
    for one in said:
        whole = sentences(whole, one)
    return whole


def _left_words(walked: Walked) -> list[str]:
    said = []
    if walked.newer_count:
        words = translate(
            "LibraryWords", "%n image(s) were changed since and stay as they are.", None, walked.newer_count
        )
        said.append(words)
    if walked.gone_count:
        said.append(translate("LibraryWords", "%n image(s) are no longer there.", None, walked.gone_count))
    reasons = {
        "changed": translate("LibraryWords", "The collection was changed since and stays as it is."),
        "taken": translate("LibraryWords", "Another collection has its name now."),
        "gone": translate("LibraryWords", "The collection is no longer there."),
    }
    return [*said, *(reasons[one] for one in dict.fromkeys(walked.collections))]
