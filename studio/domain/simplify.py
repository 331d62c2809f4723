"""A simpler form of a prompt, for a model that answered in words: offered to the user, shown before it is sent."""

from __future__ import annotations

import re

CLAUSES_MAX = 3
"""What stands first weighs most; three clauses keep the subject, its place and its light."""

_PARAMETER = re.compile(r"\s--[a-z]+(?:\s+(?!--)[^\s,;]+)?", re.IGNORECASE)
_WEIGHTED = re.compile(r"\(([^():]+):\d+(?:\.\d+)?\)")
_BRACKETS = re.compile(r"[\[\]{}<>]")
_CLAUSE = re.compile(r"[,;.!?\n，。；！？、]+")


def simplified(prompt: str) -> str:
    """The first clauses without parameters, weights and brackets; the prompt itself when nothing can be left out."""
    text = _BRACKETS.sub(" ", _WEIGHTED.sub(r"\1", _PARAMETER.sub(" ", f" {prompt}")))
    clauses = [" ".join(clause.split()) for clause in _CLAUSE.split(text)]
    kept = [clause for clause in clauses if clause][:CLAUSES_MAX]
    joint = "，" if re.search(r"[\u4e00-\u9fff]", prompt) else ", "
    return joint.join(kept) or prompt
