"""Register maps of devices whose makers have published theirs; each cites its document."""
