"""Make generator/fonts/*.ttf from the wheel that carries Noto Sans SC (run once; the result is kept in git).

Two static TrueType faces come out: regular and bold. The variable face prints too thin in office suites, and the
check boxes ☐ ☑ ☒ that paper forms need are missing in it, so they are drawn here. The licence (OFL-1.1) lies beside the
result; it reserves the name 'Source', not 'Noto'.

    pip install fonttools justmytype-intl-cjk && python .ci/make-fonts.py
"""

import importlib.util
import shutil
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parents[1] / "generator" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}
EPOCH = 2082844800 + 1767225600  # 2026-01-01 in the calendar of fonts: the same input gives the same bytes
CROSS = [
    *((250, 160), (430, 350), (250, 540), (320, 610), (500, 420), (680, 610)),
    *((750, 540), (570, 350), (750, 160), (680, 90), (500, 280), (320, 90)),
]
LEFT, BOTTOM, SIDE, STROKE = 90, -60, 820, 70


def source() -> Path:
    spec = importlib.util.find_spec("justmytype_intl_cjk")
    assert spec, "pip install justmytype-intl-cjk"
    assert spec.origin
    return Path(spec.origin).parent / "fonts" / "ofl" / "notosanssc"


def rectangle(pen: TTGlyphPen, left: int, bottom: int, right: int, top: int, *, hole: bool) -> None:
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    polygon(pen, corners[::-1] if hole else corners)


def polygon(pen: TTGlyphPen, points: list[tuple[int, int]]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def box(mark: str) -> TTGlyphPen:
    pen = TTGlyphPen(None)
    right, top = LEFT + SIDE, BOTTOM + SIDE
    rectangle(pen, LEFT, BOTTOM, right, top, hole=False)
    rectangle(pen, LEFT + STROKE, BOTTOM + STROKE, right - STROKE, top - STROKE, hole=True)
    if mark == "tick":
        polygon(pen, [(230, 330), (300, 400), (430, 270), (700, 600), (775, 535), (435, 120)])
    if mark == "cross":
        polygon(pen, CROSS)
    return pen


def add_boxes(font: TTFont) -> None:
    order = font.getGlyphOrder()
    for code, mark in ((0x2610, ""), (0x2611, "tick"), (0x2612, "cross")):
        name = f"uni{code:04X}"
        if name not in order:
            order.append(name)
        font["glyf"].glyphs[name] = box(mark).glyph()
        font["hmtx"].metrics[name] = (1000, LEFT)
        if "vmtx" in font:
            font["vmtx"].metrics[name] = (1000, 120)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    order.append("uni200B")  # where a long word may be cut: it has no width and no shape
    font["glyf"].glyphs["uni200B"] = TTGlyphPen(None).glyph()
    font["hmtx"].metrics["uni200B"] = (0, 0)
    if "vmtx" in font:
        font["vmtx"].metrics["uni200B"] = (0, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x200B] = "uni200B"
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order


def main() -> None:
    HERE.mkdir(parents=True, exist_ok=True)
    shutil.copy(source() / "OFL.txt", HERE / "OFL.txt")
    for style, weight in WEIGHTS.items():
        font = TTFont(source() / "NotoSansSC[wght].ttf", recalcTimestamp=False)
        instantiateVariableFont(font, {"wght": weight}, inplace=True, updateFontNames=True)
        add_boxes(font)
        font["head"].created = font["head"].modified = EPOCH
        font["head"].macStyle = 1 if style == "Bold" else 0
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
        font.save(HERE / f"NotoSansSC-{style}.ttf")
        print(style, font["name"].getDebugName(4))


if __name__ == "__main__":
    main()
