"""Takes mail by SMTP and writes each message as a file into a folder.

smtp.py PORT FOLDER [starttls|tls CERT KEY [USER PASSWORD]]
"""

import asyncio
import pathlib
import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    """Keeps each message under the next number; its first line is the recipient."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = len(list(self.folder.glob("*.eml")))

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        part = self.folder / f"{self.count:04}.part"
        part.write_bytes(b"To-Envelope: " + ",".join(envelope.rcpt_tos).encode() + b"\r\n" + envelope.content)
        part.rename(part.with_suffix(".eml"))
        return "250 taken"


def main(port, folder, mode="", cert="", key="", user="", password=""):
    options = {}
    context = None
    if mode:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert, key)
    if mode == "starttls":
        options.update(tls_context=context, require_starttls=True)
    if user:
        def check(server, session, envelope, mechanism, data):
            return AuthResult(success=(data.login, data.password) == (user.encode(), password.encode()))
        options.update(authenticator=check, auth_required=True, auth_require_tls=bool(mode))
    controller = Controller(
        Keeper(folder), hostname="127.0.0.1", port=int(port), ssl_context=context if mode == "tls" else None,
        server_kwargs=options,
    )
    controller.start()
    print("ready", flush=True)
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    controller.stop()


main(*sys.argv[1:])
