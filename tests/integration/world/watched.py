"""Runs a command in a network namespace of its own with one way out, and notes where every packet goes.

    watched.py FOLDER COMMAND...

Written to FOLDER: `output`, `errors`, and `packets`, JSON with the exit status and what left: [[protocol, address, port]].
It says "ready" on standard output and begins when standard input is closed: until then somebody else lays the way out.
"""

import json
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

ETH_P_ALL, IPV4, IPV6 = 0x0003, 0x0800, 0x86DD
OUTGOING = 4  # linux/if_packet.h
SOL_PACKET, PACKET_STATISTICS = 263, 6
ROOM = 32 * 1024 * 1024
SO_RCVBUFFORCE = 33
TCP, UDP = 6, 17
KEEPS_THE_LINK_UP = (0, 58)  # of IPv6: hop-by-hop options of multicast listeners, and ICMPv6


def destination(protocol: int, packet: bytes) -> tuple[int, str, int] | None:
    if protocol == IPV4:
        carried, address, body = packet[9], socket.inet_ntop(socket.AF_INET, packet[16:20]), packet[4 * (packet[0] & 15):]
    elif protocol == IPV6 and packet[6] not in KEEPS_THE_LINK_UP:
        carried, address, body = packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40]), packet[40:]
    else:
        return None
    port = struct.unpack("!H", body[2:4])[0] if carried in (TCP, UDP) else 0
    return carried, address, port


def note(watcher: socket.socket, ended: threading.Event) -> list[tuple[int, str, int]]:
    seen = set()
    while True:
        last_round = ended.is_set()
        try:
            while True:
                packet, (_, protocol, kind, *_) = watcher.recvfrom(65536)
                if kind == OUTGOING:
                    seen.add(destination(protocol, packet))
        except TimeoutError:
            if last_round:
                return sorted(seen - {None})


def main() -> None:
    folder, command = Path(sys.argv[1]), sys.argv[2:]
    watcher = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
    watcher.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, ROOM)
    watcher.settimeout(0.1)
    print("ready", flush=True)
    sys.stdin.read()
    ended = threading.Event()
    packets: list = []
    notes = threading.Thread(target=lambda: packets.extend(note(watcher, ended)))
    notes.start()
    with open(folder / "output", "w") as output, open(folder / "errors", "w") as errors:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
    ended.set()
    notes.join()
    _, lost = struct.unpack("II", watcher.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
    (folder / "packets").write_text(json.dumps({"status": done.returncode, "packets": packets, "lost": lost}))


if __name__ == "__main__":
    main()
