// Tables of no known tool in Chromium against the real core: mapped once, read without asking from then on, changed,
// forgotten.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty } from "./engagements.mjs";
import { axeSource, inWindow as within, launch, scratch, settled, Twin, until } from "./harness.mjs";

const folder = scratch();
let browser;
let twin;

before(async () => {
  browser = await launch();
  twin = await Twin.start(join(folder, "a"), makeEmpty(folder));
});
after(async () => {
  await browser?.close();
  twin?.stop();
});

const inWindow = (how, work) => within(browser, twin, { width: 1024, height: 700, hash: "#/evidence", ...how }, work);

function put(name, rows) {
  const path = join(folder, name);
  writeFileSync(path, ["when,p99 checkout (s),errors,note", ...rows, ""].join("\n"));
  return path;
}

/** Imports files as a person does who types their paths. */
async function importFiles(page, ...paths) {
  await page.locator(".page-head button.primary").click();
  await page.locator("[data-path]").fill(paths.join("\n"));
  await page.getByRole("dialog").locator("button.primary").click();
  await settled(page);
}

const mapper = (page) => page.getByRole("dialog", { name: /What the columns of/ });

test("a table is mapped by keyboard, tried on the spot, and remembered", async () => {
  const board = put("board.csv", ["2026-09-14T07:31:00Z,0.12,0.5,", "2026-09-14T07:32:00Z,outage,1.5,", "2026-09-14T07:33:00Z,0.24,lots,calm"]);
  const twinned = put("other.csv", ["2026-09-15T07:31:00Z,0.3,1,"]);
  await inWindow({}, async (page) => {
    await importFiles(page, board, twinned);
    await page.getByRole("button", { name: "Map columns… board.csv" }).press("Enter");
    const dialog = mapper(page);
    // The guess is there: the time and the latency, in the unit that the name tells.
    await until("the guess", async () => (await dialog.getByLabel("Metric: p99 checkout (s)").inputValue()) === "http.latency.p99");
    assert.equal(await dialog.getByLabel("Is: when").inputValue(), "time");
    assert.equal(await dialog.getByLabel("Unit: p99 checkout (s)").inputValue(), "s");
    await dialog.getByLabel("Of what: p99 checkout (s)").fill("/checkout");
    // A second column, which its name does not tell enough of.
    await dialog.getByLabel("Is: errors").selectOption("value");
    const keep = dialog.getByRole("button", { name: "Read and remember" });
    assert.ok(await keep.isDisabled(), "nothing is read while a metric is open");
    await dialog.getByLabel("Metric: errors").selectOption("http.failed.ratio");
    await dialog.getByLabel("Unit: errors").selectOption("%");
    // Every cell that stands in the way, by its line.
    await dialog.getByRole("tab", { name: /Refused cells\s*2/ }).click();
    const rows = dialog.getByRole("grid", { name: "Refused cells" }).getByRole("row");
    await until("two refused cells", async () => (await rows.count()) >= 3);
    const told = (await rows.allInnerTexts()).join(" | ").replaceAll("\n", " ");
    assert.match(told, /3 p99 checkout \(s\) outage no number/);
    assert.match(told, /4 errors lots no number/);
    assert.ok(await keep.isDisabled(), "a table is read whole or not at all");
    const axe = await page.evaluate(readFileSync(axeSource, "utf8")).then(() => page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] })));
    assert.deepEqual(axe.violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => [id, nodes[0].target]), []);
    await dialog.getByRole("button", { name: /“outage” stands for no value/ }).click();
    await dialog.getByRole("button", { name: /“lots” stands for no value/ }).click();
    await dialog.getByRole("tab", { name: /Measurements\s*2/ }).click();
    await until("a mapping that reads all", async () => !(await keep.isDisabled()));
    assert.match(await dialog.innerText(), /1 other file with these columns is read as well/);
    await keep.click();
    await dialog.waitFor({ state: "detached" });
    const measured = await twin.call("measurements");
    assert.deepEqual(measured.map(({ metric, value, subject }) => [metric, value, subject]), [
      ["http.latency.p99", 240, "/checkout"],
      ["http.failed.ratio", 0.015, ""],
      ["http.latency.p99", 300, "/checkout"],
      ["http.failed.ratio", 0.01, ""],
    ]);
    const [kept] = await twin.list("mappings");
    assert.deepEqual([kept.name, kept.nothing], ["board", ["outage", "lots"]]);
    // Both stand in the list as read, and one step takes all of it back.
    await until("the list", async () => (await page.locator(".report li.imported").count()) === 2);
    await twin.call("undo");
    assert.deepEqual([(await twin.list("mappings")).length, (await twin.call("measurements")).length], [0, 0]);
    await twin.call("redo");
  });
});

test("the next table is read without asking, the mapping is changed from there, and forgotten", async () => {
  const next = put("next.csv", ["2026-09-16T07:31:00Z,0.1,2,", "2026-09-16T07:32:00Z,0.3,4,outage"]);
  await inWindow({}, async (page) => {
    await importFiles(page, next);
    await page.getByText("Read by the remembered mapping “board”, without asking").waitFor();
    const count = (await twin.call("measurements")).length;
    await page.getByRole("button", { name: "Change mapping… next.csv" }).click();
    const dialog = mapper(page);
    await dialog.getByText("As remembered for “board”.").waitFor();
    await dialog.getByLabel("Of several rows: p99 checkout (s)").selectOption("mean");
    const again = dialog.getByRole("button", { name: "Remember and read again" });
    await until("the trial", async () => !(await again.isDisabled()));
    await again.click();
    await dialog.waitFor({ state: "detached" });
    const of = (all) => all.filter(({ metric }) => metric === "http.latency.p99").map(({ value }) => value);
    const now = await twin.call("measurements");
    assert.deepEqual([now.length, of(now).toSorted((a, b) => a - b)], [count, [180, 200, 300]], "every artifact that it had read is read again");
    // The list of what is remembered, by keyboard.
    await page.getByRole("tab", { name: /Tables/ }).click();
    await page.getByRole("heading", { name: "board" }).waitFor();
    assert.match(await page.locator("main").innerText(), /http\.latency\.p99, s, the mean, \/checkout/);
    await page.getByRole("button", { name: "Forget" }).press("Enter");
    await until("it is forgotten", async () => (await twin.list("mappings")).length === 0);
    assert.equal((await twin.call("measurements")).length, count, "what was read stays");
    await page.getByText("No table is remembered").waitFor();
    await twin.call("undo");
    await page.getByRole("heading", { name: "board" }).waitFor();
  });
});
