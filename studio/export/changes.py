"""What makes a run different from the one before it, in a word or two: for file names and captions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile

from studio.domain.jobs import Run
from studio.domain.request import GenerationRequest, Target

WORDS_MAX = 2
IDEOGRAPHS_MAX = 8

_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})[^\W_])+(?:['’-](?:(?!{_IDEOGRAPH})[^\W_])+)*")
_SMALL_WORDS = frozenset({
    "a", "an", "the", "and", "or", "is", "are",
    "of", "on", "in", "at", "to", "by", "with", "for", "from", "over", "under", "into",
})  # fmt: skip


def what_changed(run: Run, before: Run | None, target: Target) -> str:
    """``late-afternoon``, ``without-flash``, ``seed-7``, ``1536x864``, ``quality-high``; empty when nothing did.

    The first run of a line of thought is named by its first words."""
    now = run.request
    if before is None:
        return short_words(now.prompt)
    return _prompt_change(before.request.prompt, now.prompt) or _setting_change(before, run, target)


def short_words(text: str, words_max: int = WORDS_MAX) -> str:
    """The first telling words, joined by hyphens; Chinese and Japanese by characters."""
    words = [word.lower() for word in _WORD.findall(text)]
    telling = [word for word in words if word not in _SMALL_WORDS] or words
    if telling and re.match(_IDEOGRAPH, telling[0]):
        return "".join(takewhile(re.compile(_IDEOGRAPH).match, telling))[:IDEOGRAPHS_MAX]
    return "-".join(telling[:words_max])


def _prompt_change(before: str, now: str) -> str:
    old, new = _WORD.findall(before), _WORD.findall(now)
    matcher = SequenceMatcher(None, [word.lower() for word in old], [word.lower() for word in new], autojunk=False)
    removed = ""
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag in ("insert", "replace"):
            return short_words(" ".join(new[new_start:new_end]))
        if tag == "delete" and not removed:
            removed = short_words(" ".join(old[old_start:old_end]))
    return f"without-{removed}" if removed else ""


def _setting_change(before: Run, run: Run, target: Target) -> str:
    old, new = before.request, run.request
    words = {
        "negative_prompt": "negative-" + (short_words(new.negative_prompt) or "none"),
        "style": short_words(new.style) or "no-style",
        "size": str(new.size),
        "aspect_ratio": str(new.aspect_ratio).replace(":", "x") if new.aspect_ratio else "no-ratio",
        "reference_image": "references" if new.reference_image else "no-references",
        "seed": "random-seed" if new.seed is None else f"seed-{new.seed}",
        "n": f"{new.n}-images",
    }
    for field, word in words.items():
        if _value(old, field) != _value(new, field):
            return word
    return _option_change(before, target)


def _option_change(before: Run, target: Target) -> str:
    same_model = next((one for one in before.targets if one.key == target.key), None)
    if same_model is None:
        return ""
    for name in sorted({*same_model.options, *target.options}):
        if same_model.options.get(name) != target.options.get(name):
            return f"{name.replace('_', '-')}-{target.options.get(name, 'default')}"
    return ""


def _value(request: GenerationRequest, field: str) -> object:
    value = getattr(request, field)
    return tuple(one.blob for one in value) if field == "reference_image" else value
