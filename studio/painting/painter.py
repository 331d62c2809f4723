"""The "painter" style: soft light, mist, grain; bodies modelled by light and shade."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from studio.painting import atmosphere
from studio.painting.canvas import Canvas, Mask, gradient
from studio.painting.colour import lightness, mix, multiply, shift
from studio.painting.easel import Easel
from studio.painting.geometry import ellipse
from studio.painting.light import BASE_TONE, ball_tone, soft_tone, tone_stops, turned_tone
from studio.painting.relief import folded_tone
from studio.painting.scene import (
    Clouds,
    Fall,
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
from studio.painting.texture import add_noise, coloured, soft_noise, streaks
from studio.painting.wish import Colour


class Painter(Easel):
    """Paints one scene on one canvas."""

    def prepare(self) -> None:
        """Nothing to prepare: paint goes straight onto the canvas."""

    def finish(self, image: Image.Image) -> Image.Image:
        """Bloom and vignette, as a lens gives them."""
        bloom = soften_rgb(image, self.canvas.px(0.02))
        lifted = ImageChops.screen(image, bloom.point([max(0, value - 150) // 2 for value in range(256)] * 3))
        image = Image.blend(image, lifted, 0.7)
        return image if self.scene.clear_background else atmosphere.vignette(image, 0.2)

    def sky(self, sky: Sky) -> None:
        """A soft gradient with thin cloud."""
        atmosphere.paint_sky(self.canvas, sky, self.light, self.rng)

    def orb(self, orb: Orb) -> None:
        """A glowing disc."""
        atmosphere.paint_orb(self.canvas, orb)

    def clouds(self, clouds: Clouds) -> None:
        """Soft cloud banks."""
        atmosphere.paint_clouds(self.canvas, clouds, self.rng)

    def ridge(self, ridge: Ridge) -> None:
        """Land dissolving into haze."""
        atmosphere.paint_ridge(self.canvas, ridge, self.light, self.rng)

    def water(self, water: Water) -> None:
        """A broken mirror."""
        atmosphere.paint_water(self.canvas, water, self.light, self.rng)

    def veil(self, veil: Veil) -> None:
        """A bank of mist."""
        atmosphere.paint_veil(self.canvas, veil, self.rng)

    def fall(self, fall: Fall) -> None:
        """Rain, snow, stars."""
        atmosphere.paint_fall(self.canvas, fall, self.rng)

    def wall(self, wall: Wall) -> None:
        """Plaster, lit from one side, and a floor."""
        canvas = self.canvas
        size = canvas.size
        near, far = (shift(wall.colour, light=0.035), shift(wall.colour, light=-0.075))
        stops = (near, wall.colour, far) if self.light.x < 0 else (far, wall.colour, near)
        canvas.image.paste(gradient(size, stops, sideways=True))
        if wall.floor is not None:
            level = round(canvas.px(wall.floor))
            height = max(1, canvas.height - level)
            canvas.image.paste(
                gradient(
                    (canvas.width, height),
                    [shift(wall.floor_colour, light=-0.05), wall.floor_colour, shift(wall.floor_colour, light=0.03)],
                ),
                (0, level),
            )
            seam = canvas.mask(
                [
                    (
                        (-1, wall.floor - 0.004),
                        (9, wall.floor - 0.004),
                        (9, wall.floor + 0.012),
                        (-1, wall.floor + 0.012),
                    )
                ],
                blur=0.012,
            )
            if seam is not None:
                canvas.multiply(seam.scaled(0.4), self.light.shade)
        if wall.surface is Surface.PLASTER:
            cells = 3.2
            lumps = soft_noise(
                size, (cells * size[0] / min(size), cells * size[1] / min(size)), self.rng, octaves=5, contrast=0.1
            )
            trowel = streaks(
                size, self.rng, across=5 * size[0] / min(size), down=13 * size[1] / min(size), contrast=0.07
            )
            canvas.image = add_noise(add_noise(canvas.image, lumps), trowel)

    def shade(self, shade: Shade) -> None:
        """A soft-edged shadow."""
        mask = self.canvas.mask(shade.outlines, blur=shade.softness)
        if mask is None:
            return
        if shade.within is not None:
            mask = self.limited(mask, shade.within)
        self.darken(mask.scaled(shade.strength), self.light.shade)

    def patches(self, patches: LightPatches) -> None:
        """Everything outside the patches falls into shade; on bodies the patches bend, so they are shifted there."""
        canvas = self.canvas
        lit = Image.new("L", canvas.size, 0)
        mask = canvas.mask(patches.outlines, blur=patches.softness)
        if mask is not None:
            lit.paste(mask.cover, (mask.left, mask.top))
        bent = ImageChops.offset(lit, round(canvas.px(0.05)), round(canvas.px(0.09)))
        lit = Image.composite(bent, lit, self.bodies)
        wobble = soft_noise(canvas.size, (6, 6), self.rng, octaves=3, contrast=0.5)
        lit = ImageChops.multiply(lit, wobble.point([min(255, value + 130) for value in range(256)]))
        dusk = ImageChops.multiply(
            canvas.image, Image.new("RGB", canvas.size, mix((255, 255, 255), self.light.shade, patches.strength))
        )
        glowing = ImageChops.multiply(
            canvas.image, Image.new("RGB", canvas.size, mix((255, 255, 255), self.light.colour, 0.62))
        )
        glowing = glowing.point([min(255, round(value * 1.2)) for value in range(256)] * 3)
        canvas.image = Image.composite(glowing, dusk, lit)

    def folds(self, folds: Folds) -> None:
        """Silk, sand or marble under raking light."""
        size = self.canvas.size
        tone, level = folded_tone(folds, self.light, self.scene.width, self.scene.height, size)
        deep, base, bright = folds.colours[0], folds.colours[1], folds.colours[2]
        body = coloured(
            tone,
            [
                (0, shift(deep, light=-0.1)),
                (60, deep),
                (134, base),
                (196, bright),
                (240, mix(bright, self.light.colour, 0.55)),
                (255, mix(bright, self.light.colour, 0.8)),
            ],
        )
        hollow = coloured(
            level, [(0, mix((255, 255, 255), deep, 0.75)), (110, (255, 255, 255)), (255, (255, 255, 255))]
        )
        self.canvas.image.paste(ImageChops.multiply(body, hollow))

    def thing(self, thing: Thing) -> None:
        """Shadow, reflection, then the modelled shapes."""
        if thing.mirrored:
            self._mirror(thing)
        if thing.shadow is not Shadow.NONE:
            self._shadow(thing)
        for shape in thing.shapes:
            self._shape(shape, thing.depth)

    def _mirror(self, thing: Thing) -> None:
        for shape in thing.shapes:
            flipped = tuple((x, 2 * thing.ground - y + 0.004) for x, y in shape.outline)
            mask = self.canvas.mask([flipped], blur=0.003)
            if mask is not None:
                _width, height = mask.size
                broken = streaks(
                    mask.size, self.rng, across=1.2, down=max(3.0, height / self.canvas.px(0.012)), contrast=2.0
                )
                self.canvas.fill(
                    mask.times(broken.point([min(255, value + 60) for value in range(256)])).scaled(0.62),
                    multiply(shape.colour, mix(self.light.shade, (255, 255, 255), 0.35)),
                )

    def _shadow(self, thing: Thing) -> None:
        left, _top, right, _bottom = thing.bounds()
        width = right - left
        if thing.shadow is Shadow.CAST:
            outlines = cast_shadow(thing, self.light)
            near = self.canvas.mask(outlines, blur=0.006 + 0.016 * (1 - self.light.hardness))
            if near is not None:
                self.canvas.multiply(
                    near.scaled((0.5 + 0.3 * self.light.hardness) * (1 - thing.depth)), self.light.shade
                )
        contact = self.canvas.mask(
            [ellipse((left + right) / 2, thing.ground, width * 0.42, width * 0.05)], blur=width * 0.045
        )
        if contact is not None:
            self.canvas.multiply(contact.scaled(0.75 * (1 - thing.depth)), shift(self.light.shade, light=-0.12))

    def _shape(self, shape: Shape, depth: float) -> None:
        canvas = self.canvas
        mask = canvas.mask([shape.outline], shape.holes, margin=0.2 if shape.form is Form.ROUND else 0.0)
        if mask is None:
            return
        if shape.surface is Surface.CLEAR:
            tint = canvas.mask([shape.outline], blur=0.006)
            if tint is not None:
                canvas.multiply(tint.scaled(0.62), mix(shape.colour, (255, 255, 255), 0.25))
            return
        canvas.fill(mask, self._body(shape, mask, depth))
        if shape.surface is Surface.GLOWING and not shape.line:
            self._halo(shape)
        self.cover(mask, body=not shape.line and shape.form is not Form.FLAT)
        if shape.surface is Surface.GLOSSY and not shape.line and shape.form is not Form.FLAT:
            self._highlight(shape, mask)

    def _halo(self, shape: Shape) -> None:
        """Light spilling from a lamp, a flame or a window when it is dark around."""
        xs, ys = [x for x, _ in shape.outline], [y for _, y in shape.outline]
        size = max(max(xs) - min(xs), max(ys) - min(ys))
        dark = 1.0 - lightness(self.scene.haze)
        if size < 0.3 and dark > 0.2:
            atmosphere.glow(
                self.canvas,
                (min(xs) + max(xs)) / 2,
                (min(ys) + max(ys)) / 2,
                radius=size * 4.5 + 0.05,
                colour=shape.colour,
                strength=min(0.7, dark),
            )

    def _body(self, shape: Shape, mask: Mask, depth: float) -> Image.Image:
        colour: Colour = mix(shape.colour, self.scene.haze, depth * 0.85)
        size = mask.size
        if shape.line:
            return Image.new("RGB", size, colour)
        tone = self._tone(shape, mask)
        body = coloured(tone, tone_stops(colour, self.light, shape.surface, strength=1 - 0.6 * depth))
        if shape.fade is not None:
            foot = mix(shape.fade, self.scene.haze, depth * 0.85)
            lower = coloured(tone, tone_stops(foot, self.light, shape.surface, strength=1 - 0.6 * depth))
            body = Image.composite(lower, body, Image.linear_gradient("L").resize(size))
        return self._textured(body, shape, size)

    def _tone(self, shape: Shape, mask: Mask) -> Image.Image:
        size = mask.size
        if shape.form is Form.FLAT:
            drift = -10 if self.light.x < 0 else 10
            return gradient(size, [(BASE_TONE - drift,) * 3, (BASE_TONE + drift,) * 3], sideways=True).getchannel(0)
        if shape.form is Form.ROUND:
            return soft_tone(mask.cover, self.light)
        canvas = self.canvas
        left, top = canvas.px(min(p[0] for p in shape.outline)), canvas.px(min(p[1] for p in shape.outline))
        right, bottom = canvas.px(max(p[0] for p in shape.outline)), canvas.px(max(p[1] for p in shape.outline))
        inner = (max(1, round(right - left)), max(1, round(bottom - top)))
        if shape.form is Form.BALL:
            body = ball_tone(self.light.x, self.light.height).resize(inner, Image.Resampling.BICUBIC)
        else:
            body = turned_tone(shape.outline, inner, self.light)
        tone = Image.new("L", size, BASE_TONE)
        tone.paste(body.resize((inner[0] + 4, inner[1] + 4)), (round(left) - mask.left - 2, round(top) - mask.top - 2))
        return tone

    def _textured(self, body: Image.Image, shape: Shape, size: tuple[int, int]) -> Image.Image:
        cells = (max(2.0, size[0] / self.canvas.px(0.09)), max(2.0, size[1] / self.canvas.px(0.09)))
        match shape.surface:
            case Surface.WOOD:
                return add_noise(
                    body, streaks(size, self.rng, across=cells[0] * 0.25, down=cells[1] * 5, contrast=0.32)
                )
            case Surface.CLOTH:
                return add_noise(
                    body, soft_noise(size, (cells[0] * 26, cells[1] * 26), self.rng, octaves=1, contrast=0.06)
                )
            case Surface.PLASTER:
                return add_noise(
                    body, soft_noise(size, (cells[0] * 0.5, cells[1] * 0.5), self.rng, octaves=6, contrast=0.11)
                )
            case Surface.SPECKLED:
                body = add_noise(body, soft_noise(size, cells, self.rng, octaves=4, contrast=0.08))
                return self._speckled(body, shape.colour)
            case Surface.GLOWING | Surface.CLEAR:
                return body
            case _:
                return add_noise(body, soft_noise(size, cells, self.rng, octaves=3, contrast=0.06))

    def _speckled(self, body: Image.Image, colour: Colour) -> Image.Image:
        unit = self.canvas.scale
        width, height = body.size
        count = min(260, round(width * height / unit / unit * 900))
        freckles = Canvas(width, height, unit, (0, 0, 0)).mask(
            [
                ellipse(
                    self.rng.uniform(0, width / unit),
                    self.rng.uniform(0, height / unit),
                    0.0011 + 0.0022 * self.rng.random() ** 3,
                    0.001 + 0.0015 * self.rng.random(),
                )
                for _ in range(count)
            ]
        )
        if freckles is not None:
            body.paste(
                multiply(shift(colour, light=-0.28), (225, 205, 190)),
                (freckles.left, freckles.top),
                freckles.cover.point([value // 2 for value in range(256)]),
            )
        return body

    def _highlight(self, shape: Shape, mask: Mask) -> None:
        left, top = min(p[0] for p in shape.outline), min(p[1] for p in shape.outline)
        right, bottom = max(p[0] for p in shape.outline), max(p[1] for p in shape.outline)
        width, height = right - left, bottom - top
        x = (left + right) / 2 + self.light.x * width * 0.22
        y = top + height * 0.27
        spot = self.canvas.mask([ellipse(x, y, width * 0.07, min(width * 0.16, height * 0.12))], blur=width * 0.035)
        if spot is not None:
            self.canvas.screen(spot.scaled(0.7), self.light.colour)


def soften_rgb(image: Image.Image, radius: float) -> Image.Image:
    """A wide blur of a colour image, made on a smaller copy."""
    factor = max(1, int(radius // 3))
    small = image.reduce(factor) if factor > 1 else image
    return small.filter(ImageFilter.GaussianBlur(radius / factor)).resize(image.size, Image.Resampling.BICUBIC)
