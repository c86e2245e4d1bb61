"""Tests of `feeds.serving.server`: where it listens, and how that is told."""

from __future__ import annotations

import errno
import socket

import pytest

from feeds.serving.server import CannotServe, address_of, is_for_this_machine_only, listening_socket
from newscrawler.errors import UsageError


def test_port_0_takes_a_free_port() -> None:
    with listening_socket("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert port > 0
        assert address_of(listening) == f"http://127.0.0.1:{port}/"
        assert is_for_this_machine_only(listening)
        with pytest.raises(CannotServe, match=rf"another program .*:{port}/"):
            listening_socket("127.0.0.1", port)
    with listening_socket("127.0.0.1", port) as again:
        assert again.getsockname()[1] == port


def test_answers_are_not_held_back() -> None:
    with listening_socket("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_name_is_looked_up() -> None:
    with listening_socket("localhost", 0) as listening:
        assert is_for_this_machine_only(listening)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_address_of_ipv6_stands_in_brackets() -> None:
    try:
        listening = listening_socket("::1", 0)
    except CannotServe as refused:
        pytest.skip(f"this machine has no IPv6: {refused}")
    with listening:
        assert address_of(listening) == f"http://[::1]:{listening.getsockname()[1]}/"
        assert is_for_this_machine_only(listening)
        with pytest.raises(CannotServe, match=r"http://\[::1\]:"):
            listening_socket("::1", listening.getsockname()[1])


def test_any_address_is_for_others_too() -> None:
    with listening_socket("0.0.0.0", 0) as listening:
        assert not is_for_this_machine_only(listening)


def test_a_host_that_is_none() -> None:
    with pytest.raises(UsageError, match="no host"):
        listening_socket("no host", 0)


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.EACCES, "above 1023"), (errno.EADDRNOTAVAIL, "no address of this machine"), (errno.EMFILE, "cannot")],
)
def test_what_the_system_refuses(number: int, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise OSError(number, "refused")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(CannotServe, match=says) as refused:
        listening_socket("127.0.0.1", 80)
    assert refused.value.remedy
