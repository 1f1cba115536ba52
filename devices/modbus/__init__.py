"""Registers over Modbus: gas panels, pressure transmitters and scales, read by a map."""
