"""GE DINAMAP PRO 1000: its native binary stream."""
