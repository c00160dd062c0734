// Pictures of every screen, to be looked at: `make screenshots`, or `node tests/browser/screenshots.mjs [group…]`
// with `--screen NAME` (a part of it) for some. They go to out/screenshots/<group>/<screen>.png.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeEmpty, makeLarge, makeSample } from "./engagements.mjs";
import { goTo, launch, openWindow, scratch, settled, Twin } from "./harness.mjs";
import { eachScreen } from "./screens.mjs";

const out = join(import.meta.dirname, "../../out/screenshots");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { screen: { type: "string" }, readme: { type: "boolean" }, out: { type: "string", default: out } } });
const wide = { width: 1440, height: 900 };
const narrow = { width: 1024, height: 700 };

/** What is pictured: which engagement, and how the window is set. */
const groups = {};
for (const engagement of ["sample", "empty", "large"]) {
  for (const theme of ["light", "dark"]) {
    for (const [size, box] of [["wide", wide], ["narrow", narrow]]) groups[`${engagement}-${theme}-${size}`] = { engagement, theme, ...box };
  }
}
for (const engagement of ["sample", "empty", "large"]) groups[`${engagement}-german-wide`] = { engagement, language: "de", theme: "light", ...wide };
groups["sample-german-narrow"] = { engagement: "sample", language: "de", theme: "light", ...narrow };
groups["sample-contrast-wide"] = { engagement: "sample", theme: "contrast", ...wide };
const few = /^(overview|findings|findings-open|checklist|checklist-open|risks|roadmap-gantt|resources-load|report-check|palette)/;
groups["sample-zoom2-wide"] = { engagement: "sample", theme: "light", zoom: 2, few, ...wide };
groups["start"] = { engagement: null, theme: "light", ...wide };

/** The pictures that README shows: group, address, what is done there, file. */
const README = [
  { theme: "light", hash: (f) => `#/findings/findings/${f}/condition`, file: "window.png" },
  { theme: "dark", hash: () => "#/checklist", file: "checklist.png", livePage: false, width: 1200, height: 760 },
  { theme: "light", hash: () => "#/roadmap", tab: "gantt", file: "roadmap.png", livePage: false, width: 1200, height: 760 },
];

const folder = scratch();
const make = { sample: makeSample, empty: makeEmpty, large: makeLarge };
const twins = new Map();
async function twinWith(engagement) {
  if (!twins.has(engagement)) {
    const twin = await Twin.start(join(folder, engagement ?? "start"), engagement ? make[engagement](folder) : undefined);
    twins.set(engagement, twin);
  }
  return twins.get(engagement);
}

const browser = await launch();
let faulty = false;

async function start(name, how) {
  const twin = await twinWith(null);
  await twin.call("close");
  for (const theme of ["light", "dark", "contrast"]) {
    for (const language of ["en", "de"]) {
      for (const [size, box] of [["wide", wide], ["narrow", narrow]]) {
        const { page, close } = await openWindow(browser, twin, { ...how, ...box, theme, language });
        await page.locator("h1, h2").first().waitFor();
        await settled(page);
        await page.screenshot({ path: join(values.out, name, `start-${theme}-${language}-${size}.png`) });
        await close();
      }
    }
  }
}

async function picture(name, { engagement, few, ...how }) {
  const folder = join(values.out, name);
  if (!values.screen) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (engagement === null) return start(name, how);
  const twin = await twinWith(engagement);
  const { page, faults, close } = await openWindow(browser, twin, how);
  const wanted = (screen) => (!values.screen || screen.includes(values.screen)) && (!few || few.test(screen));
  wanted.begins = (screen) => !values.screen || values.screen.startsWith(screen) || screen.startsWith(values.screen);
  await eachScreen(page, twin, (screen) => page.screenshot({ path: join(folder, `${screen}.png`) }), { wanted });
  if (wanted("pages-window")) {
    await page.goto(`${twin.address}/?page-window`);
    await page.locator("img").first().waitFor();
    await settled(page);
    await page.screenshot({ path: join(folder, "pages-window.png") });
  }
  await close();
  if (faults.length > 0) {
    faulty = true;
    console.error(name, [...new Set(faults)].join("\n"));
  }
}

async function readme() {
  const twin = await twinWith("sample");
  const [finding] = await twin.list("findings");
  for (const { hash, tab, file, ...how } of README) {
    const { page, close } = await openWindow(browser, twin, { ...wide, ...how });
    await goTo(page, hash(finding.id));
    if (tab) await page.locator(`main [role="tab"][id$="-${tab}"]`).click();
    await settled(page);
    const path = join(import.meta.dirname, "../../assets/sample", file);
    await page.screenshot({ path });
    // A palette halves the file and nobody sees it.
    execFileSync("convert", [path, "-dither", "None", "-colors", "256", `PNG8:${path}`]);
    await close();
  }
}

const begun = Date.now();
if (values.readme) await readme();
else {
  const chosen = Object.keys(groups).filter((name) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  for (const name of chosen) {
    await picture(name, groups[name]);
    const all = readdirSync(join(values.out, name)).filter((file) => file.endsWith(".png"));
    console.log(`${name}: ${all.length} screens, ${Math.round((Date.now() - begun) / 1000)} s`);
  }
}
await browser.close();
for (const twin of twins.values()) twin.stop();
process.exit(faulty ? 1 : 0);
