"""The web servers that operators put a public folder behind, with the configurations of docs/publishing.md, and ours.

A server that is not installed skips the test, or fails it where every tool must be there.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from pwd import getpwuid

from feeds.serving.server import address_of
from newscrawler.project import project_folder
from tests.conftest import missing_tool
from tests.feeds.serving.running import running

_DOCUMENT = project_folder() / "docs" / "publishing.md"
_PUBLIC = "/srv/news/public"


@contextmanager
def ours(public: Path) -> Iterator[str]:
    """What `newscrawler serve` runs, in a thread; gives its address."""
    with running(public) as under_way:
        yield under_way.address


@contextmanager
def nginx(public: Path) -> Iterator[str]:
    """nginx in a folder of its own beside the public one, with the document's server."""
    program = _program("nginx", "/usr/sbin/nginx")
    folder = public.with_name("nginx")
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        told = _block("nginx", {_PUBLIC: str(public), "listen 80;": f"listen 127.0.0.1:{port};"})
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            # As root its workers would be a user who cannot enter pytest's folders; else this line only warns.
            f"user {getpwuid(os.getuid()).pw_name};\n"
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log stderr;\n"
            f"events {{}}\nhttp {{ access_log off; {temporary}\n{told}\n}}\n",
            encoding="utf-8",
        )
        # It takes over a socket that is listening already, so nobody has to wait until it does.
        process = subprocess.Popen(
            [program, "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"],
            env={**os.environ, "NGINX": f"{listening.fileno()};"},
            pass_fds=[listening.fileno()],
        )
        # Only nginx may hold it now: should it end, a request fails at once.
        address = address_of(listening)
        listening.close()
        with _ending(process):
            yield address


@contextmanager
def caddy(public: Path) -> Iterator[str]:
    """Caddy, without its administration and certificates, with the document's site."""
    program = _program("caddy")
    folder = public.with_name("caddy")
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    told = _block("caddyfile", {_PUBLIC: str(public), "news.example.org {": f"{address} {{"})
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(options + told, encoding="utf-8")
    process = subprocess.Popen(
        [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"],
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with _ending(process):
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if "serving initial configuration" in line:
                break
        else:
            raise AssertionError("".join(said))
        yield f"{address}/"


SERVERS: Mapping[str, Callable[[Path], AbstractContextManager[str]]] = {"ours": ours, "nginx": nginx, "caddy": caddy}


@contextmanager
def _ending(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> Iterator[None]:
    with process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def _program(name: str, *elsewhere: str) -> str:
    """Debian puts servers into folders that are not on every user's PATH."""
    found = shutil.which(name) or next((place for place in elsewhere if Path(place).is_file()), None)
    return found or missing_tool(f"{name} is not installed")


def _block(language: str, changes: Mapping[str, str]) -> str:
    text = _DOCUMENT.read_text(encoding="utf-8")
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for old, new in changes.items():
        assert old in block, old
        block = block.replace(old, new)
    return str(block)
