"""The simulated clinic: far ends, the real daemon and the real dashboard, composed."""
