"""Discovery: from a list, feed or sitemap to the addresses of articles, with what it says of each."""
