"""The normalized wish `image.generate`: one immutable value that is hashed, stored, replayed and sent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from studio.domain.assets import AspectRatio, ReferenceImage, Size, SizeName
from studio.domain.values import Frozen, OptionValue

PROMPT_MAX_CHARACTERS = 50_000
SEED_MAX = 2**32 - 1
IMAGES_MAX = 16
REFERENCES_MAX = 16

RequestField = Literal[
    "prompt", "negative_prompt", "size", "aspect_ratio", "style", "seed", "n", "reference_image", "options", "model"
]
"""What a notice can be about; an option is named ``options.<name>`` in `notices.Notice.field`."""


class GenerationRequest(Frozen):
    """What the user wants, independent of any provider.

    The field names are those of the tool `image.generate`; `reference_image` holds one or several."""

    prompt: Annotated[str, Field(min_length=1, max_length=PROMPT_MAX_CHARACTERS)]
    negative_prompt: Annotated[str, Field(max_length=PROMPT_MAX_CHARACTERS)] = ""
    size: Size | SizeName = "auto"
    aspect_ratio: AspectRatio | None = None
    style: Annotated[str, Field(max_length=2_000)] = ""
    seed: Annotated[int, Field(ge=0, le=SEED_MAX)] | None = None
    n: Annotated[int, Field(ge=1, le=IMAGES_MAX)] = 1
    reference_image: Annotated[tuple[ReferenceImage, ...], Field(max_length=REFERENCES_MAX)] = ()

    @field_validator("prompt")
    @classmethod
    def _prompt_has_words(cls, prompt: str) -> str:
        if not prompt.strip():
            raise ValueError("the prompt is empty")
        return prompt

    @field_validator("size", mode="before")
    @classmethod
    def _size_name_in_any_case(cls, raw: Any) -> Any:
        return raw.strip().lower() if isinstance(raw, str) and raw.strip().lower() == "auto" else raw


class Target(Frozen):
    """Who shall draw it: a provider's model, on one of the user's accounts, with that provider's own options."""

    provider: str
    model: str
    account: str = "default"
    options: dict[str, OptionValue] = Field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Target:
        """``provider/model``; the model may itself hold slashes. Raises ValueError."""
        provider, slash, model = text.strip().partition("/")
        if not slash or not provider or not model:
            raise ValueError(f"{text!r} is not a target such as openai/gpt-image-2")
        return cls(provider=provider, model=model)

    @property
    def key(self) -> str:
        return f"{self.provider}/{self.model}"

    def __str__(self) -> str:
        return self.key


class FittedRequest(Frozen):
    """A request made to measure for one model: everything in here is sent, everything else has its notice.

    `prompt` already holds emulated parts (negative words, style). `images_per_call` has one entry for each
    paid request: their sum is what will be made."""

    prompt: str
    negative_prompt: str = ""
    """Only when the model takes it natively; otherwise empty."""
    style: str = ""
    """Only when the model takes it natively; otherwise empty."""
    size: Size | SizeName | None = None
    """Pixels or a class to send; None when the model takes a ratio or nothing."""
    aspect_ratio: AspectRatio | None = None
    """Only for models that take a ratio on the wire."""
    expected_size: Size | None = None
    """Pixels we expect to get, where they can be known before."""
    seed: int | None = None
    images_per_call: tuple[int, ...] = (1,)
    reference_image: tuple[ReferenceImage, ...] = ()
    options: dict[str, OptionValue] = Field(default_factory=dict)

    @property
    def image_count(self) -> int:
        return sum(self.images_per_call)
