"""The vocabulary that every room shares: no IO, no thresholds, no behaviour."""
