"""A web server on 127.0.0.1 that answers as it is told to, well or badly."""

import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from paperreader.errors import CancelToken
from paperreader.follow.clock import Clock


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    connection: int


@dataclass(frozen=True)
class Answer:
    """What the server sends; `cut` bytes are promised and never sent."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    silent: float = 0.0


Reply = Callable[[Asked], Answer]


def packed(body: bytes) -> Answer:
    """An answer in gzip."""
    return Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


class Stub:
    """A server with a reply for each path; the last of several replies is repeated."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._replies: dict[str, list[Answer | Reply]] = {}
        self._at_once = 0
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.scheme = "http"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server.server_port}"

    def on(self, path: str, *replies: Answer | Reply) -> str:
        """Answer requests for `path` in turn; return its address."""
        self._replies[path] = list(replies)
        return self.base + path

    def encrypt(self, certificate: Path) -> None:
        """Speak TLS with a certificate and its key in one file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.scheme = "https"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def reply(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            replies = self._replies.get(asked.path)
            reply = None if not replies else replies.pop(0) if len(replies) > 1 else replies[0]
        try:
            if reply is None:
                return Answer(b"nothing here", 404)
            return reply if isinstance(reply, Answer) else reply(asked)
        finally:
            with self._lock:
                self._at_once -= 1


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10
        wbufsize = -1  # an answer in one piece: a piece by itself waits 40 ms for the other side

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            answer = stub.reply(
                Asked(
                    self.command,
                    parts.path,
                    query,
                    {name.lower(): value for name, value in self.headers.items()},
                    self.rfile.read(size),
                    self.client_address[1],
                )
            )
            time.sleep(answer.silent)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body) + answer.cut))
            self.end_headers()
            self.wfile.write(answer.body)
            self.wfile.flush()
            if answer.cut:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Stub]:
    """A running stub."""
    stub = Stub()
    if certificate:
        stub.encrypt(certificate)
    stub.start()
    try:
        yield stub
    finally:
        stub.stop()


@contextmanager
def dripping(sent: bytes, began: Callable[[], None]) -> Iterator[tuple[str, list[socket.socket]]]:
    """A server that sends `sent` and then a byte now and then; its address, and its connections.

    It calls `began` when it drips.
    """
    connections: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connections.append(server.accept()[0])
                    threading.Thread(target=drip, args=connections[-1:], daemon=True).start()

        def drip(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.sendall(sent)
                began()
                while True:
                    connection.sendall(b"0")
                    time.sleep(0.02)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", connections


class FakeClock(Clock):
    """A clock that moves only when somebody sleeps; it notes for how long."""

    def __init__(self, now: float = 1_764_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float, cancel: CancelToken) -> None:
        cancel.check()
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds
        time.sleep(0.001)


def certificate(folder: Path, *, expired: bool = False) -> Path:
    """Make a certificate for 127.0.0.1, signed by itself, with its key in the same file."""
    key, cert, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    dates = ["-not_before", "20200101000000Z", "-not_after", "20200102000000Z"]
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=stub"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    if expired:
        request = folder / "request.pem"
        subprocess.run(
            [
                *("openssl", "req", "-new", "-key", str(key), "-subj", "/CN=stub"),
                *("-out", str(request)),
            ],
            check=True,
            capture_output=True,
        )
        expire(folder, request, key, cert, dates)
    both.write_bytes(key.read_bytes() + cert.read_bytes())
    return both


def expire(folder: Path, request: Path, key: Path, cert: Path, dates: list[str]) -> None:
    """Sign `request` for a day that is long gone."""
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("01")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=c\n[c]\ndir={folder}\nnew_certs_dir={folder}\ndatabase={folder}/index.txt\n"
        f"serial={folder}/serial\ndefault_md=sha256\npolicy=p\nx509_extensions=e\n"
        "[p]\ncommonName=supplied\n[e]\nsubjectAltName=IP:127.0.0.1\n"
    )
    start, end = dates[1], dates[3]
    subprocess.run(
        [
            *("openssl", "ca", "-batch", "-config", str(folder / "ca.cnf"), "-selfsign"),
            *("-keyfile", str(key), "-in", str(request), "-out", str(cert), "-notext"),
            *("-startdate", start, "-enddate", end),
        ],
        check=True,
        capture_output=True,
    )
