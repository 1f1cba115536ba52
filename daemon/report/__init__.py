"""What cases and days came to, as a document: read from the journal, and kept nowhere."""
