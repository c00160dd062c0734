// What people do with C4 diagrams, in Chromium against the real core: dragging, undoing, building by keyboard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty, makeSample } from "./engagements.mjs";
import { axeSource, inWindow as within, launch, scratch, settled, Twin, until } from "./harness.mjs";

const folder = scratch();
const models = join(import.meta.dirname, "../../assets/sample/architecture");
const axe = readFileSync(axeSource, "utf8");
let browser;
let sample;
let empty;
let found;

before(async () => {
  browser = await launch();
  sample = await Twin.start(join(folder, "a"), makeSample(folder));
  empty = await Twin.start(join(folder, "b"), makeEmpty(folder));
  if ((await sample.list("architectures")).length === 0) {
    await sample.call("read_architecture", { path: join(models, "found.dsl"), name: "As found" });
    await sample.call("read_architecture", { path: join(models, "target.dsl"), name: "Target", target: true });
  }
  [found] = await sample.list("architectures");
});
after(async () => {
  await browser?.close();
  sample?.stop();
  empty?.stop();
});

/** Runs a test in a window of its own. A debug build draws slowly, more so beside others. */
const inWindow = (twin, how, work) => within(browser, twin, { width: 1280, height: 800, livePage: false, hash: "#/architecture", ...how }, work);

const node = (page, element) => page.locator(`.svelte-flow__node[data-id="${element}"]`);
const parts = () => sample.call("architecture", { architecture: found.id });
const places = async (view) => (await sample.call("get", { kind: "architectures", id: found.id })).places[view]?.elements ?? {};
/** Shows a view and waits until it is drawn. */
async function showView(page, title, element) {
  await page.getByRole("tab", { name: title }).click();
  await node(page, element).waitFor();
  await settled(page);
}

test("the views of both architectures are drawn as the core draws them", async () => {
  await inWindow(sample, {}, async (page) => {
    for (const view of (await parts()).views) {
      const drawing = await sample.call("draw_view", { architecture: found.id, view: view.key, overlay: "findings", editing: true });
      await showView(page, view.title, drawing.boxes[0].element);
      assert.equal(await page.locator(".svelte-flow__node-box").count(), drawing.boxes.length, view.key);
      assert.equal(await page.locator(".svelte-flow__node-boundary").count(), drawing.boundaries.length, view.key);
      assert.equal(await page.locator(".svelte-flow__edge").count(), drawing.lines.length, view.key);
      for (const box of drawing.boxes) assert.match(await node(page, box.element).getAttribute("aria-label"), new RegExp(`^${box.name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}, `));
    }
    assert.ok(await page.evaluate(() => document.fonts.check("12px 'IBM Plex Sans'")), "the font that drawings are measured with is there");
    const target = (await sample.list("architectures")).find((each) => each.target);
    await page.getByRole("combobox", { name: "Architecture that is shown" }).selectOption(target.id);
    await page.locator(".svelte-flow__node-box").first().waitFor();
    const views = (await sample.call("architecture", { architecture: target.id })).views;
    assert.deepEqual(await page.getByRole("tab").allInnerTexts(), views.map((view) => view.title));
  });
});

test("an element is dragged, its lines follow without the core, and undo brings it back", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    assert.deepEqual(await places("containers"), {});
    const drawn = await sample.call("draw_view", { architecture: found.id, view: "containers", overlay: "findings", editing: true });
    const box = await node(page, "parcelline.cache").boundingBox();
    const zoom = box.width / drawn.boxes.find((each) => each.element === "parcelline.cache").rect.w;
    const asked = [];
    page.on("request", (request) => request.url().endsWith("/call") && asked.push(JSON.parse(request.postData()).do));
    // Alt: freely, so that the way is known.
    await page.keyboard.down("Alt");
    await page.mouse.move(box.x + 12, box.y + box.height - 14);
    await page.mouse.down();
    await page.mouse.move(box.x - 28, box.y + box.height + 16, { steps: 12 });
    await page.waitForFunction(() => document.querySelectorAll(".svelte-flow__edge .follows").length > 0);
    const there = await node(page, "parcelline.cache").boundingBox();
    assert.ok(Math.abs(there.x - box.x + 40) < 2 && Math.abs(there.y - box.y - 30) < 2, `it is under the pointer: ${JSON.stringify([box, there])}`);
    assert.deepEqual(asked.filter((word) => /architecture|draw/.test(word)), [], "nothing is asked while it is carried");
    await page.mouse.up();
    await page.keyboard.up("Alt");
    const kept = await until("the place", async () => (await places("containers"))["parcelline.cache"]);
    const saved = drawn.boxes.find((each) => each.element === "parcelline.cache").saved;
    assert.deepEqual(kept, [saved[0] + Math.round(-40 / zoom / drawn.scale), saved[1] + Math.round(30 / zoom / drawn.scale)]);
    await settled(page);
    await page.keyboard.press("Control+z");
    await until("the place before", async () => Object.keys(await places("containers")).length === 0);
    await settled(page);
    assert.equal(await page.locator(".follows").count(), 0);
  });
});

