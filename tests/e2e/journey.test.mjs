// One audit in the real window, from the empty start page to the exported report, by mouse and keyboard and where a file is named
// through the desktop's own dialog (typed into with xdotool). Needs a display and a bus (`make e2e`).

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { CTRL, END, Window, eventually, laidOut, startDriver } from "./webdriver.mjs";

const target = process.env.CARGO_TARGET_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "groma/target");
const application = join(target, "debug/groma-desktop");
const shots = new URL("../../out/window/", import.meta.url);
const raw = join(import.meta.dirname, "../../assets/sample/raw");
const folder = mkdtempSync(join(tmpdir(), "groma-journey-"));
const file = join(folder, "audit.groma");
const pdf = join(folder, "report.pdf");
let driver;
let window;

const xdotool = (...args) => spawnSync("xdotool", args, { encoding: "utf8" }).stdout.trim();

/** Names a file in the desktop's dialog that an act opens, as someone who types its path. */
async function nameFile(path, act) {
  const own = new Set(seen());
  await act();
  const dialog = await eventually("the dialog", () => seen().find((id) => !own.has(id)));
  xdotool("windowfocus", "--sync", dialog);
  // It takes keys once it has listed where it begins.
  await wait(1500);
  assert.equal(xdotool("getwindowfocus"), dialog, "keys go to the dialog");
  xdotool("key", "--clearmodifiers", "ctrl+a");
  xdotool("type", "--clearmodifiers", "--delay", "25", path);
  await wait(700);
  xdotool("key", "--clearmodifiers", "Return");
  await eventually("the dialog's end", () => !seen().includes(dialog));
}

/** The application's windows on the display. */
function seen() {
  return xdotool("search", "--onlyvisible", "--class", "groma-desktop").split("\n").filter(Boolean);
}

before(async () => {
  mkdirSync(join(folder, "config"));
  driver = await startDriver({ XDG_CONFIG_HOME: join(folder, "config"), XDG_DATA_HOME: join(folder, "data") });
  window = await Window.open(driver.address, application, []);
  await window.find("main.start");
  await eventually("the window", () => seen().length > 0);
});

