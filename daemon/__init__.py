"""The composition root: tasks, state, socket, journal."""
