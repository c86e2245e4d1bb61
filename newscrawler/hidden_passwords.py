"""Hidden passwords: what is logged, shown or kept of a text that may hold some."""

from __future__ import annotations

import re

_HIDDEN = "***"
# `user:password@` of an address (RFC 3986, section 3.2.1), up to its last `@`, as browsers and libraries read it. In
# that of a database a password may hold what ends the host in others.
_IN_AUTHORITY = re.compile(r"(?<=:)//([^/?#\s\"'<>:@]{0,200}):[^/?#\s\"'<>]{1,1000}@")
_OF_DATABASE = re.compile(
    r"\b((?:postgres|mysql|mariadb)[\w+]{0,40}://[^/\s:@]{0,200}):[^\s@\"'<>]{1,1000}@", re.IGNORECASE
)
# Parameters of a database's address (libpq, section Parameter Key Words) and headers of a request.
_PARAMETER = re.compile(
    r"\b(password|passwd|sslpassword|pwd)(\s{0,9}=\s{0,9})(\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'|[^\s&;,\"'<>)]{1,1000})",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\b((?:proxy-)?authorization|cookie|set-cookie)(['\"]?\s{0,9}[:=]\s{0,9})([^\r\n]{1,4000})", re.IGNORECASE
)


def hide_passwords(text: str) -> str:
    """`text` with `***` in place of passwords in addresses and among parameters, and of the values of the headers
    Authorization, Proxy-Authorization, Cookie and Set-Cookie up to the end of their line."""
    text = _IN_AUTHORITY.sub(rf"//\1:{_HIDDEN}@", text)
    text = _OF_DATABASE.sub(rf"\1:{_HIDDEN}@", text)
    text = _PARAMETER.sub(rf"\1\2{_HIDDEN}", text)
    return _HEADER.sub(rf"\1\2{_HIDDEN}", text)
