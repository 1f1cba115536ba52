"""What a case or a period came to, as a document: read from the journal alone, and never kept."""
