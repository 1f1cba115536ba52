"""History as files for other programs; each format is imported when it is asked for."""
