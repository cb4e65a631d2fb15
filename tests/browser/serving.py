"""The application on loopback, for a browser."""

import contextlib
import threading

from waitress import wasyncore
from waitress.server import create_server

from web.application import create_app


@contextlib.contextmanager
def served(banli):
    """The application on a free port of loopback, until the block ends."""
    server = create_server(create_app(banli), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # The threads first: one that still answers would write to the closed trigger.
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=5)
        # The sockets in the loop's own thread: it must not be waiting for one that another thread closes.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(timeout=10)
