"""The identity of a result: same provider, model, fitted request and reference bytes give the same fingerprint."""

from __future__ import annotations

import hashlib
import json

from studio.domain.jobs import FollowUp
from studio.domain.request import FittedRequest, Target


def fingerprint(target: Target, fitted: FittedRequest, follow_up: FollowUp | None = None) -> str:
    """SHA-256 in hexadecimal; independent of account, of file names and of the order in which options were set.

    Taken from the fitted request, so that two wishes that send the same bytes share their result."""
    sent = fitted.model_dump(mode="json", exclude={"reference_image", "images_per_call", "expected_size"})
    sent["reference_image"] = [reference.blob for reference in fitted.reference_image]
    sent["n"] = fitted.image_count
    sent["target"] = target.key
    if follow_up is not None:
        sent["follow_up"] = follow_up.model_dump(mode="json")
    text = json.dumps(sent, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def may_answer_from_cache(fitted: FittedRequest) -> bool:
    """Only a fixed seed that really reaches the provider makes a repeated result the same result."""
    return fitted.seed is not None
