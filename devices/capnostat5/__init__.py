"""Respironics and Philips Capnostat 5 and LoFlo capnographs, and modules that speak as they do."""
