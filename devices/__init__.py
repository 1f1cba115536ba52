"""Monitors: one family a folder, each with wire, driver and simulator."""
