"""What statements write and the schema refuses, and what values code and schema disagree about."""
