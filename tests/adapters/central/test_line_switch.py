"""Pulling the line."""

from __future__ import annotations

import pytest

from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.adapters.central.line_switch import LineSwitch
from counter_app.application.ports.line import ServerUnreachable
from counter_app.wire.messages import Enrolled, PostLetters
from tests.helpers.central_office import Hand, Rig
from tests.helpers.central_process import listening


def test_a_cut_line_lets_nothing_through_until_it_is_back(rig: Rig, enrolled: Enrolled) -> None:
    switch = LineSwitch(rig.line())
    client, hand = rig.client(enrolled, switch), Hand.of(enrolled)
    hand.receive()
    switch.is_cut = True
    for _ in range(2):
        with pytest.raises(ServerUnreachable):
            client.post_letters(hand.post())
    switch.is_cut = False
    assert client.post_letters(PostLetters(letters=())).mark.held == 0
    assert client.post_letters(hand.post()).mark.held == 1


def test_a_line_cut_while_the_server_works_loses_the_answer_alone(
    rig: Rig, enrolled: Enrolled
) -> None:
    class CutsAfterwards(LineSwitch):
        def handle_request(self, request):
            response = super().handle_request(request)
            switch.is_cut = True
            return response

    switch = LineSwitch(CutsAfterwards(rig.line()))
    hand = Hand.of(enrolled)
    hand.receive()
    with pytest.raises(ServerUnreachable):
        rig.client(enrolled, switch).post_letters(hand.post())
    assert rig.client(enrolled).post_letters(hand.post()).mark.held == 1


def test_the_switch_stands_in_a_real_line(rig: Rig, enrolled: Enrolled) -> None:
    with listening(rig.app) as (host, port):
        switch = LineSwitch()
        client = HttpCentralServer(
            f"http://{host}:{port}", enrolled.token, enrolled.mark.server, transport=switch
        )
        assert client.office_pack() == enrolled.pack
        switch.is_cut = True
        with pytest.raises(ServerUnreachable):
            client.office_pack()
        client.close()
