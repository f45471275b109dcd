"""A dossier as the values of Mẫu 01; how a value is written is data in `resources/wording`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_app.domain.dossier import Component, Dossier, FeeState, PaperKind
from counter_app.domain.money import Money, format_money
from counter_app.domain.time_norm import NormUnit, TimeNorm
from counter_app.wire.messages import OfficePack
from printing.pdf.filling import Value


@dataclass(frozen=True)
class FormWording:
    """Fills the forms of `printing` from dossiers."""

    words: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> FormWording:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def receipt(
        self, dossier: Dossier, office: OfficePack, columns: frozenset[str]
    ) -> dict[str, Value]:
        """The values of Mẫu 01.

        Args:
            dossier: As received.
            office: Who issues it.
            columns: Keys of the component table's columns; the form sets differ in them.
        """
        owner = dossier.owner
        stands_here = dossier.submitter.person if dossier.submitter else owner
        return {
            "agency": office.authority,
            "department": office.name,
            "paper_number": "",
            "place": office.place,
            "issued_on": dossier.received_at.date(),
            "number": str(dossier.number),
            "reprint": "",
            "unit": office.name,
            "owner": owner.name,
            "submitter": self._submitter(dossier),
            "address": owner.residence,
            "phone": owner.phone or stands_here.phone,
            "email": owner.email or stands_here.email,
            "id_number": owner.id_number,
            "content": dossier.procedure.name,
            "components": self._components(dossier, columns),
            "sets": f"{dossier.sets:02d}",
            "processing_time": self._norm(dossier.norm),
            "received_at": dossier.received_at,
            "due_at": dossier.due_at,
            "return_at": self.words["return"][dossier.return_channel].format(
                office=office.name, address=dossier.return_address
            ),
            "fee": self._fee(dossier),
            "fee_state": self.words["fee"][dossier.fee.state],
            "book": str(dossier.received_at.year),
            "book_entry": str(dossier.number.sequence),
            "submitter_signature": stands_here.name,
            "receiver_signature": dossier.received_by_name,
            "hotline": office.phone,
            "lookup_address": office.lookup_url,
            "lookup_code": "",
        }

    def _submitter(self, dossier: Dossier) -> str:
        if dossier.submitter is None:
            return ""
        words: str = self.words["submitter"]
        return words.format(
            name=dossier.submitter.person.name,
            capacity=self.words["capacity"][dossier.submitter.capacity],
        )

    def _components(self, dossier: Dossier, columns: frozenset[str]) -> list[dict[str, str]]:
        rows = (
            {
                "place": str(place),
                "name": component.title,
                "originals": str(component.originals or ""),
                "duplicates": str(component.copies or ""),
                "form": self._paper(component),
                "count": str(component.originals + component.copies or ""),
            }
            for place, component in enumerate(dossier.components, start=1)
        )
        return [{key: row[key] for key in row if key in columns} for row in rows]

    def _paper(self, component: Component) -> str:
        papers: Mapping[str, str] = self.words["paper"]
        if component.originals and component.copies:
            return papers["both"]
        if component.copies and component.kind is PaperKind.ORIGINAL:
            return papers["copy"]
        return papers[component.kind]

    def _norm(self, norm: str) -> str:
        read = TimeNorm.parse(norm)
        words: str = self.words["norm"][read.unit]
        if read.unit is NormUnit.SAME_DAY:
            return words
        return words.format(amount=f"{read.amount:f}".replace(".", ","))

    def _fee(self, dossier: Dossier) -> str:
        if dossier.fee.state is FeeState.FREE:
            free: str = self.words["free"]
            return free
        return format_money(Money(dossier.fee.amount))
