"""What a user can do to images, jobs and runs. Panels ask here, so they need not know each other."""

from __future__ import annotations

from typing import TypedDict

from PySide6.QtCore import QObject, Signal


class Availability(TypedDict):
    """How a menu takes whether an entry can be chosen, and why not."""

    available: bool
    reason: str


class StudioActions(QObject):
    """One signal for each wish. Image and run ids are `int`, carried as objects since image
    ids need more than 32 bits; job and call ids are `str`; lists keep their order.

    Emit the signal to ask for it: ``actions.rate.emit([12, 13], 4)``. Answers come back as changed library rows
    (`library_changed`), as events of the client, or as a message in the message bar (`say`)."""

    read_only = False
    """The library is only looked at: what changes it is answered with `why_not`, whoever asks."""

    names_hidden = False
    """A vote is blind: nothing tells a model, a provider or a price, not even to screen readers."""

    def why_not(self) -> str:
        """Why a control that would change the library or generate something is not available; empty when it is."""
        if not self.read_only:
            return ""
        return self.tr("This library is read-only: nothing can be generated or changed here.")

    # images
    select_images = Signal(list)
    """The selection of the gallery, mirrored by details and toolbar."""
    open_large = Signal(object)
    rate = Signal(list, int)
    reject = Signal(list, bool)
    edit_tags = Signal(list)
    set_tags = Signal(list, list)
    set_note = Signal(object, str)
    load_settings = Signal(object)
    """Load the settings of this image's run and model into the composer."""
    look_at_settings = Signal(object)
    """Show the settings of this image's run and model over the composer, which keeps its own."""
    use_as_reference = Signal(list)
    vary = Signal(object)
    copy_images = Signal(list)
    copy_prompt = Signal(object)
    show_in_folder = Signal(object)
    export = Signal(list)
    compare = Signal(list)
    vote = Signal(list)
    """Begin a blind vote over these images, two to a hundred."""
    trash = Signal(list)
    restore = Signal(list)
    """Out of the trash."""
    empty_trash = Signal(list)
    """To the system's bin: these images of the trash, or all of it when the list is empty. Asks first."""
    show_trash = Signal()
    collect = Signal(list, str)
    """Put images into the collection of this name; it is made where there is none."""
    uncollect = Signal(list, str)
    pick_collection = Signal(list)
    """Let the user choose, or name, the collection for these images."""
    manage_collections = Signal()
    show_collection = Signal(str)
    find_file = Signal(object)
    find_similar = Signal(object)
    find_colour = Signal(str)
    """``#rrggbb``"""
    find_like = Signal(object)
    """What is like a picture from elsewhere: a `ui.picture_mime.Picture`; None asks for a file."""
    follow_up = Signal(object, object)
    """Run a `domain.jobs.FollowUp` (a vendor's upscale or variation) of this image."""

    # runs and jobs
    load_run_settings = Signal(object)
    look_at_run_settings = Signal(object)
    run_again = Signal(object)
    run_failed_again = Signal(object)
    run_on_other_targets = Signal(object)
    cancel_run = Signal(object)
    cancel_job = Signal(str)
    cancel_newest = Signal()
    cancel_all = Signal()
    generate_again = Signal(str)
    """Make what is missing of a job once more; asks first where it may have been billed."""
    generate_again_in_doubt = Signal(str)
    """The same where the user has just been told that it may have been billed already."""
    make_anew = Signal(str)
    """Repeat a job that was answered from the cache, this time for money."""
    settle_uncertain = Signal(str, object)
    """Call id and what it cost (`domain.pricing.Money`), None: it was not billed."""
    fetch_again = Signal(str)
    """Ask the provider once more for what a call in doubt (its id) was accepted for; free of charge."""
    problem_action = Signal(str, object)
    """The button of a failed tile: job id and `domain.errors.Problem`."""
    show_job = Signal(str)

    # elsewhere
    open_preferences = Signal(str)
    """Page, e.g. ``providers/openai``, ``budget``, or empty for the last one."""
    open_help = Signal(str)
    """A page of the references, e.g. ``openai.md``."""
    open_link = Signal(str)
    focus_prompt = Signal()
    open_sweep = Signal()
    say = Signal(str, object)
    """A line for the message bar: severity (note, done, warn, danger) and `ui.translation.Words`, plain text."""
    library_changed = Signal()