after(async () => {
  await window?.close().catch(() => {});
  spawnSync("pkill", ["-f", `${application}$`]);
  await driver?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Clicks what carries these words. */
async function press(selector, words) {
  await window.until(
    `const [selector, words] = arguments;
     const found = [...document.querySelectorAll(selector)].find((each) => each.textContent.trim().startsWith(words) && !each.disabled);
     found?.scrollIntoView({ block: "center" });
     found?.click();
     return !!found;`,
    [selector, words],
  );
}

const list = (kind) => window.call({ do: "list", kind });

test("an engagement is begun on the start page", async () => {
  await window.find("main.start");
  await press("button", "New engagement");
  await window.find("form input");
  await window.keys("Northwind Trading");
  await window.run(`document.querySelectorAll("form input")[1].focus()`);
  await window.keys("Ledger");
  await nameFile(file, () => press("form button", "Create file"));
  await eventually("the file", () => existsSync(file));
  await window.find("nav li button");
  assert.equal((await window.call({ do: "state" })).path, file);
});

/** Moves the mouse with its button down, as a hand does: in steps. */
async function carry(from, to) {
  xdotool("mousemove", String(from.x), String(from.y), "mousedown", "1");
  for (let step = 1; step <= 20; step += 1) {
    const at = (a, b) => String(Math.round(a + ((b - a) * step) / 20));
    xdotool("mousemove", at(from.x, to.x), at(from.y, to.y));
    await wait(30);
  }
}

/**
 * Drags paths out of a window beside the application's and lets go over it, as out of a file manager. No picture is taken
 * meanwhile: while something is carried, the driver may wait for it until it gives up.
 */
async function drop(...paths) {
  // The application's window takes up 1440×900 of the display.
  const source = spawn("/usr/bin/python3", [join(import.meta.dirname, "drag.py"), "1480", "20", ...paths], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(source, "exit");
  try {
    await once(source.stdout, "data");
    await wait(300);
    await carry({ x: 1520, y: 60 }, { x: 720, y: 360 });
    await window.until(`return document.body.innerText.includes("Drop to import")`);
    xdotool("mouseup", "1");
    const [code] = await ended;
    assert.equal(code, 0, "the drag came to its end");
  } finally {
    source.kill();
  }
}

test("a folder of raw tool outputs is dropped on the window and imported", async () => {
  await press("nav button", "Evidence");
  await drop(raw);
  const artifacts = await eventually("the artifacts", async () => {
    const all = await list("artifacts");
    return all.length >= 28 ? all : null;
  }, 120_000);
  assert.ok(artifacts.every((artifact) => artifact.name));
  await window.screenshot(new URL("imported.png", shots));
});

test("a candidate becomes a finding by one key", async () => {
  await press('[role="tab"]', "Candidates");
  await window.find("#candidates [role=grid] [role=row]");
  await window.run(`document.querySelector("#candidates [role=grid]").focus()`);
  await window.keys("\uE015"); // arrow down
  await window.keys("a");
  await eventually("the finding", async () => (await list("findings")).length === 1);
});

test("checks are answered by keyboard alone", async () => {
  await press("nav button", "Checklist");
  await window.until(`return document.querySelector("main h1")?.textContent.startsWith("Checklist") && !!document.querySelector("main [role=grid] [role=row]")`);
  await window.run(`document.querySelector("main [role=grid]").focus()`);
  const assessed = async () => (await window.call({ do: "answers" })).answers.filter((row) => row.verdict !== "not_assessed").length;
  const before = await assessed();
  for (let n = 0; n < 12; n += 1) {
    await window.keys("c"); // confirm what is proposed, where something is
    await window.keys("j");
  }
  await eventually("confirmed verdicts", async () => (await assessed()) > before);
});

test("a finding is written while its page is watched, and a click on the page leads back to the word", async () => {
  const [finding] = await list("findings");
  await window.run(`location.hash = "#/findings/findings/" + arguments[0]; location.reload()`, finding.id);
  const field = `[data-field="findings/${finding.id}/consequence"] .cm-content`;
  await window.find(field);
  await laidOut(window);
  await window.click(field);
  await window.press(CTRL, END);
  await window.type(field, "Quicksilverish orders wait.");
  const run = await eventually("the words on a page", async () => {
    const { pages } = await window.call({ do: "layout" });
    for (let page = 0; page < pages.length; page += 1) {
      const found = (await window.call({ do: "page_text", page })).find((each) => each.text.includes("Quicksilverish"));
      if (found) return { page, ...found };
    }
    return null;
  });
  const hit = await window.call({ do: "locate", page: run.page, x: run.area.x + 1, y: run.area.y + run.area.height / 2 });
  assert.deepEqual([hit.kind, hit.id, hit.field], ["findings", finding.id, "consequence"]);
  await window.screenshot(new URL("written.png", shots));
});

test("an initiative is moved on the board", async () => {
  await press("nav button", "Roadmap");
  for (const name of ["Stabilise", "Improve"]) await window.call({ do: "insert", kind: "phases", object: { name } });
  await window.call({ do: "insert", kind: "initiatives", object: { title: "Set a limit on waiting" } });
  await press('[role="tab"]', "Board");
  await window.find("[data-card]");
  await window.until(`return document.querySelectorAll(".board section").length > 1`);
  const [before] = await list("initiatives");
  // What has no phase yet stands behind all of them.
  const last = await window.run(`const card = document.querySelector("[data-card]"); card.focus(); return !card.closest("section").nextElementSibling`);
  await window.press("\uE00A", last ? "\uE012" : "\uE014"); // Alt and an arrow
  await eventually("its new column", async () => {
    const [now] = await list("initiatives");
    return now.phase !== before.phase || now.horizon !== before.horizon;
  });
  // And back by mouse.
  const [carried] = await list("initiatives");
  const [card, column] = await window.run(`
    const middle = (box) => ({ x: Math.round(box.left + box.width / 2), y: Math.round(box.top + 14) });
    const card = document.querySelector("[data-card]");
    const others = [...document.querySelectorAll(".board section")].filter((each) => each !== card.closest("section"));
    others[0].scrollIntoView({ inline: "nearest" });
    card.scrollIntoView({ block: "center", inline: "nearest" });
    const there = others[0].getBoundingClientRect();
    return [middle(card.getBoundingClientRect()), { x: Math.round(there.left + there.width / 2), y: Math.round(there.top + 60) }];`);
  await carry(card, column);
  xdotool("mouseup", "1");
  await eventually("the column it was carried to", async () => {
    const [now] = await list("initiatives");
    return now.phase !== carried.phase || now.horizon !== carried.horizon;
  });
});

test("the report is exported", async () => {
  await press("nav button", "Report");
  await window.until(`return document.querySelector("main h1")?.textContent.startsWith("Report")`);
  await nameFile(pdf, () => window.press(CTRL, "\uE008", "e")); // Ctrl, Shift, E
  await eventually("the PDF", () => existsSync(pdf) && readFileSync(pdf).length > 10_000, 120_000);
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
  const text = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" });
  assert.match(text, /Quicksilverish orders wait/);
});
