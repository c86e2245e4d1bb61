"""The verbs that need the store alone, and what every verb shares."""
