"""Nonin pulse oximeters (OEM III, Xpod, 3150, 9560)."""
