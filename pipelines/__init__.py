"""Understanding and keeping: the steps between a page that has been read and an article in the store."""
