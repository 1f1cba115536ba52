"""SunTech Advantage blood pressure modules, read by polling; a cuff is never inflated."""
