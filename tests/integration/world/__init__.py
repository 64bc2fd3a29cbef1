"""A small internet on loopback, made of real servers: nsd, unbound, dovecot, postfix and mailconfd.

    with World() as world:
        names = world.name_server({"demo.example": "..."})
        mail = world.mail_server("imap.demo.example")

Everything lives in one temporary folder and on one loopback address of its own; every server is a child of this process,
is waited for by connecting to it, and is ended by its process id.
"""

from .certificates import Authority, Certificate
from .demo import Demo
from .dnssec import Signed, ValidatingResolver
from .dovecot import MailServer
from .nsd import NameServer
from .postfix import SubmissionServer
from .processes import Missing
from .programs import Home
from .proxies import ConnectProxy, SocksProxy
from .publisher import Publisher
from .web_site import WebSite
from .world import World

__all__ = ["Authority", "Certificate", "ConnectProxy", "Demo", "Home", "MailServer", "Missing", "NameServer", "Publisher",
           "Signed", "SocksProxy", "SubmissionServer", "ValidatingResolver", "WebSite", "World"]
