// Reads feeds with a library from npm and prints what it tells of their entries.
// Usage: node read_feeds.cjs '{"library": "feedsmith", "folder": "/...", "names": ["kk/all/all.rss"]}'
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

async function withRssParser(text) {
  const Parser = require("rss-parser");
  const feed = await new Parser().parseString(text);
  return feed.items.map((item) => ({
    id: item.guid ?? item.id,
    title: item.title,
    link: item.link,
    published: item.isoDate,
  }));
}

function withFeedsmith(text) {
  const { format, feed } = require("feedsmith").parseFeed(text);
  if (format === "rss") {
    return feed.items.map((item) => ({
      id: item.guid.value,
      title: item.title,
      link: item.link,
      published: new Date(item.pubDate).toISOString(),
    }));
  }
  if (format === "atom") {
    return feed.entries.map((entry) => ({
      id: entry.id,
      title: entry.title.value,
      link: entry.links.find((link) => link.rel === "alternate").href,
      published: new Date(entry.published).toISOString(),
    }));
  }
  return feed.items.map((item) => ({
    id: item.id,
    title: item.title,
    link: item.url,
    published: new Date(item.date_published).toISOString(),
  }));
}

async function main() {
  const { library, folder, names } = JSON.parse(process.argv[2]);
  const read = library === "feedsmith" ? withFeedsmith : withRssParser;
  const told = {};
  for (const name of names) told[name] = await read(readFileSync(join(folder, name), "utf8"));
  process.stdout.write(JSON.stringify(told));
}

main();
