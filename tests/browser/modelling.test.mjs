// What comes into an architecture and goes out of it, in Chromium against the real core: its text, its sources, the
// comparison with another, views in the report, files; and how boxes and lines are put in order.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeSample } from "./engagements.mjs";
import { inWindow as within, launch, scratch, settled, Twin, until } from "./harness.mjs";

const folder = scratch();
let browser;
let sample;
let found;
let target;

before(async () => {
  browser = await launch();
  sample = await Twin.start(join(folder, "a"), makeSample(folder));
  const all = await sample.list("architectures");
  found = all.find((each) => !each.target);
  target = all.find((each) => each.target);
});
after(async () => {
  await browser?.close();
  sample?.stop();
});

/** Runs a test in a window of its own. A debug build draws slowly, more so beside others. */
const inWindow = (how, work) => within(browser, sample, { width: 1280, height: 800, livePage: false, hash: "#/architecture", ...how }, work);
const parts = (of = found) => sample.call("architecture", { architecture: of.id });
const model = async () => (await sample.call("get", { kind: "architectures", id: found.id })).workspace;
const places = async (view) => (await sample.call("get", { kind: "architectures", id: found.id })).places[view] ?? { elements: {}, lines: [] };
const drawn = (view) => sample.call("draw_view", { architecture: found.id, view, overlay: "findings", editing: true });
const node = (page, element) => page.locator(`.svelte-flow__node[data-id="${element}"]`);
const undo = async (page) => {
  await page.locator("main").focus();
  await page.keyboard.press("Control+z");
};
/** Shows a view and waits until it is drawn. */
async function showView(page, title, element) {
  await page.getByRole("tab", { name: title, exact: true }).click();
  await node(page, element).waitFor();
  await settled(page);
}
/** Answers the question for a path that stands in for the system's dialog. */
async function answer(page, ...paths) {
  await page.locator("[data-path]").fill(paths.join("\n"));
  await page.getByRole("button", { name: "OK" }).click();
}
/** Loads the window anew so that files can be dropped on it, as the desktop tells of them. */
async function droppable(page) {
  const waiting = [];
  await page.route("**/events", async (route) => {
    const paths = await new Promise((drop) => waiting.push(drop));
    const body = `retry: 10\ndata: ${JSON.stringify({ event: "dropped", paths })}\n\n`;
    await route.fulfill({ contentType: "text/event-stream", body }).catch(() => undefined);
  });
  await page.reload();
  await page.locator(".svelte-flow__node-box").first().waitFor();
  await settled(page);
  return (...paths) => waiting.at(-1)(paths);
}

const compose = `services:
  board-cache:
    image: redis:7
  planner:
    image: ghcr.io/meridian/planner:1.2
    depends_on:
      - board-cache
`;
/** One call of the scanners' ingest by a program that the model does not know, as Jaeger keeps it. */
function traces() {
  const span = (id, operation, process, kind, parent) => ({
    traceID: "t1",
    spanID: id,
    operationName: operation,
    references: parent ? [{ refType: "CHILD_OF", traceID: "t1", spanID: parent }] : [],
    startTime: 1_700_000_000_000_000,
    duration: 42_000,
    tags: [{ key: "span.kind", type: "string", value: kind }],
    processID: process,
  });
  const processes = { p1: { serviceName: "billing-worker" }, p2: { serviceName: "parcelline-api" }, p3: { serviceName: "night-export" }, p4: { serviceName: "ledger-sweeper" } };
  return JSON.stringify({
    data: [{ traceID: "t1", spans: [span("a", "POST /invoices", "p1", "client"), span("b", "POST /invoices", "p2", "server", "a"), span("c", "GET /parcels", "p3", "client"), span("d", "GET /parcels", "p2", "server", "c"), span("e", "sweep", "p4", "internal")], processes }],
  });
}
function written(name, text) {
  mkdirSync(join(folder, "files"), { recursive: true });
  const path = join(folder, "files", name);
  writeFileSync(path, text);
  return path;
}

