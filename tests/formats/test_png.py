"""PNG images of SVG drawings."""

import struct
from pathlib import Path

import pytest

from gvc_catalogue.formats.png import LARGEST, SCALE, ImageTooLargeError, render_png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><style>{}</style>{}</svg>'
RECT = '<rect class="a" width="200" height="40"/>'


def drawn(style: str = "", shapes: str = "") -> bytes:
    return render_png(SVG.format(style, shapes), 200, 40)


def test_an_image_is_twice_as_large_as_its_drawing() -> None:
    image = drawn()
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", image[16:24]) == (200 * SCALE, 40 * SCALE)


@pytest.mark.parametrize("text", ["Japan", "Türkiye", "Ελλάδα", "Україна", "12"])
@pytest.mark.parametrize("font", ["", "font: 700 13px system-ui, sans-serif"])
def test_text_is_drawn_without_any_font_of_the_system(text: str, font: str) -> None:
    style = f"text {{ {font} }}"
    texts = ['<text y="20"></text>', f'<text y="20">{text}</text>', f'<text y="20">{text}x</text>']
    assert len({drawn(style, shape) for shape in texts}) == 3


def test_rules_of_the_light_scheme_alone_apply() -> None:
    light = drawn(".a { fill: #b3261e }", RECT)
    assert light != drawn("", RECT)
    assert drawn(".a { fill: #b3261e } @media (prefers-color-scheme: dark) { .a { fill: #000 } }", RECT) == light


def test_a_drawing_reads_no_file(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(drawn("", RECT))
    for address in (file.as_uri(), str(file)):
        for element in ("image", "feImage", "x:image", "IMAGE"):
            with pytest.raises(ValueError, match="other images"):
                drawn("", f'<{element} href="{address}" width="90" height="30"/>')


def test_a_drawing_that_is_too_large_is_refused() -> None:
    with pytest.raises(ImageTooLargeError):
        render_png(SVG, LARGEST, 10)
