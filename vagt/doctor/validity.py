"""Until when a certificate is valid, read from its bytes: nothing else of it is looked at.

X.509 (RFC 5280, 4.1): Certificate and tbsCertificate are sequences; in the latter stand a version
that may be absent, a number, an algorithm, the issuer, and then notBefore and notAfter.
"""

from __future__ import annotations

import binascii
import re
import ssl
from datetime import UTC, datetime

VERSION, UTC_TIME, TIME = 0xA0, 0x17, 0x18
_SEQUENCE = 0x30
_LONG = 0x80
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_FORMS = {UTC_TIME: "%y%m%d%H%M%SZ", TIME: "%Y%m%d%H%M%SZ"}


def ends(pem: str) -> tuple[datetime, ...]:
    """Return when each certificate of a file ends, in its order; ValueError where one is none."""
    try:
        return tuple(_end(ssl.PEM_cert_to_DER_cert(one)) for one in _PEM.findall(pem))
    except (IndexError, binascii.Error) as error:
        raise ValueError("no certificate") from error


def _end(der: bytes) -> datetime:
    _, certificate, _ = _taken(der)
    _, rest, _ = _taken(certificate)
    if rest[0] == VERSION:
        _, _, rest = _taken(rest)
    for _ in range(3):
        _, _, rest = _taken(rest)
    tag, validity, _ = _taken(rest)
    if tag != _SEQUENCE:
        raise ValueError("no validity")
    _, _, after = _taken(validity)
    tag, text, _ = _taken(after)
    if tag not in _FORMS:
        raise ValueError("no time")
    return datetime.strptime(text.decode("ascii"), _FORMS[tag]).replace(tzinfo=UTC)


def _taken(data: bytes) -> tuple[int, bytes, bytes]:
    """Return the tag and the content of the first value, and what comes behind it."""
    tag, size, begin = data[0], data[1], 2
    if size & _LONG:
        count = size - _LONG
        begin += count
        size = int.from_bytes(data[2:begin], "big")
    if begin + size > len(data):
        raise ValueError("cut off")
    return tag, data[begin : begin + size], data[begin + size :]
