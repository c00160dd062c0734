// The real window, measured: how soon it can be used, how soon a typed letter is on its page, how smoothly a long list
// scrolls, and what all of its processes hold in memory. `make bench-window` builds what it needs and gives it a display.
//
//   node tests/bench/window.mjs [FINDINGS…]     the program: GROMA_DESKTOP, the command line: GROMA

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { CTRL, END, eventually, laidOut, startDriver, Window } from "../e2e/webdriver.mjs";

const application = process.env.GROMA_DESKTOP;
const groma = process.env.GROMA;
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(20, 150, 500);
const LETTERS = 120;
/** Slower than people type, so that each letter's picture is its own. */
const BETWEEN = 180;

const folder = mkdtempSync(join(tmpdir(), "groma-bench-"));
const driver = await startDriver({ XDG_CONFIG_HOME: join(folder, "config"), XDG_DATA_HOME: join(folder, "data") });

const at = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
};
const ms = (value) => `${value.toFixed(0)} ms`;

function engagement(findings) {
  const file = join(folder, `${findings}.groma`);
  execFileSync(groma, ["new", file, "--client", "Northwind Trading", "--system", "Ledger"]);
  const calls = execFileSync("python3", [join(import.meta.dirname, "engagement.py"), String(findings)], { maxBuffer: 1 << 28 });
  execFileSync(groma, ["call", file, "-"], { input: calls, stdio: ["pipe", "ignore", "inherit"] });
  return file;
}

/** The application's process and all that it started: id by id. */
function family(file) {
  const parents = new Map();
  let first = null;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      parents.set(pid, stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      const line = readFileSync(`/proc/${pid}/cmdline`, "latin1");
      if (line.startsWith(application) && line.includes(file)) first = pid;
    } catch {
      // It has ended meanwhile.
    }
  }
  const kin = [first];
  for (let seen = 0; seen < kin.length; seen += 1) for (const [pid, parent] of parents) if (parent === kin[seen]) kin.push(pid);
  return kin;
}

/** When a process began, in milliseconds since 1970. */
function begun(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  const boot = Date.now() - Number(readFileSync("/proc/uptime", "latin1").split(" ")[0]) * 1000;
  return boot + ticks * 10;
}

/** Shares of memory that are the process's own, summed, in MB. */
function memory(file) {
  const told = family(file).map((pid) => {
    const name = readFileSync(`/proc/${pid}/comm`, "latin1").trim();
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1] ?? 0);
    return { name, megabytes: kilobytes / 1024 };
  });
  const sum = told.reduce((all, { megabytes }) => all + megabytes, 0);
  return `${sum.toFixed(0)} MB (${told.map(({ name, megabytes }) => `${name} ${megabytes.toFixed(0)}`).join(", ")})`;
}

/** From the process's begin to the overview with its numbers, and to the first page's picture. */
async function start(file, round) {
  const copy = join(folder, `start-${round}.groma`);
  copyFileSync(file, copy);
  const window = await Window.open(driver.address, application, [copy]);
  try {
    const from = begun(family(copy)[0]);
    // Looked at from without, so that what the driver takes counts too: the true times are shorter.
    const since = async (what, condition) => {
      const now = await eventually(what, () => window.run(`return ${condition} ? Date.now() : null`), 120_000, 10);
      return now - from;
    };
    const usable = await since("the overview", `document.querySelector("main h1") && document.querySelectorAll("main .card").length > 2`);
    const page = await since("the first page", `[...document.querySelectorAll('[role="document"] img')].some((each) => each.complete && each.naturalWidth > 300)`);
    return { usable, page };
  } finally {
    await window.close();
  }
}

/** Notes for each letter when it was pressed, when it stood in the field, and when a new picture of a page was shown. */
const WATCH = `
  const seen = (window.benchmark = { pressed: [], written: [], shown: [] });
  const drawn = (then) => requestAnimationFrame(() => { const port = new MessageChannel(); port.port1.onmessage = () => then(performance.now()); port.port2.postMessage(0); });
  addEventListener("keydown", (event) => seen.pressed.push(event.timeStamp), true);
  addEventListener("input", () => { const from = seen.pressed.at(-1); drawn((now) => seen.written.push(now - from)); }, true);
  new MutationObserver((changes) => {
    const pictures = (change) => [...change.addedNodes].some((node) => node.matches?.('[role="document"] img'));
    if (changes.some(pictures)) drawn((now) => seen.shown.push(now));
  }).observe(document.body, { subtree: true, childList: true });`;

