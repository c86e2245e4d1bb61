// Saves pages in Chromium: each as MHTML, and all that the browser loaded as one HAR with content; then again with the
// bodies in files beside the HAR, once in a folder and once in a zip.
// NODE_PATH=FOLDER-OF-PLAYWRIGHT-CORE node save_in_browser.cjs CHROMIUM HOST ADDRESS FOLDER URL...
// Requests for HOST go to ADDRESS.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

async function save([executablePath, host, address, folder, ...urls]) {
  const browser = await chromium.launch({
    executablePath,
    args: [`--host-resolver-rules=MAP ${host} ${address}, MAP * ~NOTFOUND`, "--no-sandbox"],
  });
  const har = path.join(folder, "pages.har");
  const context = await browser.newContext({ recordHar: { path: har, content: "embed" } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  for (const [number, url] of urls.entries()) {
    await page.goto(url);
    const { data } = await session.send("Page.captureSnapshot", { format: "mhtml" });
    fs.writeFileSync(path.join(folder, `${number}.mhtml`), data);
  }
  await context.close();
  for (const attached of ["attached/pages.har", "attached.zip"]) {
    const recorded = await browser.newContext({ recordHar: { path: path.join(folder, attached), content: "attach" } });
    const again = await recorded.newPage();
    // The browser lets go of the body of a page that it has left.
    for (const url of urls) await (await again.goto(url)).body();
    await recorded.close();
  }
  await browser.close();
}

save(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
