"""The flow chart of a form as a picture, drawn from its states: black on white, the same for the same definition."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generator import flowplan, fonts
from generator.flowplan import Box, Plan, Point, Way
from generator.model import Form
from generator.terms import Language

SCALE = 4
"""Pixels to the unit of a quarter of a millimetre: 406 dots to the inch."""
MM_PER_UNIT = 0.25
INK, PAPER, SHADE = 0, 255, 236
LINE, BOLD = 3, 7
LABEL, SECOND, NUMBER = 13, 9, 10
SMALLEST = 6
RADIUS = 8
WIDEST, TALLEST = 168.0, 150.0
"""Of a chart on a sheet, in mm."""
ARROW = (5, 9)
DASH, GAP = 6, 4


def drawn(form: Form, language: Language) -> tuple[bytes, float, float]:
    """The chart as PNG, and its width and height on paper in mm. The form has states."""
    plan = flowplan.plan(form)
    image = Image.new("L", (plan.width * SCALE, plan.height * SCALE), PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    for way in plan.ways:
        pen.way(way)
    titles = {each.key: (each.label.en if language is Language.EN else each.label.zh) for each in form.states}
    seconds = {each.key: each.label.en for each in form.states} if language is Language.BOTH else {}
    for box in plan.boxes:
        pen.box(box, titles[box.state], seconds.get(box.state, ""))
    for way in plan.ways:
        pen.number(way)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue(), *size(plan)


def size(plan: Plan) -> tuple[float, float]:
    """Width and height on paper in mm."""
    return plan.width * MM_PER_UNIT, plan.height * MM_PER_UNIT


def room(content: bytes) -> tuple[float, float]:
    """The width and height in mm that a drawn chart takes on a sheet: its own size, or as much as there is."""
    with Image.open(BytesIO(content)) as image:
        wide, high = (each / SCALE * MM_PER_UNIT for each in image.size)
    return min(wide, WIDEST), min(high, TALLEST)


class _Pen:
    """Draws in units of a quarter of a millimetre."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        folder = fonts.folder()
        self._regular, self._bold = (str(folder / f"NotoSansSC-{each}.ttf") for each in ("Regular", "Bold"))

    def box(self, box: Box, title: str, second: str) -> None:
        """A state; a thick edge where a record begins, a double one where it ends."""
        edges = self._scaled((box.x, box.y), (box.x + flowplan.WIDTH, box.y + flowplan.HEIGHT))
        width = BOLD if box.is_first else LINE
        self._draw.rounded_rectangle(
            edges, radius=8 * SCALE, fill=SHADE if box.is_last else PAPER, outline=INK, width=width
        )
        if box.is_last:
            inner = self._scaled((box.x + 3, box.y + 3), (box.x + flowplan.WIDTH - 3, box.y + flowplan.HEIGHT - 3))
            self._draw.rounded_rectangle(inner, radius=6 * SCALE, outline=INK, width=LINE)
        middle = box.x + flowplan.WIDTH // 2
        height = box.y + flowplan.HEIGHT // 2 - (6 if second else 0)
        self._text((middle, height), title, LABEL, self._bold)
        if second:
            self._text((middle, box.y + flowplan.HEIGHT // 2 + 9), second, SECOND, self._regular)

    def way(self, way: Way) -> None:
        """A line with an arrow at its end; dashed where it leads back."""
        for start, end in flowplan.segments(way):
            if way.is_back:
                self._dashed(start, end)
            else:
                self._draw.line(self._scaled(start, end), fill=INK, width=LINE)
        x, y = way.points[-1]
        half, length = ARROW
        self._draw.polygon(
            [*self._scaled((x, y), (x - half, y - length)), (x + half) * SCALE, (y - length) * SCALE], fill=INK
        )

    def number(self, way: Way) -> None:
        """The number of a way in a circle, where it leaves its box."""
        x, y = way.points[0]
        centre = (x, y + RADIUS + 3)
        corners = self._scaled((centre[0] - RADIUS, centre[1] - RADIUS), (centre[0] + RADIUS, centre[1] + RADIUS))
        self._draw.ellipse(corners, fill=PAPER, outline=INK, width=LINE - 1)
        self._text(centre, str(way.number), NUMBER, self._regular)

    def _dashed(self, start: Point, end: Point) -> None:
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        step = (_sign(end[0] - start[0]), _sign(end[1] - start[1]))
        for at in range(0, length, DASH + GAP):
            to = min(at + DASH, length)
            first, last = ((start[0] + step[0] * each, start[1] + step[1] * each) for each in (at, to))
            self._draw.line(self._scaled(first, last), fill=INK, width=LINE)

    def _text(self, middle: Point, text: str, size: int, face: str) -> None:
        font = ImageFont.truetype(face, size * SCALE, layout_engine=ImageFont.Layout.BASIC)
        while size > SMALLEST and font.getlength(text) > (flowplan.WIDTH - 8) * SCALE:
            size -= 1
            font = ImageFont.truetype(face, size * SCALE, layout_engine=ImageFont.Layout.BASIC)
        self._draw.text((middle[0] * SCALE, middle[1] * SCALE), text, fill=INK, font=font, anchor="mm")

    @staticmethod
    def _scaled(*points: Point) -> list[int]:
        return [value * SCALE for point in points for value in point]


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
