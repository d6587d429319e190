"""Talking to anyone at all."""

import socket
import urllib.request


def connect(family, kind, address):
    with socket.socket(getattr(socket, family), getattr(socket, kind)) as made:
        made.settimeout(2)
        made.connect(tuple(address) if isinstance(address, list) else address)
        return "connected"


def send_from_a_pair(address):
    """Sends to a named socket from one half of a pair: nothing is created by `socket`, nothing connected."""
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return one.sendto(b"a letter", address)


def send_message_from_a_pair(address):
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return one.sendmsg([b"a letter"], [], 0, address)


def listen():
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        made.listen(1)
        return made.getsockname()


def open_socket(family, kind):
    socket.socket(family, kind).close()
    return "opened"


def resolve():
    return socket.getaddrinfo("localhost", 80)


def fetch(port):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).status
