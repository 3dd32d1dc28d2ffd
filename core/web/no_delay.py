"""Let small answers leave at once: without it each rerun waits some 40 ms for the client's ACK.

The server binds its socket without naming TCP, so asyncio does not recognise it and leaves Nagle's
algorithm on (`_set_nodelay` in asyncio's base_events). Accepted connections inherit the option.
"""

import gc
import socket


def send_at_once(port: int) -> int:
    """Set TCP_NODELAY on this process's sockets bound to `port`; return how many there were."""
    bound = [each for each in gc.get_objects() if _is_bound(each, port)]
    for each in bound:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(bound)


def _is_bound(candidate: object, port: int) -> bool:
    # type() and not isinstance(): proxies among the objects answer for what they stand for
    if type(candidate) is not socket.socket or candidate.fileno() < 0:
        return False
    if candidate.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    try:
        return bool(candidate.getsockname()[1] == port)
    except OSError:
        return False
