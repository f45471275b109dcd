"""Making a machine a counter of its office, with the one-time code that the administrator reads."""

from __future__ import annotations

from counter_app.application.changes import Change, Changes
from counter_app.application.ports.line import CentralServer
from counter_app.application.ports.records import Enrolment
from counter_app.application.ports.store import Store
from counter_app.domain.errors import InvalidValue
from counter_app.domain.text import clean_line
from counter_app.wire.messages import EnrolRequest


def enrol(
    url: str,
    code: str,
    machine: str,
    *,
    store: Store,
    server: CentralServer,
    changes: Changes,
) -> Enrolment:
    """Show the code to the server and keep what it gives.

    May be repeated with the same code when the answer was lost.

    Raises:
        InvalidValue: The address is not one.
        EnrolmentRefused: The code is unknown, used or expired.
        LineTrouble: The server does not answer.
    """
    url = clean_line(url, "server_url", 300).rstrip("/")
    if not url.startswith(("https://", "http://")):
        raise InvalidValue("server_url", "grammar", url)
    with store.transaction() as tx:
        store_id = tx.machine.store_id()
    enrolled = server.enrol(
        url,
        EnrolRequest(
            code=clean_line(code, "enrol_code", 40).upper(),
            store=store_id,
            machine=clean_line(machine, "machine", 60),
        ),
    )
    enrolment = Enrolment(
        counter=enrolled.counter,
        token=enrolled.token,
        server_url=url,
        server=enrolled.mark.server,
    )
    with store.transaction() as tx:
        tx.machine.enrol(enrolment, enrolled.pack)
    changes.publish(Change.PACK, Change.LINE)
    return enrolment
