"""A filled form as PDF: A4 or A5, embedded type, the same bytes for the same values."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from printing.documents import Align
from printing.errors import FormInvalid
from printing.pdf import typefaces
from printing.pdf.filling import Filling, Value, fill
from printing.pdf.form_data import (
    CodePart,
    Form,
    HeadingPart,
    Part,
    RowPart,
    RulePart,
    SignaturePart,
    SpacePart,
    TablePart,
    TextPart,
)

_PAGES = {"A4": A4, "A5": A5}
# Body text in points; Decree 30/2020 asks for 13 to 14 on A4.
_BODY = {"A4": 13.0, "A5": 9.5}
# Top, right, bottom, left in mm.
_MARGINS = {"A4": (15, 15, 15, 20), "A5": (9, 9, 9, 12)}
_Alignment = Literal[0, 1, 2]
"""What reportlab calls left, centre and right."""
_ALIGN: dict[Align, _Alignment] = {
    Align.START: TA_LEFT,
    Align.CENTER: TA_CENTER,
    Align.END: TA_RIGHT,
}
_LEFT_SHARE = 0.41
"""The national heading needs the wider column, to stand on one line."""


def render(
    form: Form,
    values: Mapping[str, Value],
    *,
    copies: Sequence[str] | None = None,
    paper: str | None = None,
) -> bytes:
    """Fill the form and return it as PDF, one copy after another, each beginning on its own page.

    Args:
        form: What to fill.
        values: One value for each field; None or "" leaves it to be written by hand.
        copies: Names out of `form.copies`; all of them when None.
        paper: `A4` or `A5`; the form's own when None.

    Raises:
        FieldsUnfilled: A field has no value, or a value has no field.
        FormInvalid: The form has no such copy, or cannot be set on that paper.
    """
    filling = fill(form, values)
    chosen = tuple(form.copies if copies is None else copies)
    size = paper or form.paper
    if not chosen or not set(chosen) <= set(form.copies) or size not in _PAGES:
        raise FormInvalid(form=form.number, problem=f"copies {chosen} on {size}")
    typefaces.register()
    # The page line says how many pages there are: they are counted in a first run.
    counted = _build(filling, chosen, size, pages={})
    return _build(filling, chosen, size, pages=counted.pages).output


class _Built(BaseDocTemplate):
    """One run over the story; counts the pages of each copy."""

    def __init__(
        self, filling: Filling, copies: Sequence[str], size: str, known: Mapping[str, int]
    ) -> None:
        self._stream = io.BytesIO()
        top, right, bottom, left = (edge * mm for edge in _MARGINS[size])
        super().__init__(
            self._stream,
            pagesize=_PAGES[size],
            topMargin=top,
            rightMargin=right,
            bottomMargin=bottom,
            leftMargin=left,
            title=filling.form.title,
            subject=filling.form.set_name,
            lang="vi-VN",
            invariant=1,
            pageCompression=1,
        )
        self.pages: dict[str, int] = {}
        self._known = known
        self._words = filling.form.words["page"]
        self._points = _BODY[size]
        self.addPageTemplates([self._template(copy) for copy in copies])

    def _template(self, copy: str) -> PageTemplate:
        frame = Frame(
            self.leftMargin, self.bottomMargin, self.width, self.height,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        return PageTemplate(
            id=copy, frames=[frame], onPage=lambda pen, _: self._page_line(pen, copy)
        )

    def _page_line(self, pen: Canvas, copy: str) -> None:
        self.pages[copy] = self.pages.get(copy, 0) + 1
        if self._known.get(copy, 1) > 1:
            line = self._words.format(page=self.pages[copy], pages=self._known[copy])
            pen.setFont(typefaces.REGULAR, self._points * 0.75)
            pen.drawRightString(self.leftMargin + self.width, self.bottomMargin * 0.5, line)

    @property
    def output(self) -> bytes:
        return self._stream.getvalue()


def _build(filling: Filling, copies: Sequence[str], size: str, pages: Mapping[str, int]) -> _Built:
    built = _Built(filling, copies, size, pages)
    story: list[Flowable] = []
    for index, copy in enumerate(copies):
        story.append(NextPageTemplate(copy))
        if index:
            story.append(PageBreak())
        setter = _Setter(filling, copy, _BODY[size], built.width)
        story.extend(flowable for part in filling.form.body for flowable in setter.part(part))
    built.build(story)
    return built


class _CentredRule(Flowable):
    """A thin line in the middle of its column."""

    def __init__(self, share: float, space: float) -> None:
        super().__init__()
        self._share = share
        self._space = space

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        return aW, 2 * self._space

    def draw(self) -> None:
        left = self.width * (1 - self._share) / 2
        self.canv.setLineWidth(0.6)
        self.canv.line(left, self._space, self.width - left, self._space)


class _Setter:
    """Turns the parts of one copy into flowables."""

    def __init__(self, filling: Filling, copy: str, points: float, width: float) -> None:
        self._filling = filling
        self._copy = copy
        self._points = points
        self._width = width

    def part(self, part: Part) -> list[Flowable]:
        match part:
            case TextPart():
                return self._text(part)
            case RulePart():
                return [self._rule(part)]
            case SpacePart():
                return [Spacer(1, part.mm * mm * self._points / 13)]
            case HeadingPart():
                return [self._heading(part)]
            case RowPart():
                return [self._row(part)]
            case CodePart():
                return self._code(part)
            case TablePart():
                return [self._table(part), Spacer(1, self._points * 0.3)]
            case SignaturePart():
                return [KeepTogether([self._signatures(part)])]

    def _text(self, part: TextPart, alignment: _Alignment | None = None) -> list[Flowable]:
        if not self._filling.shows(part):
            return []
        return [
            Paragraph(self._filling.markup(part, self._copy), self._style(part.styles, alignment))
        ]

    def _style(self, styles: frozenset[str], alignment: _Alignment | None = None) -> ParagraphStyle:
        points = self._points
        if "small" in styles:
            points *= 0.77
        elif "heading" in styles:
            points *= 0.9
        elif "title" in styles:
            points *= 1.12
        bold, italic = bool(styles & {"bold", "title"}), "italic" in styles
        faces = (
            (typefaces.REGULAR, typefaces.ITALIC),
            (typefaces.BOLD, typefaces.BOLD_ITALIC),
        )
        centred = bool(styles & {"center", "title"})
        return ParagraphStyle(
            "-".join(sorted(styles)) or "body",
            fontName=faces[bold][italic],
            fontSize=points,
            leading=points * 1.2,
            alignment=alignment if alignment is not None else TA_CENTER if centred else TA_LEFT,
            spaceBefore=points * (0.35 if "title" in styles else 0.1),
            spaceAfter=points * 0.1,
            splitLongWords=1,
        )

    def _rule(self, part: RulePart) -> Flowable:
        return _CentredRule(part.share, self._points * 0.2)

    def _heading(self, part: HeadingPart) -> Flowable:
        columns: list[list[Flowable]] = []
        for lines in (part.left, part.right):
            column: list[Flowable] = []
            for line in lines:
                if isinstance(line, RulePart):
                    column.append(self._rule(line))
                else:
                    column.extend(self._text(line, TA_CENTER))
            columns.append(column)
        widths = (self._width * _LEFT_SHARE, self._width * (1 - _LEFT_SHARE))
        style = [*_bare(), ("ALIGN", (0, 0), (-1, -1), "CENTER")]
        return Table([columns], colWidths=widths, style=style)

    def _row(self, part: RowPart) -> Flowable:
        cells = [self._text(cell) for cell in part.cells]
        width = self._width / len(cells)
        return Table([cells], colWidths=[width] * len(cells), style=_bare())

    def _code(self, part: CodePart) -> list[Flowable]:
        if part.field in self._filling.empty:
            return []
        content = self._filling.texts[part.field]
        if part.kind == "qr":
            side = 22 * mm
            code: Flowable = QrCode(content, qrLevel="M", width=side, height=side, qrBorder=1)
        else:
            height = 11 * mm * self._points / 13
            # A bar of 0.25 mm: read from paper printed at 300 dpi and scanned at 200.
            code = Code128(content, barWidth=0.28 * mm, barHeight=height, quiet=0, humanReadable=0)
        code.hAlign = "CENTER"
        space = self._points * 0.3
        return [Spacer(1, space), code, Spacer(1, space)]

    def _table(self, part: TablePart) -> Flowable:
        field = self._filling.form.fields[part.field]
        whole = sum(column.share for column in field.columns)
        head = self._cell_style(TA_CENTER, bold=True)
        rows: list[list[Any]] = [
            [Paragraph(_markup(column.title), head) for column in field.columns]
        ]
        styles = [self._cell_style(_ALIGN[column.align]) for column in field.columns]
        for row in self._filling.tables[part.field]:
            rows.append(
                [Paragraph(_markup(text), style) for text, style in zip(row, styles, strict=True)]
            )
        return Table(
            rows,
            colWidths=[self._width * column.share / whole for column in field.columns],
            repeatRows=1,
            splitByRow=1,
            spaceBefore=self._points * 0.35,
            style=[
                ("GRID", (0, 0), (-1, -1), 0.6, "black"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), self._points * 0.18),
                ("BOTTOMPADDING", (0, 0), (-1, -1), self._points * 0.3),
                ("LEFTPADDING", (0, 0), (-1, -1), self._points * 0.35),
                ("RIGHTPADDING", (0, 0), (-1, -1), self._points * 0.35),
            ],
        )

    def _cell_style(self, alignment: _Alignment, *, bold: bool = False) -> ParagraphStyle:
        points = self._points * 0.94
        return ParagraphStyle(
            "cell",
            fontName=typefaces.BOLD if bold else typefaces.REGULAR,
            fontSize=points,
            leading=points * 1.22,
            alignment=alignment,
            splitLongWords=1,
        )

    def _signatures(self, part: SignaturePart) -> Flowable:
        title = self._style(frozenset({"bold", "center"}))
        note = self._style(frozenset({"italic", "center"}))
        columns: list[list[Flowable]] = []
        for signer in part.signers:
            column: list[Flowable] = [
                Paragraph(_markup(signer.title), title),
                Paragraph(_markup(signer.note), note),
                Spacer(1, part.space_mm * mm * self._points / 13),
            ]
            if signer.field not in self._filling.empty:
                column.append(Paragraph(_markup(self._filling.texts[signer.field]), title))
            columns.append(column)
        width = self._width / len(columns)
        return Table([columns], colWidths=[width] * len(columns), style=_bare())


def _markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _bare() -> list[tuple[Any, ...]]:
    whole = ((0, 0), (-1, -1))
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [("VALIGN", *whole, "TOP"), *((side, *whole, 0) for side in sides)]
