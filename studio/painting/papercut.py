"""The "papercut" style: sheets of tinted paper cut by hand and stacked, each throwing a soft shadow on the next."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PIL import Image, ImageChops

from studio.painting.canvas import Mask, soften
from studio.painting.colour import mix, multiply, ramp, shift, warmest
from studio.painting.easel import Easel
from studio.painting.geometry import Outline, Point, blob, box, ellipse, leaf, rounded, smooth, stroke
from studio.painting.relief import folded_tone
from studio.painting.scene import (
    Clouds,
    Fall,
    Falling,
    Folds,
    Form,
    LightPatches,
    Orb,
    Ridge,
    Shade,
    Shape,
    Sky,
    Surface,
    Thing,
    Veil,
    Wall,
    Water,
)
from studio.painting.texture import add_noise, grain, soft_noise
from studio.painting.wish import Colour


class Papercut(Easel):
    """Cuts and stacks one scene."""

    def prepare(self) -> None:
        """Makes the paper's fibre once for the whole sheet."""
        size = self.canvas.size
        fibre = soft_noise(
            size, (210 * size[0] / max(size), 210 * size[1] / max(size)), self.rng, octaves=2, contrast=0.07
        )
        fine = grain(size, 2.2, self.rng, coarse=0.6)
        self._fibre = Image.blend(fibre, fine, 0.5).point(
            [min(255, max(0, 128 + (value - 128) * 2)) for value in range(256)]
        )
        self._orb = next((element for element in self.scene.elements if isinstance(element, Orb)), None)
        light = self.light
        self._lean = (-light.x * 0.7, 0.55 + 0.3 * light.height)

    def finish(self, image: Image.Image) -> Image.Image:
        """A mat around the picture that throws its shadow inwards."""
        if self.scene.bleed or self.scene.clear_background:
            return image
        scene = self.scene
        border = 0.042
        inner = rounded(border, border, scene.width - border, scene.height - border, 0.012)
        self._cut([box(-0.2, -0.2, scene.width + 0.2, scene.height + 0.2)], scene.paper, holes=(inner,), lift=0.02)
        return self.canvas.image

    def _cut(
        self,
        outlines: Iterable[Outline],
        colour: Colour,
        *,
        holes: tuple[Outline, ...] = (),
        lift: float = 0.012,
        shadow: float = 0.62,
        fade: Colour | None = None,
    ) -> Mask | None:
        """One sheet of paper ``lift`` units above what is there."""
        pieces = list(outlines)
        mask = self.canvas.mask(pieces, holes)
        if mask is None:
            return None
        for reach, strength in ((1.0, shadow), (0.3, shadow * 0.7)):
            offset = (self._lean[0] * lift * reach, self._lean[1] * lift * reach)
            below = self.canvas.mask(pieces, holes, blur=lift * 0.62 * reach, offset=offset)
            if below is not None:
                self.canvas.multiply(below.scaled(strength), mix(self.light.shade, (70, 60, 70), 0.25))
        self._sheet(mask, colour, fade)
        self._edge(mask, colour)
        return mask

    def _sheet(self, mask: Mask, colour: Colour, fade: Colour | None = None) -> None:
        width, height = mask.size
        paper = Image.new("RGB", mask.size, colour)
        if fade is not None:
            paper.paste(fade, (0, 0, width, height), Image.linear_gradient("L").resize(mask.size))
        fibre = Image.new("L", mask.size, 128)
        fibre.paste(self._fibre.crop((mask.left, mask.top, mask.left + width, mask.top + height)))
        self.canvas.fill(mask, add_noise(paper, fibre.point([value or 128 for value in range(256)])))

    def _edge(self, mask: Mask, colour: Colour) -> None:
        """The cut edge catches the light on one side."""
        step = max(1, round(self.canvas.px(0.0016)))
        inner = Image.new("L", mask.size, 0)
        inner.paste(mask.cover, (step if self.light.x < 0 else -step, step))
        rim = Mask(ImageChops.subtract(mask.cover, inner), mask.left, mask.top)
        self.canvas.fill(rim.scaled(0.55), mix(colour, (255, 255, 255), 0.5))

    def sky(self, sky: Sky) -> None:
        """A light-box: frames with wavy openings, each nearer one darker."""
        rng, scene = self.rng, self.scene
        canvas = self.canvas
        canvas.image.paste(sky.colours[-1], (0, 0, canvas.width, canvas.height))
        everything = box(-0.2, -0.2, scene.width + 0.2, scene.height + 0.2)
        self._sheet(Mask(Image.new("L", canvas.size, 255), 0, 0), sky.colours[-1])
        x, y = self._orb.centre if self._orb is not None else (scene.width * rng.uniform(0.4, 0.6), sky.horizon * 0.8)
        reach = max(scene.width * 0.62, sky.horizon * 0.8)
        layers = 4
        for layer in range(layers):
            size = reach * (0.42 + 0.62 * layer / (layers - 1))
            hole = blob(
                rng,
                x,
                y,
                size * (0.75 + 0.25 * min(1.6, scene.width / max(0.4, sky.horizon))),
                size * 0.82,
                wobble=0.1,
                lobes=11,
            )
            self._cut(
                [everything],
                ramp(tuple(reversed(sky.colours)), (layer + 1) / layers),
                holes=(hole,),
                lift=0.016,
                shadow=0.5,
            )

    def orb(self, orb: Orb) -> None:
        """A disc with a paler one behind."""
        x, y = orb.centre
        glow = mix(orb.colour, self.scene.paper, 0.45)
        self._cut([ellipse(x, y, orb.radius * 1.75)], mix(glow, self.scene.haze, 0.35), lift=0.01, shadow=0.4)
        colour = orb.colour if orb.moon else mix(orb.colour, warmest(self.scene.accents, orb.colour), 0.55)
        self._cut([ellipse(x, y, orb.radius * 1.25)], colour, lift=0.01)

    def clouds(self, clouds: Clouds) -> None:
        """Scalloped clouds."""
        for x, y, width, height in clouds.banks:
            puffs: list[Outline] = [rounded(x - width * 0.42, y - height * 0.3, x + width * 0.42, y, height * 0.15)]
            for index in range(5):
                share = index / 4 - 0.5
                size = height * (0.42 - 0.5 * abs(share)) * self.rng.uniform(0.85, 1.2)
                if size > 0.004:
                    puffs.append(ellipse(x + share * width * 0.7, y - height * 0.24, size * 1.25, size))
            self._cut(puffs, mix(clouds.colour, self.scene.paper, 0.4), lift=0.012, shadow=0.45)

    def ridge(self, ridge: Ridge) -> None:
        """One sheet of land; its facets and snow are thin pieces glued on."""
        floor = self.scene.height + 0.1
        self._cut(
            [(*ridge.line, (ridge.line[-1][0], floor), (ridge.line[0][0], floor)), *ridge.growth],
            ridge.colour,
            lift=0.015,
            fade=mix(ridge.colour, ridge.haze, 0.35 * ridge.haziness),
        )
        for facet in ridge.facets:
            mask = self.canvas.mask([facet])
            if mask is not None:
                self.canvas.multiply(mask.scaled(0.34), mix(self.light.shade, (255, 255, 255), 0.2))
        for cap in ridge.caps:
            self._cut([cap], mix(self.scene.paper, ridge.haze, 0.15), lift=0.004, shadow=0.45)

    def water(self, water: Water) -> None:
        """Wavy strips, each overlapping the one behind; lens-shaped glints under the sun."""
        rng, scene = self.rng, self.scene
        if water.outline is not None:
            self._cut([water.outline], water.colour, lift=0.006)
            return
        deep = water.bottom - water.top
        strips = max(4, min(9, round(deep / 0.06)))
        for strip in range(strips):
            share = strip / strips
            level = water.top + deep * share
            wave, phase = 0.005 + 0.014 * share, rng.uniform(0, math.tau)
            pitch = rng.uniform(9, 14) * (1.3 - 0.7 * share)
            count = max(24, round(60 * scene.width))
            crest: tuple[Point, ...] = tuple(
                (
                    -0.05 + (scene.width + 0.1) * index / count,
                    level + (wave * math.sin(phase + pitch * scene.width * index / count) if strip else 0.0),
                )
                for index in range(count + 1)
            )
            colour = shift(mix(water.light, water.colour, 0.3 + 0.7 * share**0.8), light=-0.1 * share)
            self._cut(
                [(*crest, (scene.width + 0.05, water.bottom + 0.1), (-0.05, water.bottom + 0.1))],
                colour,
                lift=0.012,
                shadow=0.5,
            )
            if water.glitter_x is not None:
                half = (0.045 + 0.05 * share) * rng.uniform(0.6, 1.3)
                x, y = water.glitter_x + rng.uniform(-0.03, 0.03) * (1 + 2 * share), level + deep / strips * 0.5
                lens = smooth([(x - half, y), (x, y - 0.007), (x + half, y), (x, y + 0.007)])
                self._cut([lens], mix(water.light, scene.paper, 0.5), lift=0.004, shadow=0.4)

    def veil(self, veil: Veil) -> None:
        """A strip of vellum."""
        middle = (veil.top + veil.bottom) / 2
        width = self.scene.width
        for _ in range(2):
            x, half, y = (
                width * self.rng.random(),
                width * self.rng.uniform(0.16, 0.36),
                middle + self.rng.uniform(-0.02, 0.02),
            )
            strip = smooth(
                [
                    (x - half, y),
                    (x - half * 0.4, y - 0.012),
                    (x + half * 0.3, y - 0.008),
                    (x + half, y),
                    (x + half * 0.4, y + 0.012),
                    (x - half * 0.4, y + 0.008),
                ]
            )
            mask = self.canvas.mask([strip])
            if mask is not None:
                self.canvas.fill(mask.scaled(0.6), mix(veil.colour, self.scene.paper, 0.4))

    def fall(self, fall: Fall) -> None:
        """Punched dots, slivers and petals."""
        pieces: list[Outline] = []
        for x, y, size in fall.points[:: 3 if len(fall.points) > 200 else 1]:
            match fall.kind:
                case Falling.RAIN:
                    pieces.append(stroke(((x, y), (x - size * 1.6, y + size * 9)), 0.005, 0.003))
                case Falling.PETALS:
                    pieces.append(leaf(x, y, size * 2.6, size * 1.6, self.rng.uniform(0, 360)))
                case _:
                    pieces.append(ellipse(x, y, max(0.0022, size * 1.4)))
        if pieces:
            self._cut(pieces, mix(fall.colour, self.scene.paper, 0.25), lift=0.004, shadow=0.4)

    def wall(self, wall: Wall) -> None:
        """The lowest sheet, and the table as a second one."""
        scene = self.scene
        self._sheet(Mask(Image.new("L", self.canvas.size, 255), 0, 0), wall.colour)
        if wall.floor is None:
            self._nested_frames(wall)
            return
        x, size = scene.width * (0.5 + self.rng.uniform(-0.15, 0.15)), min(scene.width * 0.46, wall.floor * 0.46)
        self._cut(
            [ellipse(x, wall.floor - size * 1.02, size)], mix(wall.colour, scene.paper, 0.4), lift=0.012, shadow=0.4
        )
        wave = smooth(
            [
                (-0.1, wall.floor + 0.012),
                (scene.width * 0.3, wall.floor - 0.008),
                (scene.width * 0.7, wall.floor + 0.01),
                (scene.width + 0.1, wall.floor - 0.006),
            ],
            closed=False,
        )
        self._cut(
            [(*wave, (scene.width + 0.1, scene.height + 0.1), (-0.1, scene.height + 0.1))],
            wall.floor_colour,
            lift=0.014,
        )

    def _nested_frames(self, wall: Wall) -> None:
        """Sheets with ever larger openings, darker towards the viewer: a niche for a portrait."""
        scene, rng = self.scene, self.rng
        if scene.bleed:
            return
        x, y = scene.width / 2, scene.height * 0.48
        everything = box(-0.2, -0.2, scene.width + 0.2, scene.height + 0.2)
        near = scene.accents[-1] if scene.accents else scene.ink
        for layer in range(3):
            reach = 0.44 + 0.09 * layer
            hole = blob(rng, x, y, scene.width * reach, scene.height * reach, wobble=0.045, lobes=14)
            tone = shift(mix(wall.colour, near, 0.16 + 0.2 * layer), light=-0.03 * layer)
            self._cut([everything], tone, holes=(hole,), lift=0.016, shadow=0.5)

    def shade(self, shade: Shade) -> None:
        """A sheet of tinted vellum."""
        mask = self.canvas.mask(shade.outlines, blur=0.002)
        if mask is not None:
            if shade.within is not None:
                mask = self.limited(mask, shade.within)
            self.darken(mask.scaled(shade.strength * 0.8), mix(self.light.shade, (255, 255, 255), 0.15))

    def patches(self, patches: LightPatches) -> None:
        """Panes of pale vellum behind the things."""
        mask = self.canvas.mask(patches.outlines, blur=0.003)
        if mask is not None:
            self.canvas.screen(self.off_bodies(mask).scaled(0.08 + 0.34 * patches.strength), self.light.colour)

    def folds(self, folds: Folds) -> None:
        """Contour sheets stacked like a relief map."""
        canvas = self.canvas
        _, level = folded_tone(folds, self.light, self.scene.width, self.scene.height, canvas.size)
        deep, base, bright = folds.colours[:3]
        self._sheet(Mask(Image.new("L", canvas.size, 255), 0, 0), deep)
        layers = 7
        slope = 255 / max(2.0, 700 / max(canvas.size) * 4)
        lift = canvas.px(0.014)
        for layer in range(1, layers):
            edge = 256 * layer / layers
            cover = level.point([min(255, max(0, round(128 + (value - edge) * slope))) for value in range(256)])
            below = ImageChops.offset(cover, round(self._lean[0] * lift), round(self._lean[1] * lift))
            canvas.multiply(Mask(soften(below, lift * 0.6), 0, 0).scaled(0.55), self.light.shade)
            mask = Mask(cover, 0, 0)
            colour = ramp((deep, base, bright, self.scene.paper), layer / (layers - 1))
            self._sheet(mask, colour)
            self._edge(mask, colour)

    def thing(self, thing: Thing) -> None:
        """Every shape is a piece of its own, nearer ones lifted a little more."""
        left, top, right, bottom = thing.bounds()
        size = max(right - left, bottom - top)
        if thing.mirrored:
            for shape in thing.shapes:
                mask = self.canvas.mask([tuple((x, 2 * thing.ground - y + 0.004) for x, y in shape.outline)])
                if mask is not None:
                    self.canvas.fill(mask.scaled(0.3), multiply(shape.colour, self.light.shade))
        for shape in thing.shapes:
            self._piece(shape, thing.depth, size)

    def _piece(self, shape: Shape, depth: float, size: float) -> None:
        colour = mix(shape.colour, self.scene.haze, depth * 0.6)
        lift = min(0.014, (0.008 if shape.line else 0.022) * max(0.12, size))
        if shape.line:
            lift *= 0.5
        fade = None if shape.line or shape.form is Form.FLAT else shift(colour, light=-0.045)
        if shape.surface is Surface.GLOWING:
            fade = None
        mask = self._cut(
            [shape.outline], colour, holes=shape.holes, lift=lift, shadow=0.38 if shape.line else 0.6, fade=fade
        )
        if mask is not None:
            self.cover(mask, body=True)
