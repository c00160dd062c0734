// What the browser tests and the screenshots share: the core over loopback, engagements, Chromium, the window in it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

// The window's dependencies hold the browser's driver too.
const ui = join(import.meta.dirname, "../../ui");
const require = createRequire(join(ui, "package.json"));
const { chromium } = require("playwright-core");
export const axeSource = require.resolve("axe-core/axe.min.js");

const target = process.env.CARGO_TARGET_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "groma/target");
const twinProgram = process.env.GROMA_TWIN ?? join(target, "debug/groma-twin");
/** The command line, which makes the engagements. */
export const groma = join(twinProgram, "../groma");
const files = process.env.GROMA_WINDOW ?? join(ui, "dist");

for (const [what, path] of [["the twin", twinProgram], ["the command line", groma], ["the built window", join(files, "index.html")]]) {
  if (!existsSync(path)) throw new Error(`${what} is not there: ${path}`);
}

/**
 * How long what is expected is waited for, in milliseconds: a guard against waiting for ever, not a measure of speed, which
 * is the benchmarks' matter. The machine may be busy with other things.
 */
const PATIENCE = 90_000;

/** A folder that is gone with the process. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "groma-browser-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The core over HTTP on a port of its own. */
export class Twin {
  static async start(folder, file) {
    const args = ["--port", "0", "--files", files, "--settings", join(folder, "settings"), ...(file ? ["--file", file] : [])];
    // It logs every command; what goes wrong comes back as an answer.
    const child = spawn(twinProgram, args, { stdio: ["ignore", "pipe", process.env.GROMA_LOG ? "inherit" : "ignore"] });
    const end = () => child.kill();
    process.once("exit", end);
    const [address] = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", (line) => resolve([line]));
      child.once("exit", (code) => reject(new Error(`the twin ended with ${code}`)));
    });
    const door = await openDoor(address);
    const twin = new Twin(`http://127.0.0.1:${door.address().port}`, child, door);
    // The first layout of a debug build takes its time; what is looked at here are screens that have their pages.
    while (file && !(await twin.call("layout")).fresh) await new Promise((resolve) => setTimeout(resolve, 100));
    return twin;
  }

  constructor(address, child, door) {
    this.address = address;
    this.child = child;
    this.door = door;
  }

  /** Runs a command of the contract. */
  async call(word, ask = {}) {
    const answer = await fetch(`${this.address}/call`, { method: "POST", body: JSON.stringify({ do: word, ...ask }) });
    const body = JSON.parse((await answer.text()) || "null");
    if (!answer.ok) throw new Error(`${word}: ${body.error?.message ?? answer.status}`);
    return body;
  }

  list(kind) {
    return this.call("list", { kind });
  }

  stop() {
    this.child.kill();
    this.door.close();
    this.door.closeAllConnections();
  }
}

/**
 * Stands before the twin and asks it anew for each request: its server keeps a thread for every connection that a
 * browser leaves open, and now and then none for a new one.
 */
async function openDoor(address) {
  const door = createServer((request, response) => {
    const { method, headers, url } = request;
    const asked = ask(`${address}${url}`, { method, headers: { ...headers, connection: "close" }, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.on("error", () => response.destroy());
    response.on("close", () => asked.destroy());
    request.pipe(asked);
  });
  door.keepAliveTimeout = 60_000;
  await new Promise((listening) => door.listen(0, "127.0.0.1", listening));
  return door;
}

/** The system's Chromium; without one, the one that its driver was told to install. */
function systemChromium() {
  if (process.env.GROMA_CHROMIUM) return process.env.GROMA_CHROMIUM;
  const names = ["chromium", "google-chrome", "google-chrome-stable"];
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => existsSync(place));
}

/** Starts Chromium without a head. */
export function launch() {
  return chromium.launch({
    executablePath: systemChromium(),
    // Root, as in a container, has no sandbox to offer.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
  });
}

/**
 * The window in the browser. Preferences are the window's own (`groma.window`); what fails in the page fails the test
 * through `faults`.
 */
export async function openWindow(browser, twin, { width = 1440, height = 900, hash = "", search = "", ...preferences } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: preferences.language === "de" ? "de-DE" : "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const kept = { theme: "light", language: "en", zoom: 1, livePage: true, ...preferences };
  // Set once: what a test changes in the window stays when it is loaded anew.
  await page.addInitScript((value) => {
    if (localStorage.getItem("groma.window") === null) localStorage.setItem("groma.window", JSON.stringify(value));
  }, kept);
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // A refused command is told to the person; the browser logs its status too.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  followCalls(page);
  await page.goto(`${twin.address}/${search}${hash}`);
  return { page, faults, close: () => context.close() };
}

const calls = new WeakMap();

function followCalls(page) {
  const open = new Set();
  calls.set(page, open);
  const counts = (request) => !request.url().endsWith("/events");
  page.on("request", (request) => counts(request) && open.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => open.delete(request));
}

/** What the window waits for and shows, for the message of a test that failed. */
export async function plight(page) {
  const waiting = [...(calls.get(page) ?? [])].map((request) => `${request.url()} ${request.postData()?.slice(0, 80) ?? ""}`);
  const shown = await page.locator("body").innerText().catch(() => "nothing");
  return `waiting for: ${waiting.join(", ") || "nothing"}\nshown: ${shown.slice(0, 400)}`;
}

/**
 * Runs a test in a window of its own; what fails in the page fails the test. `patience` is how long it waits for what it
 * looks for, in milliseconds.
 */
export async function inWindow(browser, twin, { patience = PATIENCE, ...how }, work) {
  const { page, faults, close } = await openWindow(browser, twin, how);
  page.setDefaultTimeout(patience);
  try {
    await page.locator("main h1, main h2").first().waitFor();
    await settled(page);
    await work(page);
    assert.deepEqual(faults, []);
  } catch (error) {
    error.message += `\n${await plight(page)}`;
    throw error;
  } finally {
    await close();
  }
}

/** Waits until something that the core says is so, and answers it. */
export async function until(what, look, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    assert.ok(Date.now() < end, `${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until the window asks for nothing any more, has drawn, and its pictures are there. */
export async function settled(page, patience = PATIENCE) {
  const until = Date.now() + patience;
  const open = calls.get(page);
  for (let quiet = 0; quiet < 3; ) {
    // Two frames: what an answer changes is drawn, and what it makes the window ask is asked.
    const drawn = await page.evaluate(
      () =>
        new Promise((done) =>
          requestAnimationFrame(() =>
            // Gathered changes and texts are asked for after a moment (`TYPING_MS`, 250 ms, is the longest).
            setTimeout(() => done([...document.images].every((image) => image.complete && image.getAttribute("src") !== "")), 90),
          ),
        ),
    );
    quiet = open.size === 0 && drawn ? quiet + 1 : 0;
    if (Date.now() > until) throw new Error(`still waiting for ${[...open].map((request) => request.url()).join(", ")}`);
  }
}

/** Goes to a place of the window as a person does who follows a link of it. */
export async function goTo(page, hash) {
  // The address says where the window begins.
  await page.evaluate((to) => void (location.hash = to), hash);
  await page.reload();
  await page.locator("main h1, main h2").first().waitFor();
  await settled(page);
}
