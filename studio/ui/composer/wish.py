"""The wish as it stands in the composer, and how it becomes a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.assets import ReferenceImage, Size
    from studio.domain.request import GenerationRequest, Target


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything typed and chosen, valid or not; `seed_problem` is set when the seed field holds no seed."""

    prompt: str
    negative_prompt: str
    size: Size | str
    style: str
    seed: int | None
    n: int
    reference_image: tuple[ReferenceImage, ...]
    targets: tuple[Target, ...]
    seed_problem: str = ""

    def request(self, *, for_price: bool = False) -> GenerationRequest | None:
        """The normalized request; None when it is not one yet. For a price an empty prompt does not matter."""
        from pydantic import ValidationError

        from studio.domain.request import GenerationRequest

        prompt = self.prompt if self.prompt.strip() or not for_price else "-"
        try:
            return GenerationRequest.model_validate(
                {
                    "prompt": prompt,
                    "negative_prompt": self.negative_prompt,
                    "size": self.size,
                    "style": self.style,
                    "seed": self.seed,
                    "n": self.n,
                    "reference_image": self.reference_image,
                }
            )
        except ValidationError:
            return None
