"""Berry oximeter modules (BM1000 and others): for the bench, not for a patient."""
