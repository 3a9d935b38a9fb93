"""From marts to answers: standings, firsts, dossiers, and why. Reads snapshots only, never a source or the ledger."""