async function typing(file, findings) {
  const window = await Window.open(driver.address, application, [file]);
  try {
    await window.find("main");
    const list = await window.call({ do: "list", kind: "findings" });
    const { id } = list[Math.floor(findings / 2)];
    await window.run(`location.hash = "#/findings/findings/" + arguments[0]; location.reload()`, id);
    const field = `[data-field="findings/${id}/condition"] .cm-content`;
    await window.find(field, 60_000);
    const { pages } = await laidOut(window);
    await window.click(field);
    await window.press(CTRL, END);
    await window.keys(" and");
    // The page that is typed on has come into view.
    await wait(3_000);
    await window.run(WATCH);
    for (let n = 0; n < LETTERS; n += 1) {
      await window.keys(n % 6 === 5 ? " " : String.fromCharCode(97 + (n % 26)));
      await wait(BETWEEN);
    }
    await wait(1_500);
    const { pressed, written, shown } = await window.run("return window.benchmark");
    // A picture belongs to the last letter before it; a letter without one before the next letter waits for the next one's.
    // A blank at a line's end is seen only with the letter behind it.
    const letters = pressed.filter((_, n) => n % 6 !== 5);
    const waits = letters.map((press) => (shown.find((each) => each > press) ?? Number.NaN) - press);

    // Through all of its pages, as a person looks through them.
    await window.promise(`
      const pages = document.querySelector('[role="document"]');
      pages.scrollTop = 0;
      while (pages.scrollTop + pages.clientHeight < pages.scrollHeight - 2) {
        pages.scrollTop += pages.clientHeight * 0.9;
        await new Promise((go) => setTimeout(go, 60));
      }`);
    await wait(2_000);
    const busy = memory(file);
    // What makes the next letter's whole quick is let go of when nobody writes.
    await wait(20_000);
    console.log(`${findings} findings, ${pages.length} pages`);
    console.log(`  letter in its field: median ${ms(at(written, 0.5))}, p95 ${ms(at(written, 0.95))}`);
    console.log(`  letter on its page:  median ${ms(at(waits, 0.5))}, p95 ${ms(at(waits, 0.95))}, worst ${ms(at(waits, 1))} (${letters.length} letters, ${shown.length} pictures)`);
    console.log(`  memory after scrolling through: ${busy}; when nobody has written for 20 s: ${memory(file)}`);
  } finally {
    await window.close();
  }
}

async function scrolling() {
  const file = join(folder, "list.groma");
  execFileSync(groma, ["new", file, "--client", "Northwind Trading", "--system", "Ledger"]);
  const sarif = join(folder, "list.sarif");
  writeFileSync(sarif, execFileSync("python3", [join(import.meta.dirname, "sarif.py"), "2000"], { maxBuffer: 1 << 28 }));
  execFileSync(groma, ["import", file, sarif], { stdio: ["ignore", "ignore", "inherit"] });
  const window = await Window.open(driver.address, application, [file]);
  try {
    await window.find("main");
    const [{ id }] = await window.call({ do: "list", kind: "artifacts" });
    await window.run(`location.hash = "#/evidence/artifacts/" + arguments[0]; location.reload()`, id);
    await window.find("main [role=tab], main table, main [role=grid]", 20_000);
    await wait(3_000);
    const told = await window.promise(`
      const boxes = [...document.querySelectorAll("main, main *")].filter((each) => each.scrollHeight > each.clientHeight + 2000 && getComputedStyle(each).overflowY !== "visible");
      const box = boxes.at(-1);
      if (!box) return null;
      const frames = [];
      let last = performance.now();
      const until = last + 6000;
      while (last < until) {
        await new Promise((frame) => requestAnimationFrame(frame));
        const now = performance.now();
        frames.push(now - last);
        last = now;
        box.scrollTop += 90;
        if (box.scrollTop + box.clientHeight >= box.scrollHeight - 2) box.scrollTop = 0;
      }
      return { frames, height: box.scrollHeight, rows: document.querySelectorAll("main [role=row], main tr").length };`);
    if (told === null) throw new Error("the list of issues does not scroll");
    console.log(`2,000 issues, ${told.height} px of which ${told.rows} rows stand in the document`);
    console.log(`  frames while scrolling: median ${ms(at(told.frames, 0.5))}, p99 ${ms(at(told.frames, 0.99))}, worst ${ms(at(told.frames, 1))}, over 50 ms: ${told.frames.filter((each) => each > 50).length} of ${told.frames.length}`);
  } finally {
    await window.close();
  }
}

try {
  for (const findings of sizes) {
    const file = engagement(findings);
    const starts = [];
    // The first one warms the file cache.
    for (let round = 0; round < 6; round += 1) starts.push(await start(file, round));
    starts.shift();
    console.log(`${findings} findings: start to usable ${ms(at(starts.map(({ usable }) => usable), 0.5))}, to the first page ${ms(at(starts.map(({ page }) => page), 0.5))} (medians of 5)`);
    await typing(file, findings);
  }
  await scrolling();
} finally {
  await driver.stop();
  rmSync(folder, { recursive: true, force: true });
}
