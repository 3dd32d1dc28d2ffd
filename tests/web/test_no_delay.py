"""Small answers leave the server at once."""

import socket

from core.web.no_delay import send_at_once


def nodelay(sock: socket.socket) -> bool:
    return bool(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_connections_of_a_bound_socket_send_at_once() -> None:
    with socket.socket() as bound, socket.socket() as other, socket.socket() as client:
        bound.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))

        assert send_at_once(bound.getsockname()[1]) == 1

        bound.listen()
        client.connect(bound.getsockname())
        accepted, _ = bound.accept()
        with accepted:
            assert nodelay(accepted)
        assert not nodelay(other)
