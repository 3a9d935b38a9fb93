"""What each answer shows to people, before anything is laid out: one module an answer, `view` for the parts."""
