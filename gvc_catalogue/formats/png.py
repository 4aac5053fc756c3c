"""PNG images of SVG drawings, rendered by resvg with a font that is installed with the catalogue."""

import re
from functools import cache
from importlib import resources

import resvg_py

# Pixels of the image for each pixel of the drawing.
SCALE = 2
# Largest width and height of an image, in pixels: 9,000 x 9,000 take 330 MB while they are drawn.
LARGEST = 8_000
FAMILY = "Noto Sans"
# resvg reads the file that an element of these names, wherever it is: no drawing has one.
READS_FILES = re.compile(r"<[\w:]*image\b", re.IGNORECASE)


class ImageTooLargeError(Exception):
    """A drawing is larger than LARGEST pixels when it is scaled."""


@cache
def font_file() -> str:
    """Return the path of the font, a variable one with all weights. Servers often have no fonts of their own."""
    files = resources.files("fontpkg_noto_sans") / "files"
    return str(next(file for file in files.iterdir() if file.name.startswith("NotoSans[")))


def render_png(svg: str, width: int, height: int) -> bytes:
    """Return a PNG image of an SVG drawing of `width` by `height`, SCALE times as large, on white.

    The rules of its `<style>` apply, those inside of a media query do not. Raises ImageTooLargeError, and ValueError
    for what is no SVG or could read a file.
    """
    if READS_FILES.search(svg):
        raise ValueError("A drawing must not name other images.")
    if max(width, height) * SCALE > LARGEST:
        raise ImageTooLargeError(f"{width} x {height}")
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=[font_file()],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
