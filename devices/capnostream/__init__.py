"""Oridion and Medtronic capnographs (Capnostream 20 and 20p, MicroPod)."""
