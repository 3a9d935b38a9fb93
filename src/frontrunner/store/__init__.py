"""Where things are kept: evidence (bytes, precious), the ledger (derived, one writer), snapshots (for readers)."""
