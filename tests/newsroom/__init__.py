"""The fixture newsroom: an invented news site and the truth about it."""
