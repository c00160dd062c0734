// What tools' words for severity mean, in Chromium against the real core: shown with an unknown word first, changed by
// keyboard, taken back, set back.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty } from "./engagements.mjs";
import { axeSource, inWindow as within, launch, scratch, settled, Twin, until } from "./harness.mjs";

const folder = scratch();
/** Where pictures are kept to be looked at, if anywhere. */
const pictures = process.env.GROMA_PICTURES;
let browser;
let twin;

const result = (line, severity) => ({
  check_id: `rules.${severity.toLowerCase()}`,
  path: "src/orders.py",
  start: { line, col: 1 },
  end: { line, col: 20 },
  extra: { message: `A result of severity ${severity}`, severity, metadata: {}, lines: "query(text)" },
});

before(async () => {
  browser = await launch();
  twin = await Twin.start(join(folder, "a"), makeEmpty(folder));
  const report = join(folder, "semgrep.json");
  const results = [result(3, "ERROR"), result(5, "ERROR"), result(8, "WARNING"), result(9, "URGENT")];
  writeFileSync(report, JSON.stringify({ version: "1.2.0", errors: [], paths: { scanned: ["src/orders.py"] }, results }));
  const leaks = join(folder, "leaks.json");
  const leak = { Description: "Generic key", StartLine: 3, EndLine: 3, Match: "k", Secret: "k", File: "a.env", Commit: "", RuleID: "generic", Fingerprint: "a.env:generic:3", Tags: [] };
  writeFileSync(leaks, JSON.stringify([leak]));
  await twin.call("import", { paths: [report, leaks] });
});
after(async () => {
  await browser?.close();
  twin?.stop();
});

const inWindow = (how, work) => within(browser, twin, { width: 1024, height: 700, hash: "#/evidence", ...how }, work);
const rated = async () => Object.fromEntries((await twin.call("issues")).map((issue) => [`${issue.native_severity}:${issue.line}`, `${issue.severity} ${issue.severity_origin}`]));

async function openTab(page, name = /Severities/) {
  await page.getByRole("tab", { name }).click();
  await settled(page);
}

test("an unknown word stands first, is given a meaning by keyboard, and one step takes it back", async () => {
  await inWindow({}, async (page) => {
    await openTab(page);
    const semgrep = page.getByRole("region", { name: "Semgrep" });
    await semgrep.waitFor();
    const rows = semgrep.getByRole("row");
    assert.match((await rows.nth(1).innerText()).replaceAll(/\s+/g, " "), /URGENT 1 .*not known: assigned by Groma at import/);
    assert.match(await semgrep.innerText(), /1 unknown word/);
    assert.match((await page.getByRole("tab", { name: /Severities/ }).innerText()).replaceAll(/\s+/g, " "), /1/, "the tab counts what is unknown");
    // A tool that knows none says whose severity it is.
    assert.match((await page.getByRole("region", { name: "Gitleaks" }).innerText()).replaceAll(/\s+/g, " "), /nothing 1 .*assigned by Groma: the tool gives none/);
    const axe = await page.evaluate(readFileSync(axeSource, "utf8")).then(() => page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] })));
    assert.deepEqual(axe.violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => [id, nodes[0].target]), []);

    const select = semgrep.getByLabel("Severity of “URGENT”, Semgrep");
    assert.equal(await select.inputValue(), "");
    await select.focus();
    await page.keyboard.type("Crit");
    await page.keyboard.press("Tab");
    await until("the word has a meaning", async () => (await rated())["URGENT:9"] === "critical consultant");
    await page.getByText("The words of Semgrep mean something else now.").waitFor();
    await until("it is no longer unknown", async () => !(await semgrep.innerText()).includes("not known: assigned"));
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await until("it is unknown again", async () => (await rated())["URGENT:9"] === "medium importer");
    await until("and said to be", async () => (await semgrep.innerText()).includes("not known: assigned"));
  });
});

test("a known word changes all that say it, and is set back to the built-in table", async () => {
  await inWindow({}, async (page) => {
    await openTab(page);
    const semgrep = page.getByRole("region", { name: "Semgrep" });
    await semgrep.getByLabel("Severity of “ERROR”, Semgrep").selectOption("critical");
    await until("both results", async () => {
      const now = await rated();
      return now["ERROR:3"] === "critical consultant" && now["ERROR:5"] === "critical consultant" && now["WARNING:8"] === "medium tool";
    });
    const measured = await twin.call("measurements");
    assert.equal(measured.find(({ metric }) => metric === "sast.issues.critical").value, 2);
    await until("it is told", async () => /instead of High/.test(await semgrep.innerText()));
    await semgrep.getByRole("button", { name: "Reset “ERROR”, Semgrep" }).press("Enter");
    await until("the tool's word again", async () => (await rated())["ERROR:3"] === "high tool");
    await until("nothing is kept", async () => (await twin.list("severities")).length === 0);
    // Tools of which nothing is here are found by name, or shown all.
    await page.getByLabel("Tool, format or word").fill("trivy");
    await page.getByRole("region", { name: "Trivy", exact: true }).waitFor();
    assert.equal(await page.getByRole("region", { name: "Semgrep" }).count(), 0);
    await page.getByLabel("Tool, format or word").fill("");
    assert.equal(await page.getByRole("region", { name: "Grype" }).count(), 0);
    await page.getByLabel("Tools of which nothing is here, too").check();
    await page.getByRole("region", { name: "Grype" }).waitFor();
    assert.ok(await page.getByLabel("Severity of “error”, SARIF").isDisabled(), "each SARIF file names its own tool");
  });
});

test("an issue whose severity Groma assigned says so in the lists", async () => {
  await inWindow({}, async (page) => {
    await page.getByRole("tab", { name: /Candidates/ }).click();
    const urgent = page.getByRole("row", { name: /URGENT/ });
    await urgent.waitFor();
    assert.match(await urgent.innerText(), /Severity assigned by Groma/);
    assert.doesNotMatch(await page.getByRole("row", { name: /severity WARNING/ }).innerText(), /assigned by Groma/);
  });
});

test("the tab is there in German, in light and dark, wide and narrow", async () => {
  for (const [width, height] of [[1440, 900], [1024, 700]])
    for (const theme of ["light", "dark"])
      for (const language of ["en", "de"])
        await inWindow({ width, height, theme, language }, async (page) => {
          await openTab(page, language === "de" ? /Schweregrade/ : /Severities/);
          await page.getByRole("region", { name: "Semgrep" }).waitFor();
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(wide <= 0, `nothing is wider than the window (${width}, ${language})`);
          if (pictures) {
            mkdirSync(pictures, { recursive: true });
            await page.screenshot({ path: join(pictures, `severities-${language}-${theme}-${width}.png`) });
          }
        });
});
