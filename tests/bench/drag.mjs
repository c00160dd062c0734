// Dragging on a canvas of 100 elements in Chromium: how long a frame takes, and what of it is script, style and layout.
//
//   node tests/bench/drag.mjs [ELEMENTS] [LINES]     after `make test` has built the twin and the window
// On two cores, undisturbed (`chrt -r 1`): mean 16.8 ms, 95 % within 16.8 ms, which is the browser's 60 Hz; 5.0 ms of it are
// spent in the window's thread, 0.8 of them on script. Layers of their own for what lies still (`will-change` on nodes, lines
// or the whole) cost two to four times as much as they save: each has to be put together anew in every frame.
//
//   TRACE=1 node tests/bench/drag.mjs                what painting costs besides, by step and thread; slower

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeEmpty } from "../browser/engagements.mjs";
import { launch, openWindow, scratch, settled, Twin } from "../browser/harness.mjs";

const [elements = 100, lines = 130] = process.argv.slice(2).map(Number);
const MOVES = 120;
const folder = scratch();

/** The same each time: a small generator of numbers. */
let seed = 7;
const roll = (sides) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * sides);
};
function model() {
  const names = Array.from({ length: elements }, (_, at) => `s${at}`);
  const pairs = new Set();
  while (pairs.size < lines) {
    const from = roll(elements);
    const to = Math.min(elements - 1, Math.max(0, from + roll(21) - 10));
    if (from !== to) pairs.add(`${names[from]} -> ${names[to]} "calls"`);
  }
  const systems = names.map((name, at) => `    ${name} = softwareSystem "System ${at}" "Does its part of the work"`);
  return `workspace "Many" {\n  model {\n${systems.join("\n")}\n    ${[...pairs].join("\n    ")}\n  }\n  views {\n    systemLandscape "all" {\n      include *\n      autoLayout lr\n    }\n  }\n}\n`;
}

const browser = await launch();
const twin = await Twin.start(folder, makeEmpty(folder));
try {
  mkdirSync(join(folder, "files"), { recursive: true });
  const path = join(folder, "files", "many.dsl");
  writeFileSync(path, model());
  await twin.call("read_architecture", { path });
  const { page } = await openWindow(browser, twin, { width: 1440, height: 900, livePage: false, hash: "#/architecture" });
  page.setDefaultTimeout(180_000);
  await page.locator(".svelte-flow__node-box").first().waitFor();
  await settled(page);
  const session = await page.context().newCDPSession(page);
  // The time of its thread alone: what else the machine does is not counted.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const metrics = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  // The box that most lines lead to.
  const id = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".svelte-flow__node-box")];
    const middle = boxes.map((box) => ({ box, rect: box.getBoundingClientRect() })).sort((a, b) => Math.hypot(a.rect.x - 600, a.rect.y - 450) - Math.hypot(b.rect.x - 600, b.rect.y - 450))[0];
    return middle?.box.dataset.id;
  });
  const box = await page.locator(`.svelte-flow__node[data-id="${id}"]`).boundingBox();
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const trace = [];
  const tracing = await browser.newBrowserCDPSession();
  if (process.env.TRACE) {
    tracing.on("Tracing.dataCollected", ({ value }) => trace.push(...value));
    await tracing.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "cc", "viz", "blink", "toplevel"] } });
  }
  const before = await metrics();
  // Moves are told from within, one a frame, so that the way to the browser is not measured.
  const times = await page.evaluate(
    async ({ from, moves, id }) => {
      const target = document.querySelector(`.svelte-flow__node[data-id="${id}"]`);
      const tell = (type, x, y) => (type === "pointerdown" ? target : window).dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, button: type === "pointermove" ? -1 : 0, buttons: 1, clientX: x, clientY: y }));
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      tell("pointerdown", from.x, from.y);
      const times = [];
      let last = await frame();
      for (let at = 1; at <= moves; at += 1) {
        tell("pointermove", from.x + 60 * Math.sin(at / 12), from.y + 40 * Math.sin(at / 7));
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { from, moves: MOVES, id },
  );
  const after = await metrics();
  if (process.env.TRACE) {
    const done = new Promise((resolve) => tracing.once("Tracing.tracingComplete", resolve));
    await tracing.send("Tracing.end");
    await done;
  }
  const followed = await page.locator(".follows").count();
  const each = (name) => (((after[name] - before[name]) * 1000) / MOVES).toFixed(2);
  const sorted = [...times].sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  console.log(`${elements} elements, ${lines} lines, ${followed} lines followed`);
  // A frame at 60 Hz lasts 16.7 ms, give or take what the clock rounds.
  const late = times.filter((time) => time > 17.5).length;
  console.log(`frame: mean ${mean.toFixed(1)} ms, 95 % within ${sorted[Math.floor(sorted.length * 0.95)].toFixed(1)} ms, ${late} of ${MOVES} over 17.5 ms`);
  console.log(`of it: all ${each("TaskDuration")}, script ${each("ScriptDuration")}, style ${each("RecalcStyleDuration")}, layout ${each("LayoutDuration")} ms`);
  costs(trace);
} finally {
  await browser.close();
  twin.stop();
}

/** What the steps of a trace took, by thread, the dearest first. */
function costs(trace) {
  const threads = new Map(trace.filter((one) => one.name === "thread_name").map((one) => [`${one.pid}/${one.tid}`, one.args.name]));
  const sums = new Map();
  for (const one of trace) {
    if (one.ph !== "X" || !(one.dur > 0)) continue;
    const name = `${threads.get(`${one.pid}/${one.tid}`) ?? "?"}: ${one.name}`;
    const sum = sums.get(name) ?? { took: 0, count: 0 };
    sums.set(name, { took: sum.took + one.dur / 1000, count: sum.count + 1 });
  }
  const all = [...sums].sort(([, a], [, b]) => b.took - a.took).slice(0, 45);
  for (const [name, { took, count }] of all) console.log(`${(took / MOVES).toFixed(2).padStart(7)} ms a frame  ${String(count).padStart(6)} ×  ${name}`);
}
