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
  tables: [
    {
      id: "technology_stack",
      rows: [
        { component: "Language", name: "Python", version: "3.8", place: "pyproject.toml:7" },
        { component: "Database", name: "PostgreSQL", version: "13", place: "compose.yml:18" },
      ],
    },
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

const assessed = async (area) => (await twin.list("assessments")).find((each) => each.pack === "backend-maturity" && each.area === area);
const assessment = () => assessed("1");

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

test("a check that no tool can answer says why, in the window's language", async () => {
  for (const [language, words] of [["en", /No tool can tell:.*team's own records/], ["de", /Kein Werkzeug kann es sagen:.*Aufzeichnungen des Teams/]]) {
    await inWindow("#/checklist/answers/backend-health%2F2.7", { language, width: 1440, height: 900 }, async (window) => {
      await window.getByRole("row", { name: /^2\.7/ }).getByText(words).waitFor();
      await window.locator("article .proposal").getByText(words).waitFor();
    });
  }
});

test("the technology stack is filled from evidence, and taken back in one step", async () => {
  await inWindow("#/maturity", { width: 1440, height: 900 }, async (window) => {
    await goTo(window, "#/maturity/assessments/backend-maturity%2F2");
    await window.getByText("The evidence knows 2 technologies that are not in the table.").waitFor();
    await window.getByRole("button", { name: "Fill from evidence…" }).click();
    const dialog = window.getByRole("dialog", { name: "Fill from evidence…" });
    await dialog.getByRole("row", { name: /Python.*3\.8.*ended on.*pyproject\.toml:7/ }).waitFor();
    // A row leads to its place in the file.
    await dialog.getByRole("button", { name: "compose.yml:18" }).click();
    await window.getByRole("dialog", { name: /PostgreSQL 13/ }).getByText("compose.yml:18").first().waitFor();
    await window.keyboard.press("Escape");
    await dialog.getByLabel("PostgreSQL").uncheck();
    await dialog.getByRole("button", { name: "Add 1 row" }).click();
    const rows = async () => (await assessed("2"))?.tables["technology-stack"] ?? [];
    await until("the row", async () => (await rows()).some((row) => row.technology === "Python" && row.component === "Language" && row.source === "pyproject.toml:7"));
    assert.equal((await rows()).length, 5, "it took the place of a starting row");
    await window.getByText("The evidence knows 1 technology that is not in the table.").waitFor();
    await window.getByRole("button", { name: "Undo" }).last().click();
    await until("it taken back", async () => (await rows()).length === 0);
    await window.getByText("The evidence knows 2 technologies that are not in the table.").waitFor();
  });
});
