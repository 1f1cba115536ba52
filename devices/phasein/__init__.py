"""PHASEIN and Masimo IRMA (mainstream) and ISA (sidestream) gas analysers."""
