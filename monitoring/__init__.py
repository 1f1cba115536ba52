"""Rules, requirements, cases, limits and alarms as pure functions."""
