"""What a month of a practice comes to, reckoned from its journal alone."""