test("a view is typed in the text: an error changes nothing, mending it brings the canvas along", async () => {
  await inWindow({ width: 1440 }, async (page) => {
    const before = await model();
    await page.getByRole("button", { name: "Text", exact: true }).click();
    const content = page.locator(".cm-content");
    await content.waitFor();
    await settled(page);
    await content.click();
    await page.keyboard.press("Control+End");
    // Before the braces that close the views and the workspace.
    const lines = (await sample.call("get", { kind: "architectures", id: found.id })).text.split("\n");
    const closing = lines.map((line) => line.trim()).filter((line) => line !== "").slice(-2);
    assert.deepEqual(closing, ["}", "}"]);
    for (let line = lines.length; line > lines.findLastIndex((each) => each === "    }"); line -= 1) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("container ");
    await page.keyboard.press("Control+Space");
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    assert.deepEqual((await page.locator(".cm-tooltip-autocomplete li .cm-completionLabel").allInnerTexts()).includes("parcelline"), true);
    await page.keyboard.press("Escape");
    await page.keyboard.type('parcellinex "typed" ');
    await page.keyboard.press("End");
    await page.keyboard.type("{");
    await page.keyboard.press("Enter");
    await page.keyboard.type("include *");
    await page.locator(".standing.refused").waitFor();
    assert.match(await page.locator(".standing").innerText(), /Not a model yet: line \d+/);
    await page.locator(".cm-lint-marker-error").waitFor();
    assert.ok((await page.getByRole("list", { name: "Remarks" }).locator("li").first().innerText()).length > 5);
    assert.equal(await model(), before, "nothing changed");
    // Mended where the remark leads.
    await page.locator("section.pane li button.link").first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    assert.match(await page.locator(".cm-activeLine").innerText(), /parcellinex/);
    for (let step = 0; step < "container parcelline".length; step += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    await until("the view", async () => (await parts()).views.some((view) => view.key === "typed"));
    await page.locator(".standing.accepted").waitFor();
    await page.getByRole("tab").nth(4).click();
    await node(page, "parcelline.api").waitFor();
    await settled(page);
    await page.getByRole("button", { name: "Text", exact: true }).click();
    // Each pause of typing is a step of its own.
    for (let step = 0; (await model()) !== before; step += 1) {
      assert.ok(step < 8, "undo brings the model back");
      const now = await model();
      await undo(page);
      await until("a step back", async () => (await model()) !== now);
      await settled(page);
    }
  });
});

test("a compose file is previewed, merged as one step, and taken back", async () => {
  const file = written("docker-compose.yml", compose);
  await inWindow({ width: 1024, height: 700 }, async (page) => {
    const before = await model();
    await page.getByRole("button", { name: "Sources", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: /Merge from sources/ });
    const foot = await sheet.getByRole("button", { name: "Add to the model" }).boundingBox();
    const all = await sheet.boundingBox();
    assert.ok(all.y + all.height - foot.y - foot.height < 30, "the buttons stand at the bottom");
    await sheet.getByRole("button", { name: "Add files…" }).click();
    await answer(page, file);
    const planner = sheet.getByRole("checkbox", { name: "planner", exact: true });
    await planner.waitFor();
    assert.equal(await planner.isChecked(), true);
    assert.equal(await model(), before, "a preview changes nothing");
    // What another stands in or leads to goes with it.
    await sheet.getByRole("checkbox", { name: "board-cache", exact: true }).uncheck();
    assert.equal(await sheet.getByRole("checkbox", { name: /planner → board-cache/ }).isChecked(), false);
    await sheet.getByRole("checkbox", { name: /planner → board-cache/ }).check();
    assert.equal(await sheet.getByRole("checkbox", { name: "board-cache", exact: true }).isChecked(), true);
    await sheet.getByRole("button", { name: /^Add \d+ to the model$/ }).click();
    await until("both", async () => (await parts()).elements.filter((row) => ["planner", "board-cache"].includes(row.name)).length === 2);
    assert.ok((await parts()).relations.some((one) => /planner/.test(one.source) && /board.?cache/i.test(one.destination)));
    await settled(page);
    await sheet.getByRole("button", { name: "Undo" }).click();
    await until("the model before", async () => (await model()) === before);
    await sheet.getByRole("checkbox", { name: "planner", exact: true }).waitFor();
  });
});

test("what was found in traffic is made a finding; what only one side knows is said", async () => {
  const file = written("traces.json", traces());
  await inWindow({}, async (page) => {
    const before = (await sample.list("findings")).length;
    await page.getByRole("button", { name: "Sources", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: /Merge from sources/ });
    await sheet.getByRole("button", { name: "Add files…" }).click();
    await answer(page, file);
    await sheet.getByRole("tab", { name: /Traffic/ }).click();
    await sheet.getByRole("region", { name: "Elements found in traffic, not in the model" }).getByText("night-export").waitFor();
    const silent = await sheet.getByRole("region", { name: "Containers of the model without any traffic" }).innerText();
    assert.match(silent, /tracking-ingest/);
    assert.doesNotMatch(silent, /parcelline-api|billing-worker/);
    await sheet.getByRole("checkbox", { name: /billing-worker → parcelline-api/ }).check();
    await sheet.getByRole("button", { name: "Make it a finding" }).first().click();
    const made = await until("the finding", async () => (await sample.list("findings")).length === before + 1 && (await sample.list("findings")).at(-1));
    assert.ok(made.elements.some((name) => /api/.test(name)), `it names what is called: ${made.elements}`);
    // A service by itself can be told by nothing else.
    await sheet.getByRole("checkbox", { name: "ledger-sweeper", exact: true }).check();
    await sheet.getByRole("region", { name: "Services found in traces, not in the model, without a call" }).getByText("ledger-sweeper").waitFor();
    await sheet.getByRole("button", { name: "Make it a finding", disabled: false }).click();
    const alone = await until("the other finding", async () => (await sample.list("findings")).length === before + 2 && (await sample.list("findings")).at(-1));
    assert.match(alone.title, /^ledger-sweeper runs/);
    await sheet.getByRole("checkbox", { name: "ledger-sweeper", exact: true }).waitFor({ state: "detached" });
    await sample.call("delete", { kind: "findings", id: alone.id });
    await sheet.getByRole("tab", { name: /Recognised/ }).click();
    assert.match(await sheet.getByRole("tabpanel").innerText(), /parcelline-api\s+parcelline-api\s+the same (name|identifier)/);
    await sample.call("delete", { kind: "findings", id: made.id });
  });
});

test("what was found is compared with the target, and each difference leads to where it is", async () => {
  await inWindow({}, async (page) => {
    const { elements } = await sample.call("compare_architectures", { before: found.id, after: target.id });
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Compare" });
    for (const sort of ["added", "removed", "changed"]) {
      const heading = sheet.getByRole("heading", { name: `Elements ${sort}` });
      await heading.waitFor();
      assert.match(await heading.innerText(), new RegExp(`\\(${elements.filter((each) => each.change === sort).length}\\)`));
    }
    const added = elements.find((each) => each.change === "added");
    await sheet.getByRole("button", { name: added.name, exact: true }).first().click();
    await page.waitForFunction((key) => document.activeElement?.dataset?.id === key, added.key);
    assert.equal(await page.getByRole("combobox", { name: "Architecture that is shown" }).inputValue(), target.id);
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    const removed = elements.find((each) => each.change === "removed" && each.kind === "container");
    await sheet.getByRole("button", { name: removed.name, exact: true }).first().click();
    await page.waitForFunction((key) => document.activeElement?.dataset?.id === key, removed.key);
    assert.equal(await page.getByRole("combobox", { name: "Architecture that is shown" }).inputValue(), found.id);
  });
});

test("a view is printed in the report with what is chosen on it, and left out again", async () => {
  await inWindow({}, async (page) => {
    const printed = async () => (await sample.list("diagrams")).filter((each) => each.architecture === found.id && each.view === "planning");
    await page.getByRole("button", { name: "In the report" }).click();
    const sheet = page.getByRole("dialog", { name: "In the report" });
    const name = "Print Planning a route at 06:00";
    await sheet.getByRole("switch", { name }).uncheck();
    await until("no such diagram", async () => (await printed()).length === 0);
    // The row moves to those that are not printed; its old switch is not clicked.
    await sheet.getByRole("list", { name: "Not printed" }).getByRole("switch", { name, checked: false }).click();
    const [made] = await until("the diagram", async () => (await printed()).length === 1 && printed());
    assert.deepEqual([made.kind, made.overlay], ["dynamic", "none"]);
    assert.ok(made.alt.length > 20, "it says what is on it");
    await sheet.getByRole("button", { name: "Details of Planning a route at 06:00" }).click();
    await sheet.locator(".picture svg").waitFor();
    await sheet.getByRole("combobox", { name: "Shown on it" }).selectOption("findings");
    await until("the overlay", async () => (await printed())[0].overlay === "findings");
    await settled(page);
    assert.ok((await sheet.locator(".picture svg").getAttribute("aria-label")).length > 20);
  });
});

test("selected boxes are aligned and spread, each in one step, from the panel and from the palette", async () => {
  await inWindow({}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    const three = ["parcelline.cache", "parcelline.database", "parcelline.ingest"];
    for (const [at, element] of three.entries()) await node(page, element).click({ position: { x: 6, y: 30 }, modifiers: at > 0 ? ["Control"] : [] });
    await page.getByRole("heading", { name: "3 elements selected" }).waitFor();
    const at = async (side) => {
      const { boxes } = await drawn("containers");
      return three.map((key) => boxes.find((box) => box.element === key).rect).map(side);
    };
    const same = (values) => values.every((value) => Math.abs(value - values[0]) < 0.8);
    assert.ok(!same(await at(({ y }) => y)));
    await page.getByRole("region", { name: "Align" }).getByRole("button", { name: "Top" }).click();
    await until("them in a row", async () => same(await at(({ y }) => y)));
    await settled(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("Same gaps: across");
    await page.keyboard.press("Enter");
    const gaps = async () => {
      const [a, b, c] = (await at((rect) => rect)).sort((one, other) => one.x - other.x);
      return [b.x - a.x - a.w, c.x - b.x - b.w];
    };
    await until("the same gaps", async () => same(await gaps()));
    await settled(page);
    await undo(page);
    await until("the gaps before", async () => !same(await gaps()) && same(await at(({ y }) => y)));
    await settled(page);
    await undo(page);
    await until("no places", async () => Object.keys((await places("containers")).elements).length === 0);
  });
});

test("a line is bent with the pointer and by keyboard, and led anew", async () => {
  await inWindow({}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    const bends = async () => (await places("containers")).lines[0]?.bends ?? [];
    await node(page, "parcelline.worker").or(node(page, "parcelline.billing")).first().click({ position: { x: 6, y: 30 } });
    await page.getByRole("complementary").getByRole("button", { name: /Parcelline database/ }).click();
    const way = page.getByRole("region", { name: "Way of the line" });
    await way.waitFor();
    await settled(page);
    const handle = await page.locator(".bend").last().boundingBox();
    const from = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
    await page.keyboard.down("Alt");
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 4, { steps: 6 });
    await page.locator(".svelte-flow__edge .follows").waitFor();
    await page.mouse.up();
    await page.keyboard.up("Alt");
    await until("the bend", async () => (await bends()).length > 0);
    await settled(page);
    // It is drawn through where it was let go.
    const there = await Promise.all((await page.locator(".bend:not(.middle)").all()).map((each) => each.boundingBox()));
    assert.ok(there.some((box) => Math.hypot(box.x + box.width / 2 - from.x - 60, box.y + box.height / 2 - from.y - 4) < 4), JSON.stringify([from, there]));
    const before = await bends();
    await page.locator(".bend:not(.middle)").first().focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowRight");
    await until("the bend moved", async () => (await bends())[0][0] > before[0][0]);
    await settled(page);
    await page.locator(".bend:not(.middle)").first().focus();
    await page.keyboard.press("Delete");
    await until("one bend less", async () => (await bends()).length === before.length - 1);
    await settled(page);
    await way.getByRole("button", { name: "Bend the line" }).click();
    await until("a bend more", async () => (await bends()).length === before.length);
    await settled(page);
    await way.getByRole("button", { name: "Lead it anew" }).click();
    await until("no bends", async () => (await bends()).length === 0);
    for (let step = 0; step < 5; step += 1) {
      await settled(page);
      await undo(page);
    }
    await until("all of it taken back", async () => Object.keys((await places("containers")).elements).length === 0);
  });
});

