"""A private PostgreSQL cluster in a temporary folder, on a Unix socket, gone with the test run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator


class PostgresMissing(Exception):
    """PostgreSQL is not installed here; `apt-get install postgresql` brings it."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise PostgresMissing(PostgresMissing.__doc__)
    return Path(on_path).parent


def _as_postgres(command: list[str]) -> list[str]:
    """initdb refuses to run as root: then it runs as the user postgres."""
    if os.geteuid() != 0:
        return command
    try:
        account = pwd.getpwnam("postgres")
    except KeyError as missing:
        raise PostgresMissing(PostgresMissing.__doc__) from missing
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", *command]


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    folder: Path
    binaries: Path

    @classmethod
    def start(cls) -> Cluster:
        """Create the cluster and wait until it answers."""
        binaries = _binaries()
        folder = Path(tempfile.mkdtemp(prefix="banli-pg-"))
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o755)
        cluster = cls(folder, binaries)
        cluster._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "banli", "-E", "UTF8", "--locale=C")
        options = (f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=200 "
                   "-c shared_buffers=64MB")
        cluster._run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start")
        return cluster

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            _as_postgres([str(self.binaries / program), *arguments]), check=True, cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://banli@/{name}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """A fresh database and its URL."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(f"host={self.folder} user=banli dbname=postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
            try:
                yield self.url(name)
            finally:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
