"""An engine in a process of its own, spoken to in lines of JSON over its standard streams.

Started by path, so that another Python than ours can run it (Xapian's).
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ENGINES = {
    "own": ("benchmarks.engines.own", "Own"),
    "fts5": ("benchmarks.engines.fts5", "Fts5"),
    "tantivy": ("benchmarks.engines.tantivy_peer", "Tantivy"),
    "xapian": ("benchmarks.engines.xapian_peer", "Xapian"),
    "whoosh": ("benchmarks.engines.whoosh_peer", "Whoosh"),
}
_PYTHON = {"xapian": "/usr/bin/python3"}


class Process:
    """The side of the benchmark."""

    def __init__(self, engine: str, **settings: str) -> None:
        """``settings``: what its environment says beside ours."""
        self.engine = engine
        self.opening = 0.0
        self._process = subprocess.Popen(
            [_PYTHON.get(engine, sys.executable), __file__, engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | settings,
        )
        self.pid = self._process.pid

    def call(self, verb: str, **arguments: Any) -> Any:
        """Let the engine do something; what it says, with ``cpu`` seconds and ``rss`` MB."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"verb": verb, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.engine} failed at {verb}")
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def cpu() -> float:
    """CPU seconds of this process and of its children that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def memory() -> dict[str, int]:
    """Resident megabytes, of these those of mapped files, and the most there ever were."""
    status = Path("/proc/self/status").read_text()
    values = dict(line.split(":\t") for line in status.splitlines() if ":\t" in line)
    names = {"rss": "VmRSS", "files": "RssFile", "peak": "VmHWM"}
    return {name: int(values[key].split()[0]) // 1024 for name, key in names.items()}


def _serve(name: str) -> None:
    module, cls = ENGINES[name]
    peer = getattr(importlib.import_module(module), cls)()
    for line in sys.stdin:
        request = json.loads(line)
        verb = request.pop("verb")
        cpu_before, before = cpu(), time.perf_counter()
        if verb == "build":
            with Path(request["corpus"]).open(encoding="utf-8") as lines:
                Path(request["path"]).mkdir(parents=True, exist_ok=True)
                peer.build(request["path"], map(json.loads, lines))
            answer: Any = {}
        elif verb == "import":  # done already
            answer = {}
        elif verb == "open":
            peer.open(request["path"])
            answer = {}
        else:
            answer = peer.ask(request["question"], request["mode"])
        done = {"cpu": cpu() - cpu_before, "wall": time.perf_counter() - before}
        print(json.dumps(done | memory() | {"answer": answer}), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    _serve(sys.argv[1])
