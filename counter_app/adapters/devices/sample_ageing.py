"""What happens to a clean picture of a sheet on its way through a scanner.

The sheet lies a little askew, its paper is not white, the sensor has grain, light falls off at one
edge, and the backing shows where the paper does not reach.
"""

from __future__ import annotations

import io
from functools import lru_cache
from random import Random

import numpy as np
from PIL import Image, ImageChops

MOST_SKEW_DEGREES = 1.5
_BACKING = (222, 221, 218)
_JPEG_QUALITY = 85
_TILE = 512
_PAPERS = ((253, 252, 247), (251, 250, 246), (252, 249, 240), (250, 251, 252))


def as_scanned(clean: Image.Image, random: Random, *, dpi: int, is_grey: bool = False) -> bytes:
    """Return the JPEG a scanner would have made of the sheet."""
    skew = random.uniform(-MOST_SKEW_DEGREES, MOST_SKEW_DEGREES)
    image = clean.rotate(skew, Image.Resampling.BILINEAR, fillcolor=_BACKING)
    image = ImageChops.multiply(image, _paper(image.size, random))
    _darken_an_edge(image, random)
    if is_grey:
        image = image.convert("L")
    encoded = io.BytesIO()
    image.save(encoded, "JPEG", quality=_JPEG_QUALITY, dpi=(dpi, dpi))
    return encoded.getvalue()


def _paper(size: tuple[int, int], random: Random) -> Image.Image:
    """The tone of the paper and the grain, as one picture to multiply with."""
    grain = _grain()
    tile = ImageChops.multiply(grain, Image.new("RGB", grain.size, random.choice(_PAPERS)))
    paper = Image.new("RGB", size)
    shift_x, shift_y = random.randrange(_TILE), random.randrange(_TILE)
    for x in range(-shift_x, size[0], _TILE):
        for y in range(-shift_y, size[1], _TILE):
            paper.paste(tile, (x, y))
    return paper


def _darken_an_edge(image: Image.Image, random: Random) -> None:
    """Let the light fall off towards the left or the right edge."""
    width = round(image.width * random.uniform(0.02, 0.05))
    depth = random.uniform(0.12, 0.3)
    shade = 255.0 * (1.0 - depth * np.linspace(1.0, 0.0, width) ** 2)
    is_left = random.random() < 0.5
    row = np.repeat((shade if is_left else shade[::-1]).astype(np.uint8)[:, None], 3, axis=1)
    strip = Image.fromarray(row[None, :, :]).resize((width, image.height))
    left = 0 if is_left else image.width - width
    edge = image.crop((left, 0, left + width, image.height))
    image.paste(ImageChops.multiply(edge, strip), (left, 0))


@lru_cache(maxsize=1)
def _grain() -> Image.Image:
    """A tile of grain that closes on itself: fine noise of the sensor over soft fibres."""
    source = np.random.default_rng(20260701)
    fine = source.normal(0.0, 2.2, (_TILE, _TILE, 3))
    soft = source.normal(0.0, 1.0, (_TILE, _TILE))
    for axis in (0, 1):
        soft = np.mean([np.roll(soft, shift, axis) for shift in range(-3, 4)], axis=0)
    tone = 250.0 + fine + 8.0 * soft[:, :, None]
    return Image.fromarray(np.clip(tone, 225, 255).astype(np.uint8))
