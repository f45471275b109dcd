from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from printing.devices import HeadState, open_device
from printing.devices.network import NetworkDevice
from printing.documents import Line, Slip, lay_out
from printing.errors import (
    AddressInvalid,
    CoverOpen,
    DeliveryUncertain,
    PaperOut,
    PrinterNotFound,
    PrinterUnreachable,
)
from printing.samples import SLIPS
from printing.thermal.encode import encode
from printing.thermal.profiles import load_profile
from printing.virtual_head import VirtualHead

JOB = encode(lay_out(SLIPS["receipt"]), load_profile("generic-80"))


@pytest.fixture
def head() -> Iterator[VirtualHead]:
    with VirtualHead() as head:
        yield head


def test_a_slip_that_the_head_printed_is_confirmed(head: VirtualHead) -> None:
    delivery = open_device(head.address).send(JOB)
    assert delivery.is_confirmed
    assert delivery.bytes_sent == len(JOB)
    assert len(head.slips) == 1
    assert head.slips[0].has_been_cut


def test_a_head_without_paper_is_sent_nothing(head: VirtualHead) -> None:
    head.mood.has_paper = False
    with pytest.raises(PaperOut) as trouble:
        open_device(head.address).send(JOB)
    assert not trouble.value.paper_may_be_out
    assert head.slips == []
    assert open_device(head.address).state() is HeadState.PAPER_OUT


def test_a_head_with_its_cover_open_is_sent_nothing(head: VirtualHead) -> None:
    head.mood.is_cover_open = True
    with pytest.raises(CoverOpen):
        open_device(head.address).send(JOB)
    assert open_device(head.address).state() is HeadState.COVER_OPEN


def test_a_silent_head_prints_and_nobody_claims_to_know(head: VirtualHead) -> None:
    head.mood.is_silent = True
    delivery = NetworkDevice("127.0.0.1", head.port).send(JOB)
    assert not delivery.is_confirmed


def test_a_line_that_drops_in_mid_job_is_uncertain(head: VirtualHead) -> None:
    head.mood.drops_after = 2000
    job = encode(
        Slip(tuple(Line("Nguyễn Thị Mẫu") for _ in range(2000))), load_profile("generic-80")
    )
    with pytest.raises(DeliveryUncertain) as trouble:
        open_device(head.address).send(job)
    assert trouble.value.paper_may_be_out
    assert 0 < trouble.value.bytes_sent <= trouble.value.bytes_whole == len(job)


def test_a_head_that_is_not_there_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(PrinterUnreachable):
        open_device(f"tcp://127.0.0.1:{port}").send(JOB)


def test_a_job_to_a_file_is_the_bytes_themselves(tmp_path: Path) -> None:
    path = tmp_path / "paper.bin"
    assert not open_device(f"file://{path}").send(JOB).is_confirmed
    assert path.read_bytes() == JOB


def test_a_file_in_no_folder_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(PrinterNotFound):
        open_device(f"file://{tmp_path}/none/paper.bin").send(JOB)


def test_a_serial_port_that_is_not_there_is_not_found() -> None:
    with pytest.raises(PrinterNotFound):
        open_device("serial:///dev/ttyNOWHERE?baud=9600").send(JOB)


@pytest.mark.parametrize(
    "address", ["", "tcp://", "usb://zz:1", "http://x", "tcp://x:70000", "file://"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressInvalid):
        open_device(address)
