"""The client against servers that behave badly."""

import gzip
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from paperreader import __version__
from paperreader.errors import Cancelled, CancelToken
from paperreader.follow.client import Client
from paperreader.follow.errors import FetchError, StatusError
from paperreader.follow.options import FetchOptions
from paperreader.follow.response import Validators
from tests.follow.stub import (
    Answer,
    Asked,
    FakeClock,
    Stub,
    certificate,
    dripping,
    packed,
    serving,
)

Make = Callable[..., Client]


def test_a_request_says_who_asks_and_takes_gzip(stub: Stub, make_client: Make) -> None:
    url = stub.on("/a", packed(b"hello"))
    response = make_client(FetchOptions(contact="me@example.org")).get(url)
    assert (response.body, response.url) == (b"hello", url)
    [asked] = stub.asked
    assert asked.headers["user-agent"] == f"paperreader/{__version__} (contact: me@example.org)"
    assert asked.headers["accept-encoding"] == "gzip"


def test_an_unchanged_answer_is_not_sent_again(stub: Stub, make_client: Make) -> None:
    def reply(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"1"':
            return Answer(status=304)
        return Answer(b"text", headers={"ETag": '"1"', "Last-Modified": "Mon, 01 Jan 2024"})

    url = stub.on("/a", reply)
    client = make_client()
    first = client.get(url)
    assert first.validators == Validators('"1"', "Mon, 01 Jan 2024")
    again = client.get(url, first.validators)
    assert again.unchanged
    assert stub.asked[1].headers["if-modified-since"] == "Mon, 01 Jan 2024"


def test_nothing_new_is_no_answer_to_a_first_request(stub: Stub, make_client: Make) -> None:
    with pytest.raises(FetchError, match="nothing has changed, but was not asked"):
        make_client().get(stub.on("/a", Answer(status=304)))


def test_another_host_gets_no_keys_and_no_etags(stub: Stub, make_client: Make) -> None:
    url = stub.on("/here", Answer(b"it"))
    stub.on("/same", Answer(status=302, headers={"Location": "/here"}))
    with serving() as other:
        away = other.on("/away", Answer(status=302, headers={"Location": url}))
        for first in (stub.base + "/same", away):
            make_client().get(first, Validators('"1"', "Mon"), {"x-api-key": "secret"})
    assert ["x-api-key" in a.headers for a in stub.asked] == [True, True, False]
    assert ["if-none-match" in a.headers for a in stub.asked] == [True, True, False]


def test_a_page_that_fails_does_not_hold_up_its_host(
    stub: Stub, make_client: Make, clock: FakeClock
) -> None:
    with pytest.raises(StatusError):
        make_client().get(stub.on("/broken", Answer(b"", 500)))
    waited = sum(clock.slept)
    assert make_client().get(stub.on("/other", Answer(b"ok"))).body == b"ok"
    assert sum(clock.slept) - waited < 2
    with pytest.raises(StatusError):
        make_client().get(stub.on("/busy", Answer(b"", 429)))
    waited = sum(clock.slept)
    make_client().get(stub.base + "/other")
    assert sum(clock.slept) - waited > 100


def test_one_connection_and_a_pause_between_requests(
    stub: Stub, make_client: Make, clock: FakeClock
) -> None:
    url = stub.on("/a", packed(b"x" * 1000))
    client = make_client(FetchOptions(interval=3.0))
    threads = [threading.Thread(target=client.get, args=(url,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stub.most_at_once == 1
    assert len({asked.connection for asked in stub.asked}) == 1
    assert sum(pause > 1 for pause in clock.slept) == 4


def test_the_pause_is_kept_by_the_next_process(
    stub: Stub, make_client: Make, clock: FakeClock
) -> None:
    url = stub.on("/a", Answer(b"x"))
    options = FetchOptions(interval=3.0)
    make_client(options).get(url)
    clock.now += 1
    make_client(options).get(url)  # a client that shares nothing but the directory
    assert clock.slept == [pytest.approx(2.0, abs=0.01)]


def test_arxiv_is_never_asked_more_often_than_it_allows() -> None:
    options = FetchOptions.of({"arxiv_interval": 0.1, "interval": 0.1}, {})
    for url in ("https://export.arxiv.org/api/query", "https://rss.arxiv.org/rss/cs.CL"):
        assert options.seconds_between(url) > 3
        assert options.group(url) == "arxiv.org"
    assert options.group("https://notarxiv.org/x") == "notarxiv.org"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_host_is_asked_again_when_it_says(
    stub: Stub, make_client: Make, clock: FakeClock, status: int
) -> None:
    url = stub.on("/a", Answer(b"wait", status, {"Retry-After": "42"}), Answer(b"ok"))
    assert make_client().get(url).body == b"ok"
    [pause] = clock.slept
    assert 42 <= pause <= 42 * 1.2


def test_a_busy_host_may_give_a_date(stub: Stub, make_client: Make, clock: FakeClock) -> None:
    date = format_datetime(datetime.fromtimestamp(clock.now + 90, UTC), usegmt=True)
    url = stub.on("/a", Answer(b"", 429, {"Retry-After": date}), Answer(b"ok"))
    assert make_client().get(url).body == b"ok"
    [pause] = clock.slept
    assert 89 <= pause <= 90 * 1.2


@pytest.mark.parametrize("told", ["soon", "-5", "Thu, 99 Foo 2024 00:00:00 GMT", "1e9"])
def test_a_senseless_pause_is_replaced_by_a_growing_one(
    stub: Stub, make_client: Make, clock: FakeClock, told: str
) -> None:
    url = stub.on("/a", Answer(b"", 503, {"Retry-After": told}))
    with pytest.raises(StatusError, match=r"is busy \(503, service unavailable\)"):
        make_client().get(url)
    assert len(stub.asked) == 4
    assert clock.slept[0] < clock.slept[1] < clock.slept[2] < 60


def test_a_long_pause_is_respected_by_giving_up(
    stub: Stub, make_client: Make, clock: FakeClock
) -> None:
    url = stub.on("/a", Answer(b"", 429, {"Retry-After": "3600"}), Answer(b"ok"))
    with pytest.raises(FetchError, match=r"asked for a pause; fetch again after \w+day \d\d:\d\d"):
        make_client().get(url)
    with pytest.raises(FetchError, match="asked for a pause; fetch again after"):
        make_client().get(url)
    assert len(stub.asked) == 1
    clock.now += 4400
    assert make_client().get(url).body == b"ok"


def test_a_refusal_is_not_tried_again(stub: Stub, make_client: Make) -> None:
    url = stub.on("/a", Answer(b"no such thing", 404))
    with pytest.raises(StatusError, match="has nothing there") as caught:
        make_client().get(url)
    assert (caught.value.status, caught.value.body, len(stub.asked)) == (404, b"no such thing", 1)


def test_a_cut_answer_is_asked_for_again(stub: Stub, make_client: Make) -> None:
    url = stub.on("/a", Answer(b"half", cut=4), Answer(b"whole"))
    assert make_client().get(url).body == b"whole"
    half = gzip.compress(b"whole" * 1000)[:-20]
    url = stub.on("/b", Answer(half, headers={"Content-Encoding": "gzip"}), packed(b"whole"))
    assert make_client().get(url).body == b"whole"
    url = stub.on("/c", Answer(b"half", cut=4))
    with pytest.raises(FetchError, match="broke off"):
        make_client().get(url)


def test_a_silent_host_is_given_up(stub: Stub, make_client: Make) -> None:
    url = stub.on("/a", Answer(b"late", silent=0.5))
    with pytest.raises(FetchError, match="did not answer in time"):
        make_client(FetchOptions(timeout=0.05)).get(url)
    assert len(stub.asked) == 4


def test_a_dripping_host_is_given_up(stub: Stub, make_client: Make, clock: FakeClock) -> None:
    def drip(asked: Asked) -> Answer:
        clock.now += 400  # as if the answer had taken so long
        return Answer(b"x" * 10)

    with pytest.raises(FetchError, match="took more than 5 minutes"):
        make_client().get(stub.on("/a", drip))


def later(clock: FakeClock) -> None:
    """Let six minutes pass."""
    clock.now += 360


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nX-One: 1\r\nX-T",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1",
        b"HTTP/1.1 2",
    ],
)
def test_a_host_that_drips_its_headers_is_given_up(
    make_client: Make, clock: FakeClock, sent: bytes
) -> None:
    with dripping(sent, lambda: later(clock)) as (url, connections):
        with pytest.raises(FetchError, match="took more than 5 minutes"):
            make_client().get(url)
        assert len(connections) == 1


def test_a_host_that_drips_its_handshake_is_given_up(make_client: Make, clock: FakeClock) -> None:
    record = b"\x16\x03\x03\x40\x00"  # the first bytes of a long message of TLS
    dripped = dripping(record, lambda: later(clock))
    with dripped as (url, _), pytest.raises(FetchError, match="took more than 5 minutes"):
        make_client().get(url.replace("http:", "https:"))


def test_a_dripping_host_does_not_hold_up_a_cancelled_fetch(make_client: Make) -> None:
    cancel = CancelToken()
    with dripping(b"HTTP/1.1 200 OK\r\n", cancel.cancel) as (url, _), pytest.raises(Cancelled):
        make_client(cancel=cancel).get(url)


def test_a_large_answer_is_not_read_to_its_end(stub: Stub, make_client: Make) -> None:
    options = FetchOptions(max_mb=1)
    with pytest.raises(FetchError, match="more than 1 MB"):
        make_client(options).get(stub.on("/a", Answer(b"x" * 2**21)))
    bomb = gzip.compress(bytes(2**28))
    with pytest.raises(FetchError, match="more than 1 MB"):
        make_client(options).get(stub.on("/b", Answer(bomb, headers={"Content-Encoding": "gzip"})))
    twice = gzip.compress(gzip.compress(bytes(2**20)))
    many = gzip.compress(b"a" * 600_000) + gzip.compress(b"b" * 600_000)
    body = make_client(options).get(
        stub.on("/c", Answer(twice, headers={"Content-Encoding": "gzip"}))
    )
    assert gzip.decompress(body.body) == bytes(2**20)
    with pytest.raises(FetchError, match="more than 1 MB"):
        make_client(options).get(stub.on("/d", Answer(many, headers={"Content-Encoding": "gzip"})))


def test_damaged_gzip_and_other_encodings_are_said(stub: Stub, make_client: Make) -> None:
    url = stub.on("/a", Answer(b"not gzip at all", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(FetchError, match="damaged gzip"):
        make_client().get(url)
    url = stub.on("/b", Answer(b"x", headers={"Content-Encoding": "br"}))
    with pytest.raises(FetchError, match="encoding 'br'"):
        make_client().get(url)


def test_redirects_are_followed_to_web_addresses_only(stub: Stub, make_client: Make) -> None:
    stub.on("/end", Answer(b"here"))
    client = make_client()
    assert client.get(stub.on("/a", Answer(status=302, headers={"Location": "/end"}))).url == (
        stub.base + "/end"
    )
    for target, told in (
        ("file:///etc/passwd", "not a web address"),
        ("ftp://127.0.0.1/x", "not a web address"),
        ("http://[::1", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("/a", "in a circle"),
    ):
        stub.on("/a", Answer(status=301, headers={"Location": target}))
        with pytest.raises(FetchError, match=told):
            client.get(stub.base + "/a")
    for number in range(20):
        stub.on(f"/{number}", Answer(status=307, headers={"Location": f"/{number + 1}"}))
    with pytest.raises(FetchError, match="in a circle"):
        client.get(stub.base + "/0")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y", "http://", "http://[::1", "x", "http:///x"]
)
def test_only_web_addresses_are_asked(make_client: Make, url: str) -> None:
    with pytest.raises(FetchError, match="not a whole http or https address"):
        make_client().get(url)


def test_a_host_that_is_not_there_is_said_at_once(make_client: Make, clock: FakeClock) -> None:
    with serving() as gone:
        url = gone.base
    with pytest.raises(FetchError, match=r"cannot be reached \(connection refused\)"):
        make_client().get(url)
    assert clock.slept == []


def test_certificates_are_checked(
    make_client: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, expired, told in (("good", False, ""), ("old", True, "certificate has expired")):
        folder = tmp_path / name
        folder.mkdir()
        both = certificate(folder, expired=expired)
        with serving(both) as stub:
            url = stub.on("/a", Answer(b"secret"))
            with pytest.raises(FetchError, match="no valid certificate"):
                make_client().get(url)  # nobody vouches for it
            trusting = make_client(ca_file=str(folder / "cert.pem"))
            if not told:
                assert trusting.get(url).body == b"secret"
                stub.on("/b", Answer(status=302, headers={"Location": "http://127.0.0.1:9/"}))
                with pytest.raises(FetchError, match="not encrypted"):
                    trusting.get(stub.base + "/b")
            else:
                with pytest.raises(FetchError, match=told):
                    trusting.get(url)


def test_a_proxy_is_used_unless_it_is_bypassed(
    stub: Stub, make_client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", stub.base)
    monkeypatch.delenv("no_proxy", raising=False)
    stub.on("/paper", Answer(b"by proxy"))
    assert make_client().get("http://papers.invalid/paper").body == b"by proxy"
    monkeypatch.setenv("no_proxy", "papers.invalid")
    with pytest.raises(FetchError, match=r"papers\.invalid is not known"):
        make_client().get("http://papers.invalid/paper")
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(FetchError, match=r"proxy .* cannot be used"):
        make_client().get("http://papers.invalid/paper")


def test_waiting_can_be_cancelled(stub: Stub, make_client: Make) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        make_client(cancel=cancel).get(stub.on("/a", Answer(b"x")))
    assert stub.asked == []


def test_values_are_posted_as_json(stub: Stub, make_client: Make) -> None:
    url = stub.on("/batch", Answer(b'[{"a": 1}, null]'))
    assert make_client().post(url, {"ids": ["x"]}).json() == [{"a": 1}, None]
    [asked] = stub.asked
    assert (asked.method, asked.body) == ("POST", b'{"ids": ["x"]}')
    stub.on("/batch", Answer(b"<!DOCTYPE html><title>Sorry</title>"))
    with pytest.raises(FetchError, match="a web page that is not JSON"):
        make_client().post(url, {}).json()