test("several are carried together, also by the name of what is around them; Escape puts them back", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    const at = async (...elements) => Promise.all(elements.map(async (element) => (await node(page, element).boundingBox()).x));
    const three = ["parcelline.cache", "parcelline.database", "recipient"];
    const before = await at(...three);
    await node(page, "parcelline.cache").click({ position: { x: 8, y: 40 } });
    await node(page, "parcelline.database").click({ position: { x: 8, y: 40 }, modifiers: ["Control"] });
    await page.getByRole("heading", { name: "2 elements selected" }).waitFor();
    const carry = async (from) => {
      await page.keyboard.down("Alt");
      await page.mouse.move(from.x + 8, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(from.x + 58, from.y + from.height / 2, { steps: 8 });
      await page.locator(".follows").first().waitFor();
      const now = await at(...three);
      await page.keyboard.press("Escape");
      await page.keyboard.up("Alt");
      await page.mouse.up();
      return now.map((x, n) => Math.round(x - before[n]));
    };
    assert.deepEqual(await carry(await node(page, "parcelline.cache").boundingBox()), [50, 50, 0]);
    await settled(page);
    assert.deepEqual((await at(...three)).map(Math.round), before.map(Math.round));
    await page.locator(".svelte-flow__pane").click({ position: { x: 5, y: 300 } });
    assert.deepEqual(await carry(await node(page, "parcelline").locator(".grip").boundingBox()), [50, 50, 0]);
    await settled(page);
    assert.deepEqual(await places("containers"), {}, "nothing was kept");
  });
});

test("a relation is drawn from an element to another with the pointer", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    await node(page, "parcelline.cache").hover({ position: { x: 8, y: 40 } });
    const handle = await node(page, "parcelline.cache").locator(".svelte-flow__handle").first().boundingBox();
    const to = await node(page, "parcelline.ingest").boundingBox();
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(handle.x + 30, handle.y - 30, { steps: 5 });
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
    await page.mouse.up();
    const made = await until("the relation", async () => (await parts()).relations.find((one) => one.source === "parcelline.cache"));
    assert.equal(made.destination, "parcelline.ingest");
    await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent === "What for");
    await page.getByRole("complementary").getByRole("button", { name: "Remove from the model" }).click();
    await until("no relation", async () => !(await parts()).relations.some((one) => one.source === "parcelline.cache"));
  });
});

test("arrow keys move what is selected, several presses in one step", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Containers", "parcelline.cache");
    await page.keyboard.press("Tab");
    await node(page, "parcelline.proxy").focus();
    await page.keyboard.press("Control+ArrowDown");
    const label = await page.evaluate(() => document.activeElement.dataset.id);
    assert.equal(label, "parcelline.api", "Ctrl and an arrow go to the neighbour");
    const before = await sample.call("draw_view", { architecture: found.id, view: "containers", overlay: "findings", editing: true });
    const [x, y] = before.boxes.find((each) => each.element === "parcelline.api").saved;
    for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowDown"]) await page.keyboard.press(key);
    const kept = await until("the place", async () => (await places("containers"))["parcelline.api"]);
    assert.deepEqual(kept, [x + Math.round(2 / before.scale), y + Math.round(10 / before.scale)]);
    await settled(page);
    await page.keyboard.press("Control+z");
    await until("one step back", async () => Object.keys(await places("containers")).length === 0);
  });
});

