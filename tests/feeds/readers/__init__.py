"""What feed readers make of the feeds."""
