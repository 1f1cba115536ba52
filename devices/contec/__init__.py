"""Contec finger oximeters (CMS50D+, CMS50E, CMS50F): for the bench, not for a patient."""
