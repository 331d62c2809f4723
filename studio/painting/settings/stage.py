"""What every setting needs to compose a picture."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from studio.painting.colour import mix, shift
from studio.painting.geometry import Outline, box
from studio.painting.lexicon import Reading
from studio.painting.palette import Palette
from studio.painting.scene import Element, Light, LightPatches, Shadow, Thing
from studio.painting.subjects import KINDS, draw
from studio.painting.wish import Colour, PaintStyle


@dataclass(frozen=True, slots=True)
class Stage:
    """Words, colours, chance and sheet of one picture. ``width`` and ``height`` are units; the shorter is 1."""

    reading: Reading
    palette: Palette
    light: Light
    moment: str
    style: PaintStyle
    rng: random.Random
    width: float
    height: float

    @property
    def zoom(self) -> float:
        """How near the camera is: 1 usual, more for a close-up, less for a wide view."""
        return 1.28 if self.reading.has("close") else 0.8 if self.reading.has("wide") else 1.0

    def floor_level(self, share: float = 0.27, most: float = 0.34) -> float:
        """Where wall and floor meet: low in usual pictures, higher in very tall ones, a little different every time."""
        return self.height - max(min(most, self.height * share), self.height * 0.25) * self.rng.uniform(0.88, 1.12)

    def depth_of(self, floor: float) -> float:
        """How much of the floor things stand on (units); a very deep floor is used near the wall only."""
        return min(self.height - floor, 0.4)

    def refused(self, *concepts: str) -> bool:
        """Whether the words forbid any of the concepts."""
        return any(concept in self.reading.refused for concept in concepts)

    def colour_of(self, concept: str, index: int = 0) -> Colour:
        """The colour of a thing: said, from the palette, or its own nature moved a little towards the light."""
        kind = KINDS[concept]
        natural = self.palette.accent(index) if kind.tinted else mix(kind.colour, self.palette.accent(0), 0.12)
        return self.reading.colour(concept, natural)

    def second_of(self, concept: str, index: int = 0) -> Colour:
        """The second colour of a thing."""
        kind = KINDS[concept]
        return self.palette.accent(index + 1) if kind.tinted else mix(kind.second, self.palette.accent(1), 0.15)

    def thing(
        self,
        concept: str,
        x: float,
        y: float,
        size: float,
        *,
        index: int = 0,
        depth: float = 0.0,
        turn: float = 0.0,
        shadow: Shadow | None = None,
        mirrored: bool = False,
    ) -> Thing:
        """A thing of the words' colour with its foot at (x, y), ``size`` units high."""
        colour = shift(self.colour_of(concept, index), light=self.rng.uniform(-0.025, 0.025))
        drawn = draw(concept, self.rng, colour, self.second_of(concept, index))
        return drawn.placed(
            x, y, size, flip=self.rng.random() < 0.5, depth=depth, turn=turn, shadow=shadow, mirrored=mirrored
        )


def back_to_front(things: Iterable[Thing]) -> list[Element]:
    """Things in drawing order: what stands further down is nearer."""
    return [*sorted(things, key=lambda thing: thing.ground)]


def window_patches(
    stage: Stage, *, reach: float = 1.0, softness: float = 0.012, centre: float | None = None
) -> LightPatches:
    """Sunlight through a tall window with glazing bars, slanting across the picture around ``centre`` (x)."""
    rng = stage.rng
    side = -1.0 if stage.light.x < 0 else 1.0
    lean = 1.15 * side * rng.uniform(0.32, 0.5)  # upper edge is nearer to the window
    drop = 0.26 + 0.3 * (1 - stage.light.height)
    middle = stage.width * (0.5 + side * rng.uniform(-0.08, 0.06)) if centre is None else centre
    wide, tall = rng.uniform(0.3, 0.4) * reach, rng.uniform(0.34, 0.46) * reach
    gap = 0.028
    panes: list[Outline] = []
    columns = rng.randint(2, 3) + (1 if stage.width > 1.5 else 0)
    rows = 3 if stage.height < 1.1 else 4
    top = stage.height * rng.uniform(-0.06, 0.06)
    anchor = stage.height * (0.0 if centre is None else 0.58)  # the height at which the panes stand around ``centre``
    for column in range(columns):
        for row in range(rows):
            x = (column - columns / 2) * (wide + gap)
            y = top + row * (tall + gap)
            corners = box(x, y, x + wide, y + tall)
            panes.append(
                tuple((middle + px - lean * (py - anchor) * 1.15, py - side * px * drop) for px, py in corners)
            )
    return LightPatches(tuple(panes), softness=softness, strength=0.46)
