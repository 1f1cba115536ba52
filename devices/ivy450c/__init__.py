"""Ivy 450C bedside monitor: the stream that it calls ANSAR-B."""
