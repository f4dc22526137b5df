"""The web page behind a production server: gunicorn, with threads in a few processes.

Every worker opens the store and the index for itself, read-only; nothing is shared
between them but the listening socket. The socket is opened before anything else, so that
a port that is taken is an ordinary error and not a server that keeps trying.
"""

from __future__ import annotations

import ctypes
import errno
import socket
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from typing import Any
from urllib.parse import urlsplit

from gunicorn.app.base import BaseApplication

from index.query import Limits
from onrecord import config
from onrecord.awaited import open_or_await
from onrecord.config import Home
from onrecord.errors import CommandError
from onrecord.request_log import REQUEST_LOGS
from webui.app import create_app
from webui.config import WebConfig

_THREADS = 4
_GRACE = 10  # seconds that requests under way have when the server is to end
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (recognised, never a default)


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on. Raises CommandError when the address cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Without this, a second server could bind the port too until the first one listens.
        listener.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"port {port} is taken by another program: end that one, or choose another port, "
                f"as in `onrecord serve --port {port + 1}` or ONRECORD_PORT={port + 1}"
            ) from error
        raise CommandError(
            f"cannot listen on {host} port {port}: {error.strerror or error}; "
            "choose another with --host and --port"
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL under which this machine reaches the socket."""
    host, port = listener.getsockname()[:2]
    if host in _ANYWHERE:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(
    home: Home,
    listener: socket.socket,
    *,
    host: str,
    workers: int,
    log: str,
    ready: Callable[[], None],
) -> None:
    """Serve until SIGTERM or Ctrl-C, then let the requests under way finish.

    ``log`` is one of REQUEST_LOGS. ``ready`` is called when the page can be asked for. Raises
    what opening the archive or its index raises.
    """
    share_memory()
    web = _web_config(host, home.question_limits())
    # Said here as a sentence, not by every worker as a traceback.
    with home.store(readonly=True), closing(home.engine()):
        pass
    settings = {
        "bind": f"fd://{listener.detach()}",
        "workers": workers,
        "threads": _THREADS,
        "graceful_timeout": _GRACE,
        "loglevel": "warning",
        "logger_class": REQUEST_LOGS[log],
        "proc_name": "onrecord",
        "when_ready": lambda arbiter: ready(),
        # gunicorn's remote control would put a socket into the user's own folder
        "control_socket_disable": True,
    }
    _Server(home, web, settings).run()


def _web_config(host: str, limits: Limits) -> WebConfig:
    """The names under which the page may be asked for: this machine's and the public one."""
    names = [*WebConfig().trusted_hosts]
    if host in _ANYWHERE:
        names += [socket.gethostname(), socket.getfqdn()]
    else:
        names.append(host)
    public = config.public_url()
    if public and (name := urlsplit(public).hostname):
        names.append(name)
    base = f"{public}/" if public else None
    return WebConfig(trusted_hosts=tuple(dict.fromkeys(names)), base_url=base, limits=limits)


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    def __init__(self, home: Home, web: WebConfig, settings: Mapping[str, object]) -> None:
        self._home = home
        self._web = web
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Our settings; no file and no command line of gunicorn's own."""
        for name, value in self._settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application of one worker."""
        store = self._home.store(readonly=True)
        # A process that takes a dead one's place while the index is damaged must not fail: that
        # would end the server, and the statements need no index.
        return create_app(open_or_await(self._home.engine), store, self._web)


def share_memory() -> None:
    """Let the threads of a process, and of those forked from it, take memory from one place.

    glibc gives every thread an arena of its own, and what is free in one is of no use to the
    others: of 97 MB that a worker of four threads held after 3,000 hostile questions, 20 MB lay
    free like that, and 4 MB with one arena. Threads that take turns in Python hardly wait for one
    another there. Where the C library is not glibc nothing happens.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def default_workers() -> int:
    """One for each processor, up to four: a page takes milliseconds."""
    return min(config.processors(), 4)
