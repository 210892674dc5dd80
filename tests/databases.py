"""A real PostgreSQL and a real Redis, on free ports, in a folder of the test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system_parts import system_part

PASSWORD = "p4ss"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """An empty database; its address."""
    initdb, server = system_part("initdb", "postgresql"), system_part("postgres", "postgresql")
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL does not run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
        for above in folder.parents:
            if above != Path("/") and above.owner() == "root" and above != Path("/tmp"):
                above.chmod(above.stat().st_mode | 0o011)
    port = _free_port()
    options = ["-A", "trust", "-U", "redress", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*as_user, initdb, "-D", str(folder / "data"), *options], check=True, capture_output=True)
    arguments = ["-D", str(folder / "data"), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*as_user, server, *arguments], stdout=log, stderr=log)
    try:
        _wait(port)
        url = f"postgresql://redress@127.0.0.1:{port}/postgres"
        _wait_for_connection(url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """An empty Redis with a password; its address."""
    port = _free_port()
    arguments = ["--port", str(port), "--bind", "127.0.0.1", "--requirepass", PASSWORD, "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([system_part("redis-server", "redis-server"), *arguments], stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, within_s: float = 30) -> None:
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on port {port} after {within_s} s")


def _wait_for_connection(url: str, within_s: float = 30) -> None:
    import sqlalchemy

    engine, ends = sqlalchemy.create_engine(url), time.monotonic() + within_s
    while True:
        try:
            engine.connect().close()
            break
        except sqlalchemy.exc.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)
    engine.dispose()
