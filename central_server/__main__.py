"""`python -m central_server`: serve, and what an administrator does."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from sqlalchemy import select, update

from central_server.running import serve
from central_server.service.enrolment import issue_code
from central_server.service.offices import put_office
from central_server.settings import ServerSettings
from central_server.store.database import Database, milliseconds, open_database
from central_server.store.migrating import DatabaseTooNew
from central_server.store.tables import counter
from counter_app.domain.errors import CounterError, InvalidValue

_COMMANDS = ("serve", "office", "enrol-code", "counters", "revoke")


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] not in (*_COMMANDS, "-h", "--help"):
        given.insert(0, "serve")
    chosen = _parser().parse_args(given)
    settings = ServerSettings(database=chosen.database, blobs=Path(chosen.blobs))
    try:
        if chosen.command == "serve":
            return _serve(settings, chosen)
        return _administer(settings, chosen)
    except DatabaseTooNew as too_new:
        _say(f"a newer server made this database (revision {too_new})", sys.stderr)
    except CounterError as refused:
        _say(f"refused: {_told(refused)}", sys.stderr)
    except OSError as trouble:
        _say(f"trouble: {trouble}", sys.stderr)
    return 1


def _serve(settings: ServerSettings, chosen: argparse.Namespace) -> int:
    if chosen.workers > 1 and settings.database.startswith("sqlite"):
        _say("several workers need PostgreSQL", sys.stderr)
        return 2
    level = logging.WARNING if chosen.quiet else logging.INFO
    serve(settings, host=chosen.host, port=chosen.port, workers=chosen.workers, level=level)
    return 0


def _administer(settings: ServerSettings, chosen: argparse.Namespace) -> int:
    database = open_database(settings.database, now=settings.clock(), connections=2)
    try:
        if chosen.command == "office":
            with database.writing() as connection:
                kept = put_office(connection, chosen.file.read_bytes())
            _say(json.dumps({"unit": kept.unit, "staff": len(kept.staff)}))
        elif chosen.command == "enrol-code":
            code = issue_code(
                database,
                chosen.unit,
                chosen.counter,
                now=settings.clock(),
                life=timedelta(hours=chosen.hours),
            )
            _say(code.text)
        elif chosen.command == "counters":
            _list_counters(database)
        else:
            _revoke(database, settings, chosen.id)
    finally:
        database.close()
    return 0


def _list_counters(database: Database) -> None:
    with database.reading() as connection:
        for row in connection.execute(select(counter).order_by(counter.c.unit, counter.c.number)):
            _say(
                json.dumps(
                    {
                        "id": row.id,
                        "unit": row.unit,
                        "counter": row.number,
                        "machine": row.machine,
                        "letters": row.held_seq,
                        "is_revoked": row.revoked_at is not None,
                    },
                    ensure_ascii=False,
                )
            )


def _revoke(database: Database, settings: ServerSettings, name: str) -> None:
    with database.writing() as connection:
        done = connection.execute(
            update(counter)
            .where(counter.c.id == name, counter.c.revoked_at.is_(None))
            .values(revoked_at=milliseconds(settings.clock()))
        )
        if done.rowcount != 1:
            raise InvalidValue("counter", "unknown", name)


def _say(line: str, to: TextIO | None = None) -> None:
    (to or sys.stdout).write(line + "\n")


def _told(refused: CounterError) -> str:
    facts = {name: value for name, value in vars(refused).items() if value and name != "value"}
    return f"{type(refused).__name__} {facts}"


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--database",
        default=ServerSettings().database,
        metavar="URL",
        help="sqlite:///FILE or postgresql+psycopg://… (%(default)s)",
    )
    shared.add_argument(
        "--blobs",
        default=str(ServerSettings().blobs),
        metavar="DIR",
        help="folder of the pages (%(default)s)",
    )
    parser = argparse.ArgumentParser(prog="python -m central_server", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser(
        "serve", parents=[shared], help="answer the counters (the default)"
    )
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8765, help="0: any free one (%(default)s)")
    serving.add_argument("--workers", type=int, default=1, help="processes; PostgreSQL only")
    serving.add_argument("--quiet", action="store_true", help="log warnings and errors alone")
    office = commands.add_parser("office", parents=[shared], help="create or replace an office")
    office.add_argument("--file", type=Path, required=True, metavar="office.json")
    code = commands.add_parser(
        "enrol-code", parents=[shared], help="print a one-time code for a new machine"
    )
    code.add_argument("--unit", required=True, help="organisation code, such as H36.15")
    code.add_argument("--counter", type=int, required=True, help="number of the counter, 1 to 99")
    code.add_argument("--hours", type=float, default=24, help="how long it lives (%(default)s)")
    commands.add_parser("counters", parents=[shared], help="list the machines")
    revoke = commands.add_parser("revoke", parents=[shared], help="take a machine's right back")
    revoke.add_argument("--id", required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
