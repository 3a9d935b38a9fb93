"""Where things are kept: evidence (bytes, precious), the ledger (derived, private to one writer), snapshots (public)."""
