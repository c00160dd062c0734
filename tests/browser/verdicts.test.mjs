// What evidence proposes and a person decides, in Chromium against the real core.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty } from "./engagements.mjs";
import { goTo, inWindow as within, launch, scratch, Twin, until } from "./harness.mjs";

const folder = scratch();
let browser;
let twin;

/** What the code probe tells of a checkout. */
const facts = {
  groma_facts: 1,
  tool: "groma probe code",
  captured_at: "2026-11-01T08:00:00Z",
  subject: "ledger",
  measurements: [
    { metric: "code.function.longest", value: 120, at: "src/post.py:12" },
    { metric: "code.file.longest", value: 4200, at: "src/post.py:1" },
  ],
};

before(async () => {
  browser = await launch();
  twin = await Twin.start(join(folder, "a"), makeEmpty(folder));
  const path = join(folder, "ledger.groma-code.json");
  writeFileSync(path, JSON.stringify(facts));
  await twin.call("import", { paths: [path] });
});
after(async () => {
  await browser?.close();
  twin?.stop();
});

/** Runs a test in a small window of its own. */
const inWindow = (hash, how, work) => within(browser, twin, { width: 1024, height: 700, hash, livePage: false, ...how }, work);

const assessment = async () => (await twin.list("assessments")).find((each) => each.pack === "backend-maturity" && each.area === "1");

test("the level that the evidence suggests is taken by key, and differed from with a reason", async () => {
  await inWindow("#/maturity", {}, async (window) => {
    await goTo(window, "#/maturity/assessments/backend-maturity%2F1");
    const suggested = window.getByRole("region", { name: /evidence suggests level 2/ });
    await suggested.getByText("No function is longer than 1,000 lines.").waitFor();
    await suggested.getByText("Not so: No file is longer than 3,000 lines.").first().waitFor();
    assert.equal(await assessment(), undefined, "nothing is rated by itself");
    // A fact leads to its place in the file.
    await suggested.getByRole("button", { name: /code\.file\.longest/ }).click();
    await window.getByRole("dialog").getByText("4200").first().waitFor();
    await window.keyboard.press("Escape");
    await window.locator("main").focus();
    await window.keyboard.press("t");
    await until("the level", async () => (await assessment())?.level === 2);
    await suggested.getByText("That is the level given").waitFor();

    const now = window.getByRole("radiogroup").first();
    await now.getByRole("radio").nth(1).focus();
    await window.keyboard.press("4");
    const why = window.getByLabel("Why level 4, where the evidence suggests 2");
    await window.getByRole("button", { name: "Set level 4" }).click();
    await window.getByText("Give the reason").waitFor();
    assert.equal((await assessment()).level, 2, "no level without the reason");
    await why.fill("The long file is generated.");
    await window.keyboard.press("Control+Enter");
    await until("the level with its reason", async () => {
      const { level, justification } = await assessment();
      return level === 4 && justification === "The long file is generated.";
    });
    await window.getByText("Differs from the level given").waitFor();
    await window.getByRole("button", { name: "Take level 2" }).click();
    await until("the suggested level", async () => (await assessment()).level === 2);
  });
});
