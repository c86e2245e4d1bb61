"""Fetching: which address is next, whether it may be asked, and the answer, from the network or from saved pages."""
