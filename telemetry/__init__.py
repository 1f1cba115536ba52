"""Outward streams and local history; never in the alarm path."""
