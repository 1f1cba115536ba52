"""Sums that protocols put behind their frames."""

from __future__ import annotations

from functools import reduce
from operator import xor


def sum8(data: bytes) -> int:
    """Return the sum of `data` modulo 256."""
    return sum(data) & 0xFF


def xor8(data: bytes) -> int:
    """Return all of `data` joined by exclusive or."""
    return reduce(xor, data, 0)


def negated_sum8(data: bytes) -> int:
    """Return the byte that makes `data` and itself sum to 0 modulo 256."""
    return -sum(data) & 0xFF


def negated_sum7(data: bytes) -> int:
    """Return the byte below 128 that makes `data` and itself sum to 0 modulo 128."""
    return -sum(data) & 0x7F


def reflected_crc8(data: bytes, polynomial: int) -> int:
    """Return the CRC-8 of `data` by a polynomial in the form that shifts right, begun with 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (polynomial if crc & 1 else 0)
    return crc


def crc16_modbus(data: bytes) -> int:
    """Return the CRC of Modbus: polynomial 0xA001 (reflected), begun with 0xFFFF."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