test("a container and what it needs are made by keyboard alone, hidden, and taken back", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Containers", "parcelline.api");
    const before = await parts();
    await node(page, "parcelline.api").focus();
    await page.keyboard.press("n");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Invoice archive");
    await page.keyboard.press("Enter");
    const made = await until("the element", async () => (await parts()).elements.find((row) => row.name === "Invoice archive"));
    assert.deepEqual([made.kind, made.parent], ["container", "parcelline"]);
    await node(page, made.key).waitFor();
    await page.waitForFunction((key) => document.activeElement?.dataset.id === key, made.key);
    await page.keyboard.press("r");
    await page.getByRole("dialog").getByRole("combobox").fill("Parcelline data");
    await page.keyboard.press("Enter");
    // The new relation's words are asked for at once.
    const words = page.getByRole("textbox", { name: "What for" });
    await words.waitFor();
    await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent === "What for");
    await page.keyboard.type("Keeps what was billed");
    const relation = await until("the relation", async () => (await parts()).relations.find((one) => one.source === made.key && one.description === "Keeps what was billed"));
    assert.equal(relation.destination, "parcelline.database");
    assert.equal(await words.inputValue(), "Keeps what was billed");
    await settled(page);
    await node(page, made.key).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent === "Name");
    await node(page, made.key).focus();
    await page.keyboard.press("Delete");
    await until("hidden", async () => !(await parts()).views.find((view) => view.key === "containers").elements.includes(made.key));
    assert.ok((await parts()).elements.some((row) => row.key === made.key), "it stays in the model");
    await settled(page);
    await page.keyboard.press("s");
    await page.getByRole("dialog").getByRole("combobox").fill("Invoice archive");
    await page.keyboard.press("Enter");
    await until("shown again", async () => (await parts()).views.find((view) => view.key === "containers").elements.includes(made.key));
    await node(page, made.key).waitFor();
    await settled(page);
    await page.waitForFunction((key) => document.activeElement?.dataset.id === key, made.key);
    await page.keyboard.press("Shift+Delete");
    await until("gone", async () => !(await parts()).elements.some((row) => row.key === made.key));
    assert.deepEqual((await parts()).relations.map((one) => one.id).length, before.relations.length);
    await settled(page);
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await until("there again", async () => (await parts()).elements.some((row) => row.key === made.key));
    await sample.call("edit_architecture", { architecture: found.id, edits: [{ edit: "delete_element", element: made.key }, { edit: "unplace", view: "containers" }] });
  });
});

test("an element leads to its findings, and a finding to its elements", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Containers", "parcelline.api");
    await node(page, "parcelline.api").locator("button.mark").first().click();
    await page.waitForFunction(() => location.hash.startsWith("#/findings/findings/"));
    const worst = location => location.split("/")[3];
    const finding = await sample.call("get", { kind: "findings", id: worst(await page.evaluate(() => location.hash)) });
    assert.ok(finding.elements.includes("parcelline-api") || finding.elements.includes("parcelline.api"), "it names the element");
    assert.equal(finding.severity, "critical");
    await page.getByRole("button", { name: "parcelline-api in As found" }).click();
    await page.waitForFunction(() => document.activeElement?.dataset?.id === "parcelline.api");
    assert.equal(await page.getByRole("complementary").getByRole("heading", { level: 2 }).innerText(), "parcelline-api");
  });
});

test("a step of a dynamic view is added and removed beside the canvas", async () => {
  await inWindow(sample, {}, async (page) => {
    await showView(page, "Planning a route", "dispatcher");
    const steps = async () => (await parts()).views.find((view) => view.key === "planning").steps;
    const before = (await steps()).length;
    const list = page.getByRole("region", { name: "Steps" });
    await list.getByRole("combobox", { name: "Who acts" }).selectOption({ label: "parcelline-api" });
    await list.getByRole("combobox", { name: "Who is asked" }).selectOption({ label: "Cache" });
    await list.getByRole("textbox", { name: "What happens" }).fill("Forgets the pages");
    await list.getByRole("button", { name: "Add the step" }).click();
    await until("the step", async () => (await steps()).length === before + 1);
    assert.equal((await steps()).at(-1).description, "Forgets the pages");
    await list.getByRole("button", { name: `Remove step ${(await steps()).at(-1).order}` }).click();
    await until("no step", async () => (await steps()).length === before);
  });
});

test("an empty engagement is taught what belongs here, and begins with a system and a person", async () => {
  await inWindow(empty, {}, async (page) => {
    await page.getByRole("button", { name: "Begin with a system and a person" }).click();
    await page.locator(".svelte-flow__node-box").nth(1).waitFor();
    const [made] = await empty.list("architectures");
    const { elements, views } = await empty.call("architecture", { architecture: made.id });
    assert.deepEqual(elements.map((row) => [row.kind, row.name]), [["person", "User"], ["software_system", "Ledger"]]);
    assert.deepEqual(views.map((view) => view.kind), ["system_context", "container"]);
  });
});

test("axe-core finds nothing serious with an element and with a relation selected, in any theme", async () => {
  await inWindow(sample, { width: 1024, height: 700 }, async (page) => {
    await showView(page, "Containers", "parcelline.api");
    await page.evaluate(axe);
    const faults = [];
    const look = async (name) => {
      for (const theme of ["light", "dark", "contrast"]) {
        await page.evaluate((to) => void (document.documentElement.dataset.theme = to), theme);
        await settled(page);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        for (const { id, impact, nodes } of violations) {
          if (["serious", "critical"].includes(impact)) faults.push(`${name}, ${theme}: ${id}: ${nodes[0].target.join(" ")}: ${nodes[0].failureSummary}`);
        }
      }
    };
    await node(page, "parcelline.api").click({ position: { x: 6, y: 30 } });
    await look("element");
    await page.getByRole("complementary").getByRole("button", { name: /Parcelline database/ }).click();
    await look("relation");
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page.locator(".cm-content").waitFor();
    await look("text");
    assert.deepEqual(faults, []);
  });
});
