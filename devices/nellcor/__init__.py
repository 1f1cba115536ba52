"""Nellcor pulse oximeters (N-560, N-550, N-595, N-395, NPB-290/295, N-600) by their text port."""