test("the parts that a crowded view should be are made in one step, and the first is opened", async () => {
  const services = Array.from({ length: 30 }, (_, n) => `      s${n} = container "Service ${n}" {\n        group "Team ${n % 3}"\n      }`.replace(/ \{[^]*$/, ""));
  const calls = Array.from({ length: 29 }, (_, n) => `    shop.s${n} -> shop.s${n + 1} "Asks"`);
  const { id } = (await sample.call("insert", { kind: "architectures", object: { name: "Crowd" } })).object;
  await sample.call("write_architecture", { architecture: id, text: `workspace "Crowd" {\n  !identifiers hierarchical\n  model {\n    shop = softwareSystem "Shop" {\n${services.join("\n")}\n    }\n${calls.join("\n")}\n  }\n  views {\n    container shop "all" {\n      include *\n    }\n  }\n}\n` });
  const proposed = (await sample.call("draw_view", { architecture: id, view: "all", editing: true })).warnings.find((each) => each.warning === "crowded").parts;
  assert.ok(proposed.length > 1, `${proposed.length} parts`);
  await inWindow({ hash: `#/architecture/architectures/${id}` }, async (page) => {
    await page.getByRole("button", { name: `Make these ${proposed.length} views` }).click();
    const views = await until("the views", async () => {
      const { views } = await parts({ id });
      return views.length === proposed.length + 1 && views;
    });
    for (const part of proposed) {
      const made = views.find((view) => view.key === part.key);
      assert.deepEqual([...made.elements].sort(), [...part.elements].sort());
    }
    assert.equal(new Set(views.map((view) => view.title)).size, views.length, "no two are called alike");
    await page.getByRole("tab", { name: views.find((view) => view.key === proposed[0].key).title, exact: true, selected: true }).waitFor();
    await settled(page);
    assert.equal(await page.locator(".svelte-flow__node-box").count(), proposed[0].elements.length);
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await until("one view", async () => (await parts({ id })).views.length === 1);
    await page.getByRole("tab", { selected: true }).waitFor();
    // From the view in the report, too.
    await settled(page);
    await page.getByRole("button", { name: "In the report" }).click();
    const sheet = page.getByRole("dialog", { name: "In the report" });
    await sheet.getByRole("switch", { checked: false }).click();
    await sheet.getByRole("button", { name: /^Details of/ }).click();
    await sheet.getByRole("button", { name: `Make these ${proposed.length} views` }).click();
    await sheet.waitFor({ state: "detached" });
    await until("the views again", async () => (await parts({ id })).views.length === proposed.length + 1);
    await page.getByRole("tab", { selected: true, name: views.find((view) => view.key === proposed[0].key).title, exact: true }).waitFor();
  });
  await sample.call("delete", { kind: "architectures", id });
});

test("a dynamic and a filtered view that are crowded are made into views of theirs, with their steps and what the filter leaves", async () => {
  const all = Array.from({ length: 34 }, (_, n) => n);
  const services = all.map((n) => `      s${n} = container "Service ${n}" "" "" "${n % 8 === 7 ? "Aside" : "Core"}"`);
  const calls = all.slice(1).map((n) => `    shop.s${n - 1} -> shop.s${n} "Asks" "" "Core"`);
  const steps = all.slice(1).map((n) => `      shop.s${n - 1} -> shop.s${n} "Asks"`);
  const dsl = `workspace "Long" {\n  !identifiers hierarchical\n  model {\n    shop = softwareSystem "Shop" {\n${services.join("\n")}\n    }\n${calls.join("\n")}\n  }\n  views {\n    container shop "all" {\n      include *\n    }\n    dynamic shop "run" "The whole run" {\n${steps.join("\n")}\n      title "Run"\n    }\n    filtered "all" include "Core" "core" "Only the core" {\n      title "Core"\n    }\n  }\n}\n`;
  const { id } = (await sample.call("insert", { kind: "architectures", object: { name: "Long" } })).object;
  await sample.call("write_architecture", { architecture: id, text: dsl });
  const crowded = async (view) => (await sample.call("draw_view", { architecture: id, view, editing: true })).warnings.find((each) => each.warning === "crowded").parts;
  const lines = async (view) => (await sample.call("draw_view", { architecture: id, view, editing: true })).lines;
  const whole = { run: await lines("run"), core: await lines("core") };
  assert.equal(whole.run.length, 33);
  for (const [key, title, kind] of [["run", "Run", "dynamic"], ["core", "Core", "container"]]) {
    const proposed = await crowded(key);
    assert.ok(proposed.length > 1, `${key}: ${proposed.length} parts`);
    await inWindow({ hash: `#/architecture/architectures/${id}` }, async (page) => {
      await page.getByRole("tab", { name: title, exact: true }).click();
      await settled(page);
      await page.getByRole("button", { name: `Make these ${proposed.length} views` }).click();
      const made = await until("the views", async () => {
        const { views } = await parts({ id });
        const own = views.filter((view) => proposed.some((part) => part.key === view.key));
        return own.length === proposed.length && own;
      });
      assert.deepEqual(made.map((view) => view.kind), made.map(() => kind));
      const on = (await Promise.all(made.map((view) => lines(view.key)))).flat();
      if (key === "run") assert.deepEqual(on.map((line) => line.order), whole.run.map((line) => line.order), "each step once, with the number that it has in the whole");
      assert.deepEqual(new Set(on.map((line) => line.id)), new Set(whole[key].map((line) => line.id)), "every line of the view is on a part");
      const first = made.find((view) => view.key === proposed[0].key);
      await page.getByRole("tab", { name: first.title, exact: true, selected: true }).waitFor();
      await settled(page);
      assert.equal(await page.locator(".svelte-flow__node-box").count(), proposed[0].elements.length);
      await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
      await until("three views", async () => (await parts({ id })).views.length === 3);
      await page.getByRole("tab", { name: title, exact: true, selected: true }).waitFor();
    });
  }
  await sample.call("delete", { kind: "architectures", id });
});

test("view and model are written to files from the menu", async () => {
  await inWindow({}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    mkdirSync(join(folder, "out"), { recursive: true });
    const begins = { SVG: "<svg", PNG: "\x89PNG", PDF: "%PDF", "Structurizr DSL": "workspace", "workspace JSON": "{" };
    for (const [what, begin] of Object.entries(begins)) {
      await page.getByRole("button", { name: "More to do with the architecture" }).click();
      await page.getByRole("menuitem", { name: new RegExp(`as ${what}…`) }).click();
      const suggested = await page.locator("[data-path]").inputValue();
      const path = join(folder, "out", suggested);
      await answer(page, path);
      await until(suggested, () => existsSync(path) && readFileSync(path).length > 100);
      await page.getByText(`Written: ${path}`).waitFor();
      const text = readFileSync(path, "latin1");
      assert.ok(text.slice(0, 200).includes(begin), `${suggested}: ${text.slice(0, 40)}`);
      if (what === "SVG") assert.match(text, /Parcelline database/);
    }
  });
});

