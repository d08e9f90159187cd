"""A private PostgreSQL cluster on loopback for the tests: started by tools/postgres_cluster.sh, stopped by its pid file."""
import contextlib
import os
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    def __init__(self, directory, port):
        self.directory, self.port = Path(directory), port
        self.url = f"postgresql://fairway@127.0.0.1:{port}/fairway"

    def _script(self, *arguments):
        subprocess.run([str(ROOT / "tools/postgres_cluster.sh"), *arguments], check=True, stdout=subprocess.DEVNULL)

    def start(self):
        self._script("start", str(self.directory), str(self.port))
        return self

    def stop(self):
        self._script("stop", str(self.directory))

    def psql(self, sql, database="fairway"):
        out = subprocess.run(["psql", "-qAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", "fairway", "-d", database, "-c", sql],
                             check=True, capture_output=True, text=True)
        return out.stdout

    def fresh_database(self, name):
        """The URL of a new, empty database."""
        self.psql(f"create database {name}")
        return f"postgresql://fairway@127.0.0.1:{self.port}/{name}"

    @staticmethod
    @contextlib.contextmanager
    def start_or_none(directory):
        """The cluster, or None where PostgreSQL 15 is not installed (its tests then say that they skip)."""
        if not os.path.exists("/usr/lib/postgresql/15/bin/initdb"):
            yield None
            return
        cluster = Cluster(directory, free_port()).start()
        try:
            yield cluster
        finally:
            cluster.stop()
