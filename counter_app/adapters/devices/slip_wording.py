"""A dossier as the words of its slips; the words themselves are data in `resources/wording`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app.domain.dossier import Dossier, Fee, FeeState, PaperKind
from counter_app.domain.money import Money, format_money
from counter_app.wire.messages import OfficePack
from printing.documents import ReceiptSlip, ReturnSlip, Row


@dataclass(frozen=True)
class SlipWording:
    """Makes the named slips of `printing` out of dossiers."""

    words: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> SlipWording:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def receipt(self, dossier: Dossier, office: OfficePack, copy_no: int) -> ReceiptSlip:
        """The slip that the citizen takes away when the dossier is received."""
        say = self.words["receipt"]
        submitter = dossier.submitter.person.name if dossier.submitter else dossier.owner.name
        rows = [Row(say["submitter"], submitter)]
        if dossier.submitter:
            rows.append(Row(say["owner"], dossier.owner.name))
        rows += [
            Row(say["procedure"], dossier.procedure.name),
            Row(say["papers"], self._papers(dossier)),
            Row(say["fee"], self._fee(dossier.fee)),
            Row(say["received"], self._moment(dossier.received_at)),
            Row(
                say["due"],
                self._moment(dossier.due_at) if dossier.due_at else say["due_unknown"],
            ),
            Row(
                say["counter"],
                say["counter_value"].format(
                    counter_no=office.counter_no, officer=dossier.received_by_name
                ),
            ),
        ]
        phone = (say["phone"].format(phone=office.phone),) if office.phone else ()
        return ReceiptSlip(
            office=(office.authority, office.name),
            title=say["title"],
            number=str(dossier.number),
            number_note="" if dossier.number.is_final else say["provisional"],
            rows=tuple(rows),
            qr=lookup_text(dossier, office),
            qr_caption=(say["caption"],),
            notes=(say["bring"], *phone),
            footer=(say["footer"],),
            reprint=self._reprint(copy_no),
        )

    def returned(self, dossier: Dossier, office: OfficePack, copy_no: int) -> ReturnSlip:
        """The slip that records the handing over of the result."""
        say = self.words["return"]
        handover = dossier.handover
        if handover is None:
            raise ValueError("a return slip needs a handover")
        return ReturnSlip(
            office=(office.authority, office.name),
            title=say["title"],
            number=str(dossier.number),
            rows=(
                Row(say["receiver"], handover.receiver),
                *((Row(say["proof"], handover.id_number),) if handover.id_number else ()),
                Row(say["procedure"], dossier.procedure.name),
                Row(say["returned"], self._moment(handover.at)),
                Row(
                    say["clerk"],
                    say["clerk_value"].format(
                        officer=handover.by_name, counter_no=office.counter_no
                    ),
                ),
            ),
            signatures=tuple(say["signatures"]),
            signature_note=say["signature_note"],
            footer=(say["footer"],),
            reprint=self._reprint(copy_no),
        )

    def _papers(self, dossier: Dossier) -> str:
        kinds = sum(component.kind is not PaperKind.SHOWN for component in dossier.components)
        pages = len(dossier.pages)
        form = "papers_value" if pages else "papers_value_no_pages"
        words: str = self.words["receipt"][form]
        return words.format(kinds=kinds, pages=pages)

    def _fee(self, fee: Fee) -> str:
        words: str = self.words[f"fee_{fee.state}"]
        return (
            words
            if fee.state is FeeState.FREE
            else words.format(amount=format_money(Money(fee.amount)))
        )

    def _moment(self, moment: datetime) -> str:
        return moment.strftime(self.words["moment"])

    def _reprint(self, copy_no: int) -> str:
        words: str = self.words["reprint"]
        return words.format(times=copy_no - 1) if copy_no > 1 else ""


def lookup_text(dossier: Dossier, office: OfficePack) -> str:
    """What the QR code says: the citizen's look-up page where there is one, else the number."""
    number = str(dossier.number)
    return f"{office.lookup_url}?so={number}" if office.lookup_url else number
