"""Checklists, stock, expiry, gases, equipment and competence: pure, fed by the daemon."""
