"""Run the application in uvicorn: one process, or several on PostgreSQL."""

from __future__ import annotations

import http.client
import json
import logging
import os
import socket
import sys
import threading
from typing import Any, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from central_server.logs import log_to_stderr
from central_server.main import app_from_environment, create_app
from central_server.settings import ENVIRONMENT, ServerSettings

_APP: Final = "central_server.running:worker_app"


def serve(settings: ServerSettings, *, host: str, port: int, workers: int, level: int) -> None:
    """Serve until a signal; prints one JSON line on standard output once requests are answered."""
    log_to_stderr(level)
    listening = _listen(host, port)
    bound = listening.getsockname()[1]
    if workers == 1:
        _Announcing(_config(create_app(settings)), bound).run(sockets=[listening])
        return
    create_app(settings).state.central.database.close()  # migrated once, before the workers start
    os.environ[ENVIRONMENT] = json.dumps(settings.as_plain())
    config = _config(_APP, factory=True, workers=workers)
    threading.Thread(target=_announce_when_healthy, args=(host, bound), daemon=True).start()
    Multiprocess(config, sockets=[listening]).run()


def worker_app() -> Any:
    log_to_stderr(logging.INFO)
    return app_from_environment()


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, port: int) -> None:
        super().__init__(config)
        self._port = port

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _announce(self._port)


def _config(app: Any, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=64 * 1024,
        **more,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # There it would let a second server take the same port.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.set_inheritable(True)
    return listening


def _announce(port: int) -> None:
    sys.stdout.write(json.dumps({"ready": True, "port": port}) + "\n")
    sys.stdout.flush()


def _announce_when_healthy(host: str, port: int) -> None:
    known = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    pause = threading.Event()
    while True:
        connection = http.client.HTTPConnection(known, port, timeout=5)
        try:
            connection.request("GET", "/v1/health")
            if connection.getresponse().status == 200:
                _announce(port)
                return
        except (OSError, http.client.HTTPException):
            pause.wait(0.05)
        finally:
            connection.close()
