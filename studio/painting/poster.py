"""The "poster" style: flat inks, hard edges, few tones, a paper border, as in modernist screen prints."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageChops

from studio.painting.canvas import Canvas, Mask
from studio.painting.colour import lightness, mix, multiply, ramp, shift, warmest
from studio.painting.easel import Easel
from studio.painting.geometry import Outline, Point, box, ellipse, leaf, rounded, stroke
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
    Shadow,
    Shape,
    Sky,
    Surface,
    Thing,
    Veil,
    Wall,
    Water,
)
from studio.painting.shadows import cast_shadow
from studio.painting.texture import add_noise, soft_noise


def simplified(line: Sequence[Point], tolerance: float) -> Outline:
    """The line with fewer corners (Ramer-Douglas-Peucker)."""
    if len(line) < 3:
        return tuple(line)
    (x0, y0), (x1, y1) = line[0], line[-1]
    dx, dy = x1 - x0, y1 - y0
    length = (dx * dx + dy * dy) ** 0.5 or 1e-9
    worst, index = 0.0, 0
    for position in range(1, len(line) - 1):
        gap = abs((line[position][0] - x0) * dy - (line[position][1] - y0) * dx) / length
        if gap > worst:
            worst, index = gap, position
    if worst <= tolerance:
        return line[0], line[-1]
    return (*simplified(line[: index + 1], tolerance)[:-1], *simplified(line[index:], tolerance))


class Poster(Easel):
    """Prints one scene."""

    def prepare(self) -> None:
        """Finds the sun before the sky is drawn: the sky's rings turn around it."""
        self._orb = next((element for element in self.scene.elements if isinstance(element, Orb)), None)
        self._rays = self.rng.random() < 0.4

    def finish(self, image: Image.Image) -> Image.Image:
        """Ink that took unevenly, and the unprinted border."""
        size = image.size
        mottle = soft_noise(
            size, (150 * size[0] / max(size), 150 * size[1] / max(size)), self.rng, octaves=2, contrast=0.055
        )
        image = add_noise(image, mottle)
        if self.scene.bleed or self.scene.clear_background:
            return image
        sheet = Image.new("RGB", size, self.scene.paper)
        border = round(min(size) * 0.045)
        frame = Canvas(size[0], size[1], 1.0, (0, 0, 0)).mask([box(border, border, size[0] - border, size[1] - border)])
        if frame is not None:
            sheet.paste(
                image.crop((frame.left, frame.top, frame.left + frame.size[0], frame.top + frame.size[1])),
                (frame.left, frame.top),
                frame.cover,
            )
        return sheet

    def sky(self, sky: Sky) -> None:
        """Rings around the sun, or level bands."""
        canvas, width = self.canvas, self.scene.width
        canvas.image.paste(sky.colours[0], (0, 0, canvas.width, canvas.height))
        steps = 5
        if self._orb is not None:
            x, y = self._orb.centre
            reach = max(width, sky.horizon) * 0.86
            for step in range(1, steps + 1):
                radius = reach * (1 - step / (steps + 1)) + self._orb.radius
                canvas.fill(canvas.mask([ellipse(x, y, radius)]), ramp(sky.colours, step / steps))
            if self._rays:
                self._sunbeams(x, y, reach * 1.6, sky)
            return
        for step in range(1, steps + 1):
            level = sky.horizon * (step / (steps + 1)) ** 0.8
            canvas.fill(canvas.mask([box(-1, level, width + 1, sky.horizon + 3)]), ramp(sky.colours, step / steps))

    def _sunbeams(self, x: float, y: float, reach: float, sky: Sky) -> None:
        beams: list[Outline] = []
        for index in range(16):
            arc = ellipse(x, y, reach, start=index * 22.5, end=index * 22.5 + 11.25)
            beams.append(((x, y), *arc))
        mask = self.canvas.mask(beams)
        if mask is not None:
            self.canvas.fill(mask.scaled(0.16), mix(sky.colours[-1], self.light.colour, 0.5))

    def orb(self, orb: Orb) -> None:
        """A flat disc; the moon has a bite taken out of it."""
        x, y = orb.centre
        radius = orb.radius * 1.35
        colour = (
            orb.colour
            if orb.moon
            else (warmest(self.scene.accents, orb.colour) if lightness(orb.colour) > 0.93 else orb.colour)
        )
        self.canvas.fill(self.canvas.mask([ellipse(x, y, radius)]), colour)
        if orb.moon:
            for dx, dy, size in ((-0.3, -0.2, 0.24), (0.3, 0.25, 0.17), (0.05, 0.5, 0.11)):
                self.canvas.fill(
                    self.canvas.mask([ellipse(x + dx * radius, y + dy * radius, size * radius)]),
                    shift(colour, light=-0.07),
                )

    def clouds(self, clouds: Clouds) -> None:
        """Stacked capsules."""
        for x, y, width, height in clouds.banks:
            bars = []
            for index in range(3):
                half = width * (0.5 - 0.13 * index) * self.rng.uniform(0.75, 1.0)
                slip = self.rng.uniform(-0.12, 0.12) * width
                level = y - index * height * 0.34
                bars.append(
                    rounded(x + slip - half, level - height * 0.17, x + slip + half, level + height * 0.17, height)
                )
            self.canvas.fill(self.canvas.mask(bars), clouds.colour)

    def ridge(self, ridge: Ridge) -> None:
        """A faceted silhouette with hard shade and snow."""
        floor = self.canvas.height / self.canvas.scale + 0.1
        line = simplified(ridge.line, 0.006)
        self.canvas.fill(
            self.canvas.mask([(*line, (line[-1][0], floor), (line[0][0], floor)), *ridge.growth]), ridge.colour
        )
        facets = self.canvas.mask([simplified(facet, 0.006) for facet in ridge.facets])
        if facets is not None:
            self.canvas.fill(facets, mix(ridge.colour, multiply(ridge.colour, self.light.shade), 0.62))
        self.canvas.fill(
            self.canvas.mask([simplified(cap, 0.004) for cap in ridge.caps]), mix(self.scene.paper, ridge.haze, 0.2)
        )

    def water(self, water: Water) -> None:
        """The mirrored print in fewer inks, cut by bars that widen towards the viewer."""
        canvas = self.canvas
        top, bottom = round(canvas.px(water.top)), min(canvas.height, round(canvas.px(water.bottom)))
        height = bottom - top
        if height < 2:
            return
        mirror = Image.new("RGB", (canvas.width, height), water.colour)
        source = canvas.image.crop((0, max(0, top - height), canvas.width, top)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        mirror.paste(source, (0, 0))
        mirror = Image.blend(mirror, Image.new("RGB", mirror.size, water.colour), 0.42)
        area = Image.new("RGB", (canvas.width, height))
        area.paste(mirror)
        limit = (
            canvas.mask([water.outline])
            if water.outline is not None
            else canvas.mask([box(-1, water.top, self.scene.width + 1, water.bottom + 1)])
        )
        if limit is None:
            return
        surface = Image.new("RGB", limit.size, water.colour)
        surface.paste(area, (-limit.left, top - limit.top))
        canvas.fill(limit, surface)
        bars = canvas.mask(self._bars(water))
        if bars is not None:
            if water.outline is not None:
                bars = self.limited(bars, water.outline)
            canvas.fill(bars, mix(water.colour, water.light, 0.55))

    def _bars(self, water: Water) -> list[Outline]:
        rng, deep = self.rng, water.bottom - water.top
        bars: list[Outline] = []
        level = 0.03
        while level < 1:
            thick = deep * (0.008 + 0.016 * level)
            for _ in range(rng.randint(1, 3)):
                middle = self.scene.width * rng.random()
                if water.glitter_x is not None and rng.random() < 0.6:
                    middle = water.glitter_x + rng.gauss(0, 0.07 + 0.08 * level)
                half = self.scene.width * rng.uniform(0.03, 0.12)
                y = water.top + deep * level
                bars.append(rounded(middle - half, y - thick / 2, middle + half, y + thick / 2, thick))
            level += 0.05 + 0.07 * level
        return bars

    def veil(self, veil: Veil) -> None:
        """Mist as a few pale capsules."""
        middle, thick = (veil.top + veil.bottom) / 2, (veil.bottom - veil.top) * 0.13
        bars = []
        for _ in range(3):
            x, half = self.scene.width * self.rng.random(), self.scene.width * self.rng.uniform(0.12, 0.34)
            y = middle + self.rng.uniform(-1.4, 1.4) * thick
            bars.append(rounded(x - half, y - thick / 2, x + half, y + thick / 2, thick))
        mask = self.canvas.mask(bars)
        if mask is not None:
            self.canvas.fill(mask.scaled(0.75), mix(veil.colour, self.scene.paper, 0.3))

    def fall(self, fall: Fall) -> None:
        """Clean small marks."""
        marks: list[Outline] = []
        for x, y, size in fall.points[:: 2 if len(fall.points) > 300 else 1]:
            match fall.kind:
                case Falling.RAIN:
                    marks.append(stroke(((x, y), (x - size * 1.6, y + size * 9)), 0.004))
                case Falling.PETALS:
                    marks.append(leaf(x, y, size * 2.6, size * 1.5, self.rng.uniform(0, 360)))
                case Falling.STARS if size > 0.0018:
                    long, short = size * 4.5, size * 1.1
                    marks.append(
                        (
                            (x, y - long),
                            (x + short, y - short),
                            (x + long, y),
                            (x + short, y + short),
                            (x, y + long),
                            (x - short, y + short),
                            (x - long, y),
                            (x - short, y - short),
                        )
                    )
                case _:
                    marks.append(ellipse(x, y, max(0.0016, size * 1.3)))
        self.canvas.fill(self.canvas.mask(marks), fall.colour)

    def wall(self, wall: Wall) -> None:
        """Two flat fields and one large plain figure behind."""
        canvas, scene = self.canvas, self.scene
        canvas.image.paste(wall.colour, (0, 0, canvas.width, canvas.height))
        if wall.floor is None:
            return
        figure = mix(wall.colour, self.scene.accents[-1] if scene.accents else self.scene.paper, 0.3)
        x = scene.width * (0.5 + self.rng.uniform(-0.2, 0.2))
        size = min(scene.width, wall.floor) * self.rng.uniform(0.34, 0.44)
        if self.rng.random() < 0.5:
            canvas.fill(canvas.mask([ellipse(x, wall.floor * 0.5, size)]), figure)
        else:
            canvas.fill(
                canvas.mask(
                    [
                        (
                            *ellipse(x, wall.floor - size * 0.9, size, start=180, end=360),
                            (x + size, wall.floor),
                            (x - size, wall.floor),
                        )
                    ]
                ),
                figure,
            )
        canvas.fill(canvas.mask([box(-1, wall.floor, scene.width + 1, scene.height + 1)]), wall.floor_colour)

    def shade(self, shade: Shade) -> None:
        """A hard shadow."""
        mask = self.canvas.mask(shade.outlines)
        if mask is not None:
            if shade.within is not None:
                mask = self.limited(mask, shade.within)
            self.darken(mask.scaled(shade.strength), mix(self.light.shade, (255, 255, 255), 0.1))

    def patches(self, patches: LightPatches) -> None:
        """Flat panes of light on the wall, behind the things."""
        mask = self.canvas.mask(patches.outlines)
        if mask is not None:
            self.canvas.screen(self.off_bodies(mask).scaled(0.1 + 0.36 * patches.strength), self.light.colour)

    def folds(self, folds: Folds) -> None:
        """Flowing bands in flat inks."""
        width, height = self.canvas.size
        _, level = folded_tone(folds, self.light, self.scene.width, self.scene.height, (width * 2, height * 2))
        inks = self._band_inks(folds)
        table = [min(len(inks) - 1, value * len(inks) // 256) for value in range(256)]
        bands = Image.merge(
            "RGB", tuple(level.point([inks[table[value]][channel] for value in range(256)]) for channel in range(3))
        )
        self.canvas.image.paste(bands.reduce(2))

    def _band_inks(self, folds: Folds) -> list[tuple[int, int, int]]:
        deep, base, bright = folds.colours[:3]
        accents = self.scene.accents or (base,)
        return [deep, mix(deep, base, 0.6), base, accents[-1], mix(base, bright, 0.6), bright, self.scene.paper]

    def thing(self, thing: Thing) -> None:
        """A hard cast shadow, then flat shapes in two tones."""
        if thing.mirrored:
            for shape in thing.shapes:
                mask = self.canvas.mask([tuple((x, 2 * thing.ground - y + 0.004) for x, y in shape.outline)])
                if mask is not None:
                    self.canvas.fill(mask.scaled(0.4), multiply(shape.colour, self.light.shade))
        if thing.shadow is Shadow.CAST:
            mask = self.canvas.mask(cast_shadow(thing, self.light))
            if mask is not None:
                self.darken(mask.scaled(0.62), self.light.shade)
        for shape in thing.shapes:
            self._shape(shape, thing.depth)

    def _shape(self, shape: Shape, depth: float) -> None:
        mask = self.canvas.mask([shape.outline], shape.holes)
        if mask is None:
            return
        colour = mix(shift(shape.colour, chroma=1.12), self.scene.haze, depth * 0.6)
        self.canvas.fill(mask, colour)
        self.cover(mask, body=shape.form is not Form.FLAT or shape.line)
        if shape.line or shape.form is Form.FLAT or shape.surface is Surface.GLOWING:
            return
        self.canvas.fill(self._shaded_side(shape, mask), mix(colour, multiply(colour, self.light.shade), 0.55))
        if shape.surface is Surface.GLOSSY:
            left, right = min(p[0] for p in shape.outline), max(p[0] for p in shape.outline)
            top, bottom = min(p[1] for p in shape.outline), max(p[1] for p in shape.outline)
            spot = ellipse(
                (left + right) / 2 + self.light.x * (right - left) * 0.26,
                top + (bottom - top) * 0.27,
                (right - left) * 0.05,
                (bottom - top) * 0.08,
            )
            spot_mask = self.canvas.mask([spot])
            if spot_mask is not None and not shape.holes:
                self.canvas.fill(spot_mask, mix(colour, (255, 255, 255), 0.75))

    def _shaded_side(self, shape: Shape, mask: Mask) -> Mask:
        """The part of a body that its own outline, pushed towards the light, leaves uncovered."""
        width = max(p[0] for p in shape.outline) - min(p[0] for p in shape.outline)
        height = max(p[1] for p in shape.outline) - min(p[1] for p in shape.outline)
        reach = 0.3 if shape.form is not Form.ROUND else 0.2
        push = self.canvas.px(min(width, height * 1.3) * reach)
        dx = round(self.light.x * push)
        dy = -round(push * 0.35) if shape.form is not Form.TURNED else 0
        lit = Image.new("L", mask.size, 0)
        lit.paste(mask.cover, (dx, dy))
        return Mask(ImageChops.subtract(mask.cover, lit), mask.left, mask.top)
