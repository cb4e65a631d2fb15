"""`banli serve`: pages, jobs and timers in one process."""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import click
import waitress

from engine.message import say
from tasks.bootstrap import bootstrap
from tasks.settings import Settings
from tasks.worker import Worker
from web import garbage
from web.application import create_app
from web.terminal import line, tell

if TYPE_CHECKING:
    from tasks.bootstrap import Banli


@click.command("serve", help=tell(say("Serve the pages; jobs and timers run in the same process.")))
@click.option("--host", default="127.0.0.1", show_default=True, help=tell(say("The address to listen on.")))
@click.option("--port", default=8080, show_default=True, help=tell(say("The port; 0 chooses a free one.")))
@click.option("--threads", default=8, show_default=True, help=tell(say("How many requests are served at once.")))
@click.option("--https/--http", default=False, help=tell(say("Visitors come by https through a proxy.")))
@click.option("--worker/--no-worker", default=True, help=tell(say("Run jobs and timers here too.")))
def command(host: str, port: int, threads: int, https: bool, worker: bool) -> None:  # noqa: FBT001 - options
    """Serve until interrupted."""
    banli = bootstrap(Settings.from_environment())
    serve(banli, host=host, port=port, threads=threads, https=https, worker=worker)


def serve(
    banli: Banli, *, host: str, port: int, threads: int = 8, https: bool = False, worker: bool = True,
) -> None:
    """Listen, say where, and leave nothing half done on the way out."""
    app = create_app(banli, https=https)
    server = waitress.create_server(app, host=host, port=port, threads=threads)
    garbage.spare(app)
    running = Worker(banli)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            if worker:
                running.start()
            # Said last: who is told that it runs may end it in this very moment.
            line(say("Banli answers at http://{host}:{port} (Ctrl+C ends it).", host=host, port=server.effective_port))
            server.run()
    finally:
        server.close()
        running.stop()
        banli.engine.close()
        line(say("Stopped; everything that was acknowledged is stored."))
