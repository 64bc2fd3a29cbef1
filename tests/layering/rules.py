"""Which folder may include what. The one table; CMake's targets enforce the same arrows for the library's own headers."""

from dataclasses import dataclass

STANDARD_IN_PURE_CODE = "no sockets, threads, clocks, files or random numbers"
IMPURE_HEADERS = {
    "atomic", "condition_variable", "csignal", "ctime", "filesystem", "fstream", "future", "iostream", "mutex", "random",
    "semaphore", "shared_mutex", "stop_token", "thread",
    "fcntl.h", "netdb.h", "poll.h", "pthread.h", "signal.h", "stdio.h", "time.h", "unistd.h",
}
IMPURE_PREFIXES = ("arpa/", "net/", "netinet/", "sys/")
IMPURE_WORDS = ("_clock::now", "std::time(", "getenv(", "std::fopen(", "printf(")


@dataclass(frozen=True)
class Rule:
    folders: tuple[str, ...]          # of the project: the first part of "folder/file.h"
    libraries: tuple[str, ...] = ()   # prefixes of <…> that are not the standard library
    headers: tuple[str, ...] = ()     # single project headers of other folders
    pure: bool = True


EVERYWHERE = ("tl/expected.hpp",)
MODEL = ("mailconf", "model")
BEAST = ("boost/beast/", "boost/asio/buffer.hpp", "boost/system/", "boost/optional")

# <arpa/inet.h> is for inet_pton and inet_ntop, which only convert text.
RULES = {
    "resolver/include/mailconf": Rule(("mailconf",), pure=False),
    "resolver/model": Rule(MODEL, ("fmt/", "libpsl.h", "idn2.h", "arpa/inet.h")),
    "resolver/formats": Rule((*MODEL, "formats"), ("fmt/", "pugixml.hpp", "boost/json", "boost/system/")),
    "resolver/sasl": Rule((*MODEL, "sasl"), ("fmt/", "openssl/")),
    "resolver/protocol": Rule((*MODEL, "sasl", "protocol"), ("fmt/", *BEAST)),
    "resolver/exports": Rule((*MODEL, "formats", "exports"), ("fmt/", "kainjow/mustache.hpp", "boost/uuid/")),
    "resolver/guides": Rule((*MODEL, "guides"), ("fmt/", "kainjow/mustache.hpp", "toml++/"), ("exports/escapes.h",)),
    "resolver/sources": Rule((*MODEL, "formats", "protocol", "sources"), ("fmt/",)),
    "resolver/engine": Rule((*MODEL, "formats", "protocol", "sources", "engine"), ("fmt/",), ("network/network.h",)),
    "resolver/audit": Rule((*MODEL, "formats", "protocol", "sources", "audit"), ("fmt/", "kainjow/mustache.hpp"),
                            ("network/network.h",)),
    "resolver/clients": Rule((*MODEL, "formats", "protocol", "sources", "engine", "clients"),
                             ("fmt/", "toml++/", "openssl/evp.h"), ("network/network.h",)),
    "resolver/network": Rule((*MODEL, "sasl", "protocol", "network"), ("fmt/", "boost/", "openssl/", "ares"), pure=False),
    "resolver/driver": Rule((*MODEL, "formats", "protocol", "sources", "audit", "engine", "clients", "network", "driver"), ("fmt/",),
                            pure=False),
    "server": Rule(("mailconf", "server"), ("fmt/", "CLI/", "Poco/", "toml++/", "openssl/", "prometheus/", "qrcodegen/", "systemd/", "boost/json", "boost/multi_index", "ldap.h"), pure=False),
    "tools/mailconf": Rule(("mailconf", "tools"), ("fmt/", "CLI/"), pure=False),
}

LONGEST_FILE = 400
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "for n" + "ow", "not implem" + "ented")
