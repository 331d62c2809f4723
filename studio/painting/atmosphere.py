"""Open-air drawing for the painter style: sky, sun, clouds, land, mist, water, weather."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageFilter

from studio.painting.canvas import Canvas, Mask, fade, gradient
from studio.painting.colour import mix, multiply, shift
from studio.painting.geometry import ellipse, leaf, stroke
from studio.painting.scene import Clouds, Fall, Falling, Light, Orb, Ridge, Sky, Veil, Water
from studio.painting.texture import soft_noise, streaks
from studio.painting.wish import Colour


def paint_sky(canvas: Canvas, sky: Sky, light: Light, rng: random.Random) -> None:
    """A gradient that is never quite even: warmer on the side of the light, with thin high cloud."""
    height = max(2, round(canvas.px(sky.horizon)))
    air = gradient((canvas.width, height), sky.colours)
    warm = gradient((canvas.width, height), [mix(colour, light.colour, 0.24) for colour in sky.colours])
    side = (
        Image.linear_gradient("L")
        .rotate(90 if light.x > 0 else -90)
        .resize((canvas.width, height))
        .point([round(value * 0.75) for value in range(256)])
    )
    air = Image.composite(warm, air, side)
    drift = streaks((canvas.width, height), rng, across=2.2 * canvas.width / height, down=7, contrast=2.0)
    drift = ImageChops.multiply(
        drift.point([max(0, value - 128) for value in range(256)]),
        fade((canvas.width, height), [40, 130, 230, 255, 160]),
    )
    air = Image.composite(Image.new("RGB", air.size, mix(sky.colours[-1], light.colour, 0.5)), air, drift)
    canvas.image.paste(air, (0, 0))
    if height < canvas.height:
        canvas.image.paste(sky.colours[-1], (0, height, canvas.width, canvas.height))


def glow(canvas: Canvas, x: float, y: float, *, radius: float, colour: Colour, strength: float) -> None:
    """A round soft light around a point."""
    side = max(4, round(canvas.px(radius) * 2))
    bulb = Image.radial_gradient("L").point(
        [round(255 * strength * max(0.0, 1 - value / 181) ** 2.4) for value in range(256)]
    )
    bulb = bulb.resize((side, side), Image.Resampling.BICUBIC)
    canvas.screen(Mask(bulb, round(canvas.px(x)) - side // 2, round(canvas.px(y)) - side // 2), colour)


def paint_orb(canvas: Canvas, orb: Orb) -> None:
    """Sun with its wide glow, or a moon with seas and a thin halo."""
    x, y = orb.centre
    glow(canvas, x, y, radius=orb.radius * (7 if orb.moon else 11), colour=orb.colour, strength=0.55 * orb.glow)
    glow(canvas, x, y, radius=orb.radius * (2.6 if orb.moon else 4), colour=orb.colour, strength=0.7 * orb.glow)
    canvas.fill(
        canvas.mask([ellipse(x, y, orb.radius)], blur=orb.radius * (0.02 if orb.moon else 0.07)),
        mix(orb.colour, (255, 255, 252), 0.55),
    )
    if orb.moon:
        seas = [
            ellipse(x + dx * orb.radius, y + dy * orb.radius, size * orb.radius)
            for dx, dy, size in ((-0.3, -0.25, 0.3), (0.25, 0.1, 0.24), (-0.15, 0.42, 0.2), (0.35, -0.42, 0.14))
        ]
        mask = canvas.mask(seas, blur=orb.radius * 0.1)
        if mask is not None:
            canvas.multiply(mask.scaled(0.35), mix(orb.colour, (120, 126, 150), 0.7))


def paint_clouds(canvas: Canvas, clouds: Clouds, rng: random.Random) -> None:
    """Cloud banks with lit tops and shaded, dissolving bellies."""
    for x, y, width, height in clouds.banks:
        puffs = []
        for _ in range(22):
            px = rng.gauss(0, 0.24)
            size = height * rng.uniform(0.3, 0.62) * (1 - abs(px) * 0.9)
            if size > 0:
                puffs.append(ellipse(x + px * width, y - size * 0.6 * rng.random(), size * 1.35, size))
        mask = canvas.mask(puffs, blur=height * 0.16)
        if mask is None:
            continue
        ragged = soft_noise(mask.size, (5, 3), rng, octaves=3, contrast=1.5)
        cover = ImageChops.subtract(mask.cover, ragged.point([max(0, 150 - value) for value in range(256)]))
        body = gradient(mask.size, [clouds.colour, clouds.colour, mix(clouds.colour, clouds.shade, 0.45), clouds.shade])
        canvas.fill(
            Mask(ImageChops.multiply(cover, fade(mask.size, [255, 255, 230, 120, 0])), mask.left, mask.top).scaled(
                0.86
            ),
            body,
        )


def paint_ridge(canvas: Canvas, ridge: Ridge, light: Light, rng: random.Random) -> None:
    """Land that is darkest at its crest and dissolves into haze towards its foot."""
    floor = canvas.height / canvas.scale + 0.1
    outline = (*ridge.line, (ridge.line[-1][0], floor), (ridge.line[0][0], floor))
    mask = canvas.mask([outline, *ridge.growth], blur=ridge.softness)
    if mask is None:
        return
    top = mask.top
    foot = max(top + 2, round(canvas.px(ridge.foot)))
    haze_at_foot = mix(ridge.colour, ridge.haze, ridge.haziness)
    body = Image.new("RGB", mask.size, haze_at_foot)
    body.paste(
        gradient((mask.size[0], foot - top), [ridge.colour, mix(ridge.colour, haze_at_foot, 0.35), haze_at_foot])
    )
    rough = soft_noise(
        mask.size, (9 * mask.size[0] / max(mask.size), 14 * mask.size[1] / max(mask.size) + 3), rng, contrast=1.3
    )
    lit = Image.composite(
        Image.new("RGB", mask.size, mix(ridge.colour, light.colour, 0.35)),
        body,
        rough.point([max(0, round((value - 128) * 0.55)) for value in range(256)]),
    )
    canvas.fill(mask, lit)
    for outlines, colour, share in (
        (ridge.facets, multiply(ridge.colour, light.shade), 0.5),
        (ridge.caps, mix((250, 250, 250), ridge.haze, 0.2 + 0.4 * ridge.haziness), 0.9),
    ):
        for outline in outlines:
            patch = canvas.mask([outline], blur=0.0025)
            if patch is not None:
                ragged = soft_noise(patch.size, (4, 6), rng, octaves=3, contrast=2.0)
                ragged = ragged.point([min(255, round(value * 0.3 + 190)) for value in range(256)])
                veil = fade(patch.size, [255, 235, 170, 20] if outlines is ridge.facets else [255, 255, 235, 150])
                canvas.fill(patch.times(ragged).times(veil).scaled(share), colour)


def paint_veil(canvas: Canvas, veil: Veil, rng: random.Random) -> None:
    """A bank of mist, thick and thin by turns."""
    top, bottom = round(canvas.px(veil.top)), round(canvas.px(veil.bottom))
    size = (canvas.width, max(4, bottom - top))
    lumps = soft_noise(size, (3.0 * size[0] / max(size), 2.0), rng, octaves=3, contrast=1.5)
    cover = ImageChops.multiply(
        lumps.point([min(255, round(value * 1.25)) for value in range(256)]), fade(size, [0, 40, 150, 255, 200, 70, 0])
    )
    canvas.fill(Mask(cover, 0, top).scaled(veil.density), veil.colour)


def paint_water(canvas: Canvas, water: Water, light: Light, rng: random.Random) -> None:
    """The picture above, turned over, darkened, broken by wavelets, with light on it."""
    top = round(canvas.px(water.top))
    bottom = min(canvas.height, round(canvas.px(water.bottom)))
    height = bottom - top
    if height < 2:
        return
    width = canvas.width
    reach = min(top, round(height * 1.15))
    source = canvas.image.crop((0, top - reach, width, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = Image.new("RGB", (width, height), source.getpixel((width // 2, reach - 1)) if reach else water.colour)
    mirror.paste(source.resize((width, round(reach / 1.15) if reach == round(height * 1.15) else reach)), (0, 0))
    ripple = max(1.0, canvas.px(0.006) * (2.2 - 1.4 * water.calm))
    rows = streaks(
        (width, height), rng, across=2.2 * width / canvas.scale, down=46 * height / canvas.scale, contrast=2.4
    )
    near, far = (_nudged(mirror, round(sign * ripple * 0.6), round(sign * ripple * 2)) for sign in (-1, 1))
    broken = Image.composite(near, far, rows.point([min(255, max(0, (value - 96) * 4)) for value in range(256)]))
    blend = fade((width, height), [60, 150, 200, 220])
    surface = Image.composite(broken, mirror, blend).filter(ImageFilter.GaussianBlur(canvas.px(0.0012)))
    depth = gradient(
        (width, height), [mix(water.light, water.colour, 0.4), water.colour, shift(water.colour, light=-0.05)]
    )
    surface = Image.blend(depth, surface, water.clarity)
    shine = ImageChops.multiply(
        rows.point([max(0, min(255, (value - 158) * 4)) for value in range(256)]),
        fade((width, height), [150, 110, 70, 40]),
    )
    surface = Image.composite(
        Image.new("RGB", surface.size, water.light),
        surface,
        shine.point([round(value * (0.5 - 0.22 * water.calm)) for value in range(256)]),
    )
    surface = _glittered(canvas, water, surface, rows, light)
    if water.outline is not None:
        mask = canvas.mask([water.outline])
        if mask is not None:
            area = Image.new("RGB", mask.size, water.colour)
            area.paste(surface, (-mask.left, top - mask.top))
            canvas.fill(mask, area)
        return
    edge = fade((width, height), [90, *[255] * 30])
    canvas.image.paste(surface, (0, top), edge)


def _nudged(image: Image.Image, dx: int, dy: int) -> Image.Image:
    """The image moved by whole pixels; its own edge fills what becomes free."""
    moved = image.copy()
    moved.paste(image, (dx, dy))
    return moved


def _glittered(canvas: Canvas, water: Water, surface: Image.Image, rows: Image.Image, light: Light) -> Image.Image:
    if water.glitter_x is None:
        return surface
    height = surface.size[1]
    reach = 0.2
    lane = (
        (water.glitter_x - reach * 0.35, 0.0),
        (water.glitter_x + reach * 0.35, 0.0),
        (water.glitter_x + reach, height / canvas.scale),
        (water.glitter_x - reach, height / canvas.scale),
    )
    column = Image.new("L", surface.size, 0)
    mask = canvas.mask([lane], blur=0.06)
    if mask is not None:
        column.paste(mask.cover, (mask.left, mask.top))
    sparks = rows.point([max(0, min(255, (value - 118) * 6)) for value in range(256)])
    cover = ImageChops.multiply(ImageChops.multiply(column, sparks), fade(surface.size, [255, 235, 190, 120]))
    return Image.composite(
        Image.new("RGB", surface.size, mix(light.colour, water.light, 0.3)),
        surface,
        cover.point([round(value * 0.8) for value in range(256)]),
    )


def paint_fall(canvas: Canvas, fall: Fall, rng: random.Random) -> None:
    """Rain, snow, stars, petals, sparks and bubbles."""
    if fall.kind is Falling.RAIN:
        drops = [stroke(((x, y), (x - size * 1.6, y + size * 9)), 0.0016, 0.0006) for x, y, size in fall.points]
        mask = canvas.mask(drops, blur=0.0006)
        if mask is not None:
            canvas.screen(mask.scaled(0.5), fall.colour)
        return
    if fall.kind is Falling.PETALS:
        petals = [leaf(x, y, size * 2.2, size * 1.3, rng.uniform(0, 360)) for x, y, size in fall.points]
        canvas.fill(canvas.mask(petals), fall.colour)
        return
    near = [ellipse(x, y, size) for x, y, size in fall.points if size > 0.004]
    tiny = [ellipse(x, y, size) for x, y, size in fall.points if size <= 0.004]
    for group, blur in ((tiny, 0.0004), (near, 0.0025 if fall.kind is Falling.SNOW else 0.001)):
        mask = canvas.mask(group, blur=blur)
        if mask is not None:
            canvas.fill(mask.scaled(0.85), fall.colour)
    if fall.kind in (Falling.STARS, Falling.SPARKS):
        for x, y, size in fall.points:
            if size > 0.0024:
                glow(canvas, x, y, radius=size * 7, colour=fall.colour, strength=0.6)


def vignette(image: Image.Image, strength: float) -> Image.Image:
    """Corners a little darker, as in a lens."""
    cover = Image.radial_gradient("L").point(
        [255 - round(strength * 255 * (value / 255) ** 2.2) for value in range(256)]
    )
    cover = cover.resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(image, Image.merge("RGB", (cover, cover, cover)))
