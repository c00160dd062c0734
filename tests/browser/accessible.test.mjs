// Every screen in Chromium against the real core: axe-core finds nothing serious, in any theme, with much and with
// nothing in it, and nothing sticks out of a small window.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty, makeSample } from "./engagements.mjs";
import { axeSource, goTo, launch, openWindow, scratch, settled, Twin } from "./harness.mjs";
import { eachScreen } from "./screens.mjs";

const folder = scratch();
/** `SCREENS=findings` looks at some alone. */
const only = new RegExp(process.env.SCREENS ?? "");
const wanted = (name) => only.test(name);
// Pages that are not named are not gone to, where their tabs would be found.
wanted.begins = (page) => (process.env.SCREENS ?? page).includes(page);
const axe = readFileSync(axeSource, "utf8");
let browser;
const twins = {};

before(async () => {
  browser = await launch();
  twins.sample = await Twin.start(join(folder, "a"), makeSample(folder));
  twins.empty = await Twin.start(join(folder, "b"), makeEmpty(folder));
  twins.start = await Twin.start(join(folder, "c"));
});
after(async () => {
  await browser?.close();
  for (const twin of Object.values(twins)) twin.stop();
});

/** What axe-core finds serious or critical here, in words that lead to the place. */
async function faultsOf(page, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate(async (only) => {
    const options = only ? { runOnly: { type: "rule", values: only } } : {};
    // Pictures of pages are pictures: what stands in them is not the window's.
    const { violations } = await window.axe.run(document, { ...options, resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`) }));
  }, rules);
  return found.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(({ id, nodes }) => nodes.slice(0, 4).map((node) => `${id}: ${node}`));
}

/** Puts a theme on; with `prefers-reduced-motion` nothing fades. */
async function wear(page, theme) {
  await page.evaluate(async (to) => {
    document.documentElement.dataset.theme = to;
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
  }, theme);
}

/** A theme changes colours alone, so that the other rules need one look. */
async function inEachTheme(page, name) {
  const faults = (await faultsOf(page)).map((fault) => `${name}, light: ${fault}`);
  for (const theme of ["dark", "contrast"]) {
    await wear(page, theme);
    faults.push(...(await faultsOf(page, ["color-contrast", "link-in-text-block"])).map((fault) => `${name}, ${theme}: ${fault}`));
  }
  await wear(page, "light");
  return faults;
}

/** What sticks out of its pane at this size. */
const sticksOut = (page) =>
  page.evaluate(() => {
    const main = document.querySelector("main");
    if (!main) return [];
    if (document.documentElement.scrollWidth > innerWidth) return ["the window scrolls sideways"];
    if (main.scrollWidth <= main.clientWidth) return [];
    const edge = main.getBoundingClientRect().right;
    // Tables and boards scroll by themselves; what is placed absolutely in them may still widen the page.
    const scrolls = (element) => {
      if (getComputedStyle(element).position === "absolute") return false;
      for (let box = element.parentElement; box && box !== main; box = box.parentElement) if (getComputedStyle(box).overflowX !== "visible") return true;
      return false;
    };
    return [...main.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > edge + 1 && !scrolls(each)).slice(0, 3).map((each) => `${each.tagName.toLowerCase()}.${each.className}`);
  });

for (const engagement of ["sample", "empty"]) {
  test(`axe-core finds nothing serious on any screen: ${engagement}`, async () => {
    const { page, faults, close } = await openWindow(browser, twins[engagement], { width: 1024, height: 700, language: engagement === "sample" ? "en" : "de" });
    const found = [];
    const seen = [];
    await eachScreen(page, twins[engagement], async (name) => {
      seen.push(name);
      found.push(...(await inEachTheme(page, name)));
      found.push(...(await sticksOut(page)).map((what) => `${name}: sticks out: ${what}`));
    }, { wanted });
    await close();
    assert.ok(seen.length >= (process.env.SCREENS ? 1 : 40), `only ${seen.length} screens were seen`);
    assert.deepEqual(found, []);
    assert.deepEqual(faults, []);
  });
}

test("axe-core finds nothing serious on the start page and its form", async () => {
  const { page, faults, close } = await openWindow(browser, twins.start, { width: 1024, height: 700 });
  await page.locator("h1, h2").first().waitFor();
  await settled(page);
  const found = await inEachTheme(page, "start");
  await page.getByRole("button", { name: /new engagement/i }).click();
  await page.locator("form input").first().waitFor();
  found.push(...(await inEachTheme(page, "new engagement")));
  await close();
  assert.deepEqual(found, []);
  assert.deepEqual(faults, []);
});

test("axe-core finds nothing serious in the window of the pages", async () => {
  const { page, faults, close } = await openWindow(browser, twins.sample, { search: "?page-window" });
  await page.locator("img").first().waitFor();
  await settled(page);
  const found = await inEachTheme(page, "pages");
  await close();
  assert.deepEqual(found, []);
  assert.deepEqual(faults, []);
});

test("the check of these tests finds what is wrong", async () => {
  const { page, close } = await openWindow(browser, twins.empty, { width: 1024, height: 700 });
  await goTo(page, "#/overview");
  await page.evaluate(() => {
    const main = document.querySelector("main");
    const wide = Object.assign(document.createElement("p"), { textContent: "pale" });
    wide.style.cssText = "width: 3000px; flex: none; color: #eee; background: #fff";
    main.prepend(wide, Object.assign(document.createElement("button"), { type: "button" }));
  });
  const found = (await faultsOf(page)).map((fault) => fault.split(":")[0]);
  assert.deepEqual([...new Set(found)].sort(), ["button-name", "color-contrast"]);
  assert.equal((await sticksOut(page)).length, 1);
  await close();
});
