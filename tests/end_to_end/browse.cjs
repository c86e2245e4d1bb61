// Goes through published pages in Chromium as people do, and lets axe look at them; prints what happened as JSON.
// NODE_PATH=FOLDER-OF-PLAYWRIGHT-CORE-AND-AXE-CORE node browse.cjs CHROMIUM FOLDER PAGE...
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

// What a page asked for that is not beside it, and what its own policy or script complained of.
function watch(page, top, complaints) {
  page.on("request", (request) => {
    if (!request.url().startsWith(`${top}/`)) complaints.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
}

async function follow(page, top, start, click) {
  await page.goto(`${top}/${start}`);
  await Promise.all([page.waitForURL((url) => !url.href.endsWith(start)), click(page)]);
  return page.evaluate((prefix) => {
    const at = (href) => decodeURI(new URL(href, document.baseURI).href).slice(prefix.length + 1);
    const feeds = [...document.querySelectorAll("link[rel=alternate][type]")].map((link) => at(link.href));
    return { page: at(location.href), heading: document.querySelector("h1").textContent, feeds };
  }, top);
}

// The middle of what can be clicked, as a mouse finds it: an outline's box may have its middle in another region.
const onMap = (name) => async (page) => {
  const point = await page.locator(`svg a[aria-label^="${name}:"]`).evaluate((link) => {
    const shape = link.querySelector("path, circle").getBoundingClientRect();
    for (let step = 1; step < 400; step += 1) {
      const x = shape.x + (shape.width * (step % 20)) / 20;
      const y = shape.y + (shape.height * Math.floor(step / 20)) / 20;
      if (link.contains(document.elementFromPoint(x, y))) return { x, y };
    }
    throw new Error("nothing of the region can be clicked");
  });
  await page.mouse.click(point.x, point.y);
};

const byKeyboard = (name) => async (page) => {
  await page.locator(`.places a:has-text("${name}")`).focus();
  await page.keyboard.press("Enter");
};

const byMouse = (name) => (page) => page.locator(`.places a:has-text("${name}")`).click();

async function skip(page, top, start) {
  await page.goto(`${top}/${start}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  return page.evaluate(() => document.activeElement.id);
}

async function copy(page, top, start) {
  await page.goto(`${top}/${start}`);
  await page.locator("button.copy").nth(1).click();
  await page.locator(".said:not(:empty)").waitFor();
  return page.locator(".said").textContent();
}

async function touchable(page, top, start) {
  await page.goto(`${top}/${start}`);
  return page.evaluate(() =>
    [...document.querySelectorAll("svg a circle.reach")].map((one) => Math.round(one.getBoundingClientRect().width)),
  );
}

async function check(browser, top, start, colorScheme, viewport, axe) {
  const context = await browser.newContext({ colorScheme, viewport });
  const page = await context.newPage();
  await page.goto(`${top}/${start}`);
  await page.evaluate(axe);
  const found = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, { runOnly: rules });
    const wider = document.documentElement.scrollWidth - window.innerWidth;
    return { wider, violations: violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`) };
  }, RULES);
  await context.close();
  return { page: start, scheme: colorScheme, width: viewport.width, ...found };
}

async function main([executablePath, folder, ...pages]) {
  const top = pathToFileURL(folder).href;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
  const complaints = [];
  const page = await browser.newPage({ viewport: WIDE });
  watch(page, top, complaints);
  const seen = {
    region: await follow(page, top, "kk/index.html", onMap("Түркістан облысы")),
    city: await follow(page, top, "index.html", onMap("Almaty")),
    listed: await follow(page, top, "ru/index.html", byKeyboard("Туркестанская область")),
    skipped: await skip(page, top, "kk/index.html"),
    copied: await copy(page, top, "kk/turkistan/all.html"),
  };
  const phone = await browser.newPage({ viewport: PHONE });
  seen.touchable = await touchable(phone, top, "kk/index.html");
  const still = await browser.newContext({ javaScriptEnabled: false });
  const unscripted = await still.newPage();
  seen.unscripted = await follow(unscripted, top, "kk/index.html", byMouse("Түркістан облысы"));
  seen.buttons = await unscripted.locator("button:visible").count();
  const axe = fs.readFileSync(path.join(path.dirname(require.resolve("axe-core")), "axe.min.js"), "utf8");
  seen.checks = [];
  for (const start of pages) {
    seen.checks.push(await check(browser, top, start, "light", WIDE, axe));
    seen.checks.push(await check(browser, top, start, "dark", PHONE, axe));
  }
  await browser.close();
  console.log(JSON.stringify({ ...seen, complaints }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
