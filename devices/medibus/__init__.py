"""Dräger machines that speak MEDIBUS (Primus, Apollo, Fabius, Evita)."""
