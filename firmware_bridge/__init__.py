"""Ports, links and framing: bytes to checked bytes."""
