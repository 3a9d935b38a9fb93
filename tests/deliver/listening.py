"""A home behind a real server on a free port of this machine, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import uvicorn
from fastapi import FastAPI

from frontrunner.api import HomeHandle
from frontrunner.deliver.serving import Desk, Front


@contextmanager
def listening(home: HomeHandle, face: ModuleType) -> Iterator[str]:
    """The address at which a face (`rest`, `web`) of the home answers."""
    app, desk = FastAPI(openapi_url=None), Desk(home)
    face.add_to(app, desk)
    server = uvicorn.Server(uvicorn.Config(Front(app, desk), host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
    desk.close()
