"""Search: every name of a home, in either language, typed as people type. Derived data beside each snapshot."""
