"""What the daemon and its clients say to each other: a leaf, importable by both ends."""
