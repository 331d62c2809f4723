"""What the three styles share: walking over a scene's elements and keeping track of bodies and coverage."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod

from PIL import Image, ImageChops

from studio.painting.canvas import Canvas, Mask
from studio.painting.dice import dice
from studio.painting.geometry import Outline
from studio.painting.scene import (
    Clouds,
    Element,
    Fall,
    Folds,
    LightPatches,
    Orb,
    Ridge,
    Scene,
    Shade,
    Sky,
    Thing,
    Veil,
    Wall,
    Water,
)
from studio.painting.wish import Colour


class Easel(ABC):
    """Draws one scene on one canvas, element by element, from back to front."""

    def __init__(self, scene: Scene, canvas: Canvas) -> None:
        self.scene, self.canvas = scene, canvas
        self.light = scene.light
        self.rng: random.Random = dice(type(self).__name__, scene.texture_seed)
        self.bodies = Image.new("L", canvas.size, 0)
        self.alpha = Image.new("L", canvas.size, 0)

    def paint(self) -> Image.Image:
        """The finished picture at the canvas's size; RGBA when the scene has no background."""
        self.prepare()
        for element in self.scene.elements:
            if not self.scene.clear_background or isinstance(element, Thing):
                self._element(element)
        image = self.finish(self.canvas.image)
        if self.scene.clear_background:
            image = image.convert("RGBA")
            image.putalpha(self.alpha)
        return image

    def _element(self, element: Element) -> None:
        match element:
            case Sky():
                self.sky(element)
            case Orb():
                self.orb(element)
            case Clouds():
                self.clouds(element)
            case Ridge():
                self.ridge(element)
            case Water():
                self.water(element)
            case Veil() | Fall():
                self._air(element)
            case Wall() | Folds():
                self._ground(element)
            case Shade():
                self.shade(element)
            case LightPatches():
                self.patches(element)
            case Thing():
                self.thing(element)

    def _air(self, element: Veil | Fall) -> None:
        if isinstance(element, Veil):
            self.veil(element)
        else:
            self.fall(element)

    def _ground(self, element: Wall | Folds) -> None:
        if isinstance(element, Wall):
            self.wall(element)
        else:
            self.folds(element)

    def cover(self, mask: Mask, *, body: bool) -> None:
        """Remembers that a shape was drawn there."""
        area = (mask.left, mask.top, mask.left + mask.size[0], mask.top + mask.size[1])
        if body:
            self.bodies.paste(255, area, mask.cover)
        if self.scene.clear_background:
            self.alpha.paste(255, area, mask.cover)

    def darken(self, mask: Mask, shade: Colour) -> None:
        """Lays a shadow: what is there gets darker and, when the words name a shadow colour, takes on its hue."""
        self.canvas.multiply(mask, shade)
        if self.light.tint > 0:
            self.canvas.fill(mask.scaled(self.light.tint), self.light.shade)

    def limited(self, mask: Mask, outline: Outline) -> Mask:
        """The part of a mask inside an outline."""
        area = Image.new("L", self.canvas.size, 0)
        limit = self.canvas.mask([outline])
        if limit is not None:
            area.paste(limit.cover, (limit.left, limit.top))
        return mask.times(self._under(area, mask))

    def off_bodies(self, mask: Mask) -> Mask:
        """The part of a mask that lies on no body."""
        return mask.times(ImageChops.invert(self._under(self.bodies, mask)))

    @staticmethod
    def _under(sheet: Image.Image, mask: Mask) -> Image.Image:
        width, height = mask.size
        return sheet.crop((mask.left, mask.top, mask.left + width, mask.top + height))

    @abstractmethod
    def prepare(self) -> None:
        """Called before the first element."""

    @abstractmethod
    def finish(self, image: Image.Image) -> Image.Image:
        """Called after the last element."""

    @abstractmethod
    def sky(self, sky: Sky) -> None:
        """Draws the sky."""

    @abstractmethod
    def orb(self, orb: Orb) -> None:
        """Draws sun or moon."""

    @abstractmethod
    def clouds(self, clouds: Clouds) -> None:
        """Draws cloud banks."""

    @abstractmethod
    def ridge(self, ridge: Ridge) -> None:
        """Draws land."""

    @abstractmethod
    def water(self, water: Water) -> None:
        """Draws water over the lower part of the picture, or a pool."""

    @abstractmethod
    def veil(self, veil: Veil) -> None:
        """Draws mist."""

    @abstractmethod
    def fall(self, fall: Fall) -> None:
        """Draws small things in the air."""

    @abstractmethod
    def wall(self, wall: Wall) -> None:
        """Draws a backdrop."""

    @abstractmethod
    def shade(self, shade: Shade) -> None:
        """Draws a shadow on what is there."""

    @abstractmethod
    def patches(self, patches: LightPatches) -> None:
        """Draws light that falls through a window."""

    @abstractmethod
    def folds(self, folds: Folds) -> None:
        """Draws a relief that fills the picture."""

    @abstractmethod
    def thing(self, thing: Thing) -> None:
        """Draws a thing with its shadow."""
