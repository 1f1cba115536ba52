"""Masimo pulse oximeters (Radical, Radical-7, Rad-8, Rad-87) by their serial text."""
