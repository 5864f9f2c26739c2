"""Refuses an address that cannot be served, before anything slow is done: scripts/free_port.py ADDR."""

import socket
import sys


def main(address: str) -> str:
    """Return why ``address`` (``host:port``) cannot be served, or an empty text."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        return f"ADDR is {address!r}; write host:port, as in ADDR=127.0.0.1:8001."
    host = host.strip("[]")
    try:
        family, kind, protocol, _name, target = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen()
    except OSError as error:
        return f"{address} cannot be served ({error.strerror}); choose another: make run ADDR=127.0.0.1:8001"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) or 0)
