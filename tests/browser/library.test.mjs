// The consultant's own library as files, and exhibits of the appendix, in Chromium against the real core.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty } from "./engagements.mjs";
import { inWindow as within, launch, scratch, settled, Twin, until } from "./harness.mjs";

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

/** Runs a test in a small window of its own. */
const inWindow = (hash, how, work) => within(browser, twin, { width: 1024, height: 700, hash, livePage: false, ...how }, work);

/** Types the path that the page asks for, there being no native dialogs. */
async function typePath(window, path) {
  const field = window.locator("[data-path]");
  await field.fill(path);
  await window.keyboard.press(await field.evaluate((it) => it.tagName) === "TEXTAREA" ? "Tab" : "Enter");
  if (await field.count()) await window.getByRole("dialog").last().locator("button[type=submit]").click();
  await field.waitFor({ state: "detached" });
}

test("the own library goes to a file and comes from one, with what became of each finding", async () => {
  const { object } = await twin.call("insert", { kind: "findings", object: { title: "The pool has no bound", condition: "No limit is set." } });
  await twin.call("save_to_library", { finding: object.id, tags: ["pool"], preview: false });
  const file = join(folder, "library.toml");
  const other = join(folder, "mixed.toml");
  await inWindow("#/findings", {}, async (window) => {
    await window.locator("main").focus();
    await window.keyboard.press("l");
    const library = window.getByRole("dialog", { name: "Library of findings" });
    await library.getByRole("button", { name: "Write to a file…" }).click();
    await typePath(window, file);
    await library.getByText(`1 finding written to ${file}`).waitFor();
    const kept = readFileSync(file, "utf8");
    assert.match(kept, /The pool has no bound/);

    writeFileSync(other, `${kept}\n[[findings]]\ntags = ["queue"]\n[findings.texts.en]\ntitle = "The queue is never emptied"\n\n[[findings]]\n[findings.texts.en]\ntitle = " "\n`);
    await library.getByRole("button", { name: "Take from a file…" }).click();
    await typePath(window, other);
    await library.getByText("The file brought: 1 new, 1 there already, 1 refused").waitFor();
    const told = library.getByRole("listitem");
    await told.filter({ hasText: "The queue is never emptied" }).getByText("New", { exact: true }).waitFor();
    await told.filter({ hasText: "Refused" }).getByText("its texts in en have no title").waitFor();
    await library.getByRole("button", { name: "Close what the file brought" }).click();
    // What came in is found by its tag.
    await library.getByRole("combobox").first().fill("queue never emptied");
    await library.getByRole("option", { name: /The queue is never emptied/ }).click();
    await library.getByRole("region", { name: "The queue is never emptied" }).getByRole("button", { name: "queue" }).click();
    assert.equal(await library.getByRole("combobox").first().inputValue(), "queue");
  });
  // The palette does the same from anywhere on the page.
  await inWindow("#/findings", { language: "de" }, async (window) => {
    await window.keyboard.press("Control+k");
    await window.keyboard.type("Befunde aus einer Datei");
    await window.keyboard.press("Enter");
    await typePath(window, other);
    await window.getByRole("dialog").getByText("Aus der Datei: 2 schon da, 1 abgelehnt").waitFor();
    await window.getByText("Die Texte in der Sprache en haben keinen Titel").waitFor();
  });
});

test("a text becomes an exhibit, its lines are chosen, it is taken out and brought back", async () => {
  const file = join(folder, "worker.py");
  writeFileSync(file, Array.from({ length: 12 }, (_, at) => `line_${at + 1} = ${at + 1}`).join("\n"));
  const exhibits = () => twin.list("exhibits");
  await inWindow("#/evidence", { width: 1440, height: 900 }, async (window) => {
    await window.getByRole("tab", { name: /Exhibits/ }).click();
    await window.getByRole("button", { name: "Add exhibit…" }).first().click();
    await typePath(window, file);
    await until("the exhibit", async () => (await exhibits()).length === 1);
    const lines = window.getByRole("region", { name: "Text of worker.py" });
    await lines.getByText("line_12 = 12").waitFor();
    assert.equal(await lines.locator("li.out").count(), 0, "all of it is printed at first");
    const [{ id }] = await exhibits();
    const chosen = window.locator(`[data-field="exhibits/${id}/range"] input, [data-field="exhibits/${id}/range"] textarea`);
    await chosen.fill("2-4");
    await until("the lines", async () => (await exhibits())[0]?.range === "2-4");
    await until("the others left out", async () => (await lines.locator("li.out").count()) === 9);
    await lines.scrollIntoViewIfNeeded();
    await settled(window);
    // Taken out in the list, brought back by one step.
    await window.getByRole("grid").focus();
    await window.keyboard.press("Delete");
    await until("it gone", async () => (await exhibits()).length === 0);
    await window.getByText("No exhibit yet").waitFor();
    await window.keyboard.press("Control+z");
    await until("it back", async () => (await exhibits())[0]?.range === "2-4");
    await window.getByRole("row", { name: /worker\.py/ }).waitFor();
  });
});
