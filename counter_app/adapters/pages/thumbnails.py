"""Small pictures of pages, and what can be said of a page at a glance.

A page comes from a device or over a line, so it may be anything: its header is read and judged
before a single pixel is decoded.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, UnidentifiedImageError

from counter_app.domain.errors import Trouble

# A3 at 600 dpi is 70 million pixels; nothing a counter scans is larger.
MOST_PIXELS = 80_000_000
_FORMATS = ("JPEG", "PNG")
_JPEG_QUALITY = 82

# Of the page, on each side: shadows of edges, holes and staples are not ink.
_MARGIN = 0.04
_GLANCE_HEIGHT = 600
# How much darker than the paper around it a pixel must be to be ink, of 255.
_INK_DEPTH = 48
# A single line of handwriting at A4 is about 0.1 % of the page; dust and noise stay below this.
_BLANK_SHARE = 0.0004


@dataclass(eq=False)
class PageUnreadable(Trouble):
    """The page is no picture, is cut short, or is larger than any page can be.

    Attributes:
        rule: `not_a_picture`, `too_large` or `cut_short`.
    """

    rule: str


@dataclass(frozen=True, slots=True)
class PageQuality:
    """What a glance at a page tells.

    Attributes:
        ink_share: The share of pixels clearly darker than the paper around them, 0 to 1.
        is_blank: Nothing is written or printed on it.
    """

    ink_share: float
    is_blank: bool


def thumbnail(content: bytes, height: int) -> bytes:
    """Return the page as a JPEG `height` pixels high, or its own height where that is less.

    Raises:
        PageUnreadable: Not a JPEG or PNG, cut short, or a bomb.
    """
    with _opened(content) as image:
        width = max(1, round(image.width * height / image.height))
        # Twice the size from the decoder leaves the last step to a good filter.
        image.draft("RGB", (width * 2, height * 2))
        small = image.convert("RGB")
        if height < small.height:
            small = small.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    encoded = io.BytesIO()
    small.save(encoded, "JPEG", quality=_JPEG_QUALITY)
    return encoded.getvalue()


def page_quality(content: bytes) -> PageQuality:
    """Say whether anything is on the page, whatever the tone of its paper.

    Raises:
        PageUnreadable: As for `thumbnail`.
    """
    with _opened(content) as image:
        width = max(1, round(image.width * _GLANCE_HEIGHT / image.height))
        image.draft("L", (width, _GLANCE_HEIGHT))
        grey = image.convert("L").resize((width, _GLANCE_HEIGHT), Image.Resampling.BOX)
    side, top = round(width * _MARGIN), round(_GLANCE_HEIGHT * _MARGIN)
    inner = grey.crop((side, top, max(side + 1, width - side), _GLANCE_HEIGHT - top))
    # Measured against the paper around it, not against white: gradients of light cancel out.
    pixels = np.asarray(inner, dtype=np.int16)
    paper = np.asarray(_paper_of(inner), dtype=np.int16)
    share = float(np.mean(pixels < paper - _INK_DEPTH))
    return PageQuality(ink_share=share, is_blank=share < _BLANK_SHARE)


def _paper_of(grey: Image.Image) -> Image.Image:
    """The tone of the bare paper at each pixel: the upper quartile of each patch, smoothed."""
    patches_down = 12
    patches_across = max(1, round(patches_down * grey.width / grey.height))
    pixels = np.asarray(grey)
    rows = np.array_split(pixels, min(patches_down, pixels.shape[0]), axis=0)
    tones = [
        [
            np.percentile(patch, 75)
            for patch in np.array_split(row, min(patches_across, pixels.shape[1]), axis=1)
        ]
        for row in rows
    ]
    small = Image.fromarray(np.asarray(tones).astype(np.uint8))
    return small.resize(grey.size, Image.Resampling.BILINEAR)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PageUnreadable("too_large")
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PageUnreadable("too_large") from error
    except UnidentifiedImageError as error:
        raise PageUnreadable("not_a_picture") from error
    except (OSError, SyntaxError, ValueError, struct.error, EOFError) as error:
        # What Pillow raises for a picture that starts well and then is cut or broken.
        raise PageUnreadable("cut_short") from error