test("a model and a compose file that are dropped on the page become architectures; on the sources they are read there", async () => {
  const dsl = written("dropped.dsl", 'workspace "Dropped" {\n  model {\n    shop = softwareSystem "Shop"\n  }\n  views {\n    systemLandscape "all" {\n      include *\n    }\n  }\n}\n');
  const yaml = written("compose.yaml", compose);
  await inWindow({}, async (page) => {
    const before = await sample.list("architectures");
    const drop = await droppable(page);
    drop(dsl);
    const one = await until("the model", async () => (await sample.list("architectures")).find((each) => each.name === "Dropped"));
    await page.waitForFunction((id) => location.hash.includes(id), one.id);
    await node(page, "shop").waitFor();
    await settled(page);
    drop(yaml);
    const derived = await until("the derived one", async () => (await sample.list("architectures")).find((each) => ![one, ...before].some((known) => known.id === each.id)));
    assert.ok((await parts(derived)).elements.some((row) => row.name === "planner"));
    await page.waitForFunction((id) => location.hash.includes(id), derived.id);
    await page.getByRole("combobox", { name: "Architecture that is shown" }).selectOption(found.id);
    await page.getByRole("button", { name: "Sources", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: /Merge from sources/ });
    await sheet.waitFor();
    drop(yaml);
    await sheet.getByRole("checkbox", { name: "planner", exact: true }).waitFor();
    assert.equal((await sample.list("architectures")).length, before.length + 2, "it is a source here, no model");
    for (const { id } of [one, derived]) await sample.call("delete", { kind: "architectures", id });
  });
});
