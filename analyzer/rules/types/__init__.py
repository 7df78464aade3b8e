"""Host types that cannot hold what the database sends."""
