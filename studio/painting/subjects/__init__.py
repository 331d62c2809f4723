"""The things the painter can draw, by the lexicon's concept names."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from studio.painting.scene import Thing
from studio.painting.subjects import animals, built, nature, people, solids, still
from studio.painting.wish import Colour

Maker = Callable[[random.Random, Colour, Colour], Thing]


@dataclass(frozen=True, slots=True)
class Kind:
    """How to draw a thing: its usual colours, its height in a room and in open land (units), and where it belongs."""

    make: Maker
    colour: Colour
    second: Colour
    table: float
    outdoors: float
    place: str = "ground"  # ground, water, sky, table
    tinted: bool = False  # takes its colour from the palette unless the words say one


KINDS: Final[dict[str, Kind]] = {
    "vase": Kind(still.vase, (238, 230, 214), (205, 148, 106), 0.52, 0.2, "table"),
    "pear": Kind(still.pear, (206, 192, 84), (170, 140, 60), 0.3, 0.16, "table"),
    "apple": Kind(still.apple, (190, 62, 50), (214, 168, 80), 0.22, 0.14, "table"),
    "orange": Kind(still.orange, (234, 138, 48), (240, 170, 70), 0.2, 0.14, "table"),
    "lemon": Kind(still.lemon, (238, 204, 74), (220, 190, 90), 0.2, 0.12, "table"),
    "cherry": Kind(still.cherry, (164, 34, 48), (120, 30, 40), 0.2, 0.1, "table"),
    "cup": Kind(still.cup, (236, 228, 214), (190, 150, 110), 0.27, 0.14, "table"),
    "bottle": Kind(still.bottle, (222, 224, 210), (60, 66, 62), 0.5, 0.2, "table", tinted=True),
    "book": Kind(still.book, (150, 82, 62), (84, 108, 112), 0.42, 0.12, "table", tinted=True),
    "candle": Kind(still.candle, (240, 228, 204), (176, 134, 84), 0.36, 0.14, "table"),
    "mushroom": Kind(nature.mushroom, (196, 66, 46), (240, 230, 206), 0.34, 0.2),
    "cactus": Kind(nature.cactus, (92, 136, 92), (226, 150, 120), 0.44, 0.26),
    "plant": Kind(nature.plant, (96, 134, 92), (190, 112, 78), 0.5, 0.2, "table"),
    "tree": Kind(nature.tree, (92, 128, 76), (92, 70, 54), 0.6, 0.42),
    "pines": Kind(nature.pine, (50, 88, 76), (70, 54, 44), 0.6, 0.36),
    "boat": Kind(built.boat, (150, 70, 52), (244, 234, 214), 0.4, 0.2, "water"),
    "house": Kind(built.house, (238, 226, 206), (166, 82, 62), 0.45, 0.16),
    "lighthouse": Kind(built.lighthouse, (204, 70, 56), (70, 74, 84), 0.6, 0.46),
    "windmill": Kind(built.windmill, (236, 226, 206), (150, 92, 66), 0.5, 0.32),
    "bridge": Kind(built.bridge, (190, 170, 148), (150, 130, 110), 0.3, 0.26, "water"),
    "car": Kind(built.car, (206, 76, 58), (80, 110, 124), 0.3, 0.13),
    "rocket": Kind(built.rocket, (240, 234, 224), (216, 78, 60), 0.6, 0.46, "sky"),
    "robot": Kind(built.robot, (210, 208, 198), (226, 112, 74), 0.6, 0.36, tinted=True),
    "balloon": Kind(built.balloon, (222, 92, 66), (246, 208, 110), 0.4, 0.26, "sky", tinted=True),
    "umbrella": Kind(built.umbrella, (206, 62, 56), (240, 220, 180), 0.5, 0.2),
    "chair": Kind(solids.chair, (196, 128, 66), (238, 226, 206), 0.5, 0.2, tinted=True),
    "lamp": Kind(solids.lamp, (246, 228, 186), (60, 54, 50), 0.8, 0.26),
    "sphere": Kind(solids.sphere, (232, 128, 62), (240, 170, 90), 0.26, 0.14, "table", tinted=True),
    "cone": Kind(solids.cone, (222, 92, 76), (240, 170, 90), 0.34, 0.18, "table", tinted=True),
    "cube": Kind(solids.cube, (226, 218, 204), (240, 170, 90), 0.3, 0.18, "table", tinted=True),
    "torus": Kind(solids.torus, (232, 176, 76), (240, 170, 90), 0.36, 0.2, "table", tinted=True),
    "planet": Kind(solids.planet, (218, 142, 94), (240, 216, 176), 0.5, 0.42, "sky", tinted=True),
    "bust": Kind(solids.bust, (226, 196, 160), (150, 112, 80), 0.56, 0.3, "table"),
    "plinth": Kind(solids.plinth, (228, 220, 206), (200, 190, 176), 0.16, 0.1, "table"),
    "cat": Kind(animals.cat, (206, 138, 80), (150, 190, 90), 0.56, 0.2),
    "dog": Kind(animals.dog, (204, 112, 58), (60, 44, 40), 0.56, 0.2),
    "bird": Kind(animals.bird, (92, 124, 150), (226, 138, 84), 0.32, 0.1),
    "rabbit": Kind(animals.rabbit, (196, 172, 150), (236, 180, 170), 0.5, 0.16),
    "butterfly": Kind(animals.butterfly, (232, 140, 60), (60, 62, 100), 0.24, 0.12, "sky"),
    "fish": Kind(animals.fish, (226, 92, 50), (250, 236, 220), 0.42, 0.3, "water"),
    "whale": Kind(animals.whale, (64, 96, 128), (224, 230, 232), 0.7, 0.7, "water"),
    "people": Kind(people.figure, (176, 74, 58), (66, 70, 86), 0.5, 0.13),
}


def draw(concept: str, rng: random.Random, colour: Colour | None = None, second: Colour | None = None) -> Thing:
    """A thing by its concept name, in its usual colours unless others are given."""
    kind = KINDS[concept]
    return kind.make(rng, kind.colour if colour is None else colour, kind.second if second is None else second)
