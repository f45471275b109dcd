"""Which kind of QR code a text comes from, by its shape alone."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from counter_app.domain.errors import Refusal
from counter_app.domain.numbers import parse_number


class QrKind(StrEnum):
    IDENTITY_CARD = "identity_card"
    HEALTH_INSURANCE = "health_insurance"
    DOSSIER = "dossier"
    PAYMENT = "payment"
    ELECTRONIC_IDENTITY = "electronic_identity"
    WEB_ADDRESS = "web_address"
    EMPTY = "empty"
    OTHER = "other"


_CARD: Final = re.compile(r"\d{12}(?:\|[^|]*){6,}", re.ASCII)
_INSURANCE: Final = re.compile(
    r"(?:[A-Z]{2}\d{13}|\d{10})\|(?:[0-9A-Fa-f]{2})+\|[^$]*\$?", re.ASCII | re.DOTALL
)
_PAYMENT: Final = re.compile(r"000201.*6304[0-9A-Fa-f]{4}", re.DOTALL)
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_NUMBER_IN_ADDRESS: Final = re.compile(
    r"(?:[A-Z]\d{2}(?:\.\d{1,3})*-(?:\d{6}|\d{8})-\d{3,7}|TAM-[0-9A-Z]{1,12}-\d{6}-\d{3,5})(?![\w-])"
)
_TOKEN: Final = re.compile(r"[A-Za-z0-9+/=_.\-]{32,}|\{.*\}", re.DOTALL)
"""VNeID shows codes that change and that only its own readers open: long tokens or JSON."""


def recognise(text: str) -> QrKind:
    """The kind of code that this text looks like; `OTHER` for anything not known."""
    text = text.strip()
    if not text:
        return QrKind.EMPTY
    if _CARD.fullmatch(text):
        return QrKind.IDENTITY_CARD
    if _INSURANCE.fullmatch(text):
        return QrKind.HEALTH_INSURANCE
    if dossier_number_in(text):
        return QrKind.DOSSIER
    if _PAYMENT.fullmatch(text):
        return QrKind.PAYMENT
    if _WEB.fullmatch(text):
        return QrKind.WEB_ADDRESS
    if _TOKEN.fullmatch(text):
        return QrKind.ELECTRONIC_IDENTITY
    return QrKind.OTHER


def dossier_number_in(text: str) -> str:
    """The dossier number that a slip's code carries, bare or in a web address; empty if none."""
    text = text.strip()
    candidates = [text, *_NUMBER_IN_ADDRESS.findall(text)] if _WEB.fullmatch(text) else [text]
    for candidate in candidates:
        try:
            return parse_number(candidate).text
        except Refusal:
            continue
    return ""
