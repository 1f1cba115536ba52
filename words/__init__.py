"""The words people read, in English, Danish and Norwegian."""
