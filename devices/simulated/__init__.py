"""Simulated patients and scenarios; only the command line knows them."""
