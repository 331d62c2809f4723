"""The description of a picture that all three styles draw: values only, no drawing.

Coordinates: one unit is the shorter side of the picture, the origin is the upper left corner, y grows downwards.
Elements are listed from back to front.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from studio.painting.geometry import Outline, Point, bounds, moved
from studio.painting.wish import Colour


class Form(StrEnum):
    """How a shape turns towards the light."""

    FLAT = "flat"
    ROUND = "round"  # soft and inflated, whatever its outline
    TURNED = "turned"  # turned on a lathe about its vertical axis
    BALL = "ball"


class Surface(StrEnum):
    """What a shape is made of, as far as one can see it."""

    PLAIN = "plain"
    SPECKLED = "speckled"
    WOOD = "wood"
    PLASTER = "plaster"
    GLOSSY = "glossy"
    GLOWING = "glowing"
    CLOTH = "cloth"
    CLEAR = "clear"  # a tint on what lies below: blush, a soft shadow line


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline in one colour."""

    outline: Outline
    colour: Colour
    form: Form = Form.FLAT
    surface: Surface = Surface.PLAIN
    holes: tuple[Outline, ...] = ()
    fade: Colour | None = None  # colour at the foot; None keeps one colour
    line: bool = False  # a thin detail (stem, eyelash): no shading, no paper shadow of its own

    def placed(self, x: float, y: float, scale: float, *, turn: float = 0.0, flip: bool = False) -> Shape:
        """The shape scaled, turned and moved."""
        return replace(
            self,
            outline=moved(self.outline, x, y, scale=scale, turn=turn, flip=flip),
            holes=tuple(moved(hole, x, y, scale=scale, turn=turn, flip=flip) for hole in self.holes),
        )


class Shadow(StrEnum):
    """The shadow a thing throws."""

    NONE = "none"
    CONTACT = "contact"
    CAST = "cast"


@dataclass(frozen=True, slots=True)
class Thing:
    """Shapes that belong together and stand at ``ground`` (y)."""

    shapes: tuple[Shape, ...]
    ground: float = 0.0
    shadow: Shadow = Shadow.CAST
    depth: float = 0.0  # 0 near .. 1 lost in the haze
    mirrored: bool = False  # stands on water: draw its reflection below

    def placed(
        self,
        x: float,
        y: float,
        scale: float,
        *,
        turn: float = 0.0,
        flip: bool = False,
        depth: float | None = None,
        shadow: Shadow | None = None,
        mirrored: bool | None = None,
    ) -> Thing:
        """The thing with its foot at (x, y)."""
        return replace(
            self,
            shapes=tuple(shape.placed(x, y, scale, turn=turn, flip=flip) for shape in self.shapes),
            ground=y,
            depth=self.depth if depth is None else depth,
            shadow=self.shadow if shadow is None else shadow,
            mirrored=self.mirrored if mirrored is None else mirrored,
        )

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return bounds(shape.outline for shape in self.shapes)


@dataclass(frozen=True, slots=True)
class Sky:
    """The open sky from the top of the picture to the horizon."""

    colours: tuple[Colour, ...]
    horizon: float


@dataclass(frozen=True, slots=True)
class Wall:
    """A backdrop without a horizon: plaster, paper, a sweep. ``floor`` is where the wall ends (None: nowhere)."""

    colour: Colour
    floor_colour: Colour
    floor: float | None = None
    surface: Surface = Surface.PLASTER


@dataclass(frozen=True, slots=True)
class Orb:
    """Sun or moon."""

    centre: Point
    radius: float
    colour: Colour
    glow: float = 1.0
    moon: bool = False


@dataclass(frozen=True, slots=True)
class Clouds:
    """Cloud banks; each is (x, y, width, height)."""

    banks: tuple[tuple[float, float, float, float], ...]
    colour: Colour
    shade: Colour


@dataclass(frozen=True, slots=True)
class Ridge:
    """Land across the whole picture, below ``line`` (left to right), fading into haze at ``foot``."""

    line: Outline
    foot: float
    colour: Colour
    haze: Colour
    haziness: float = 0.5
    growth: tuple[Outline, ...] = ()  # trees, grass: same colour as the land
    facets: tuple[Outline, ...] = ()  # sides turned away from the light
    caps: tuple[Outline, ...] = ()  # snow
    softness: float = 0.0


@dataclass(frozen=True, slots=True)
class Water:
    """Water that mirrors what is above ``top``; ``outline`` limits it to a pool."""

    top: float
    bottom: float
    colour: Colour
    light: Colour
    calm: float = 1.0
    outline: Outline | None = None
    glitter_x: float | None = None
    clarity: float = 0.7


@dataclass(frozen=True, slots=True)
class Shade:
    """A shadow lying on what was drawn before."""

    outlines: tuple[Outline, ...]
    softness: float = 0.01
    strength: float = 0.6
    within: Outline | None = None


@dataclass(frozen=True, slots=True)
class LightPatches:
    """Light through a window: everything outside the patches falls into shade."""

    outlines: tuple[Outline, ...]
    softness: float = 0.02
    strength: float = 0.6


@dataclass(frozen=True, slots=True)
class Veil:
    """Mist between two heights."""

    top: float
    bottom: float
    colour: Colour
    density: float


class Falling(StrEnum):
    """Small things in the air."""

    RAIN = "rain"
    SNOW = "snow"
    STARS = "stars"
    PETALS = "petals"
    SPARKS = "sparks"
    BUBBLES = "bubbles"


@dataclass(frozen=True, slots=True)
class Fall:
    """Points with a size each, of one kind."""

    kind: Falling
    points: tuple[tuple[float, float, float], ...]
    colour: Colour


class Relief(StrEnum):
    """Surfaces that fill the picture."""

    SILK = "silk"
    SAND = "sand"
    MARBLE = "marble"


@dataclass(frozen=True, slots=True)
class Folds:
    """A relief of folds filling the picture; ``seed`` chooses it, ``scale`` is folds per unit."""

    relief: Relief
    colours: tuple[Colour, ...]
    seed: int
    scale: float = 2.0


Element = Sky | Wall | Orb | Clouds | Ridge | Water | Shade | LightPatches | Veil | Fall | Folds | Thing


@dataclass(frozen=True, slots=True)
class Light:
    """Where the light comes from: ``x`` -1 left .. 1 right, ``height`` 0 grazing .. 1 overhead."""

    x: float
    height: float
    colour: Colour
    shade: Colour  # what a shadow multiplies with
    hardness: float = 0.5
    tint: float = 0.0  # how much a shadow takes on the colour of ``shade`` itself


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture, ``width`` by ``height`` units."""

    width: float
    height: float
    elements: tuple[Element, ...]
    light: Light
    haze: Colour
    paper: Colour
    ink: Colour
    accents: tuple[Colour, ...] = ()
    clear_background: bool = False
    grain: float = 1.0
    bleed: bool = False  # fills the sheet to its edge: no border around it
    texture_seed: int = 0
    monochrome: bool = False
    extras: tuple[Element, ...] = field(default=())
