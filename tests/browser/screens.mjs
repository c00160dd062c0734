// Every screen of the window: what is looked at in pictures and checked for accessibility.

import { goTo, settled } from "./harness.mjs";

const PAGES = ["overview", "engagement", "intake", "evidence", "checklist", "maturity", "architecture", "findings", "risks", "roadmap", "resources", "metrics", "notes", "report", "history"];

/** Places where one object is open, by kind; only where the engagement has one. */
const EDITORS = [
  ["evidence", "artifacts"],
  ["checklist", "answers"],
  ["maturity", "assessments"],
  ["architecture", "architectures"],
  ["findings", "findings"],
  ["risks", "risks"],
  ["roadmap", "initiatives"],
  ["resources", "roles"],
  ["resources", "resources"],
  ["metrics", "metrics"],
  ["notes", "notes"],
  ["report", "images"],
  ["report", "diagrams"],
];

/** Sheets above a page. */
const SHEETS = [
  ["palette", (page) => page.keyboard.press("Control+k")],
  ["shortcuts", (page) => page.keyboard.press("?")],
  ["search", async (page) => {
    await page.keyboard.press("/");
    await page.getByRole("dialog").getByRole("combobox").fill("order");
  }],
  ["view-menu", (page) => page.locator("header.title button[aria-haspopup]").last().click()],
];

/** Dialogs that a button of a page opens: where, what the engagement must have for the button, and which it is. */
const DIALOGS = [
  ...["compare", "report", "sources"].map((name, at) => [`architecture-${name}`, "#/architecture", "architectures", (page) => page.locator("header.bar .group:last-child button:not(.icon, [aria-pressed])").nth(at).click()]),
  ["maturity-fill", "#/maturity/assessments/backend-maturity%2F2", "assessments", (page) => page.locator(".known button").click()],
  ["findings-library", "#/findings", "findings", (page) => page.locator(".page-head button:not(.primary)").first().click()],
];

/** Whether the address names an object that the engagement has. */
async function first(twin, kind) {
  const all = await twin.list(kind);
  return all[0]?.id ?? null;
}

/**
 * Goes through the screens, one after another; `visit` is called at each with its name. `wanted` leaves out by name.
 * Tabs are found where they are, so that a new one is looked at without a word here.
 */
export async function eachScreen(page, twin, visit, { wanted = () => true, sheets = true } = {}) {
  const see = async (name) => {
    if (!wanted(name)) return;
    await settled(page);
    await visit(name);
  };
  for (const id of PAGES) {
    if (wanted.begins && !wanted.begins(id)) continue;
    await goTo(page, `#/${id}`);
    const tabs = page.locator('main [role="tab"]');
    const names = await tabs.evaluateAll((all) => all.map((tab) => tab.id.split("-").slice(1).join("-")));
    if (names.length === 0) await see(id);
    for (const [at, name] of names.entries()) {
      await tabs.nth(at).click();
      await see(`${id}-${name}`);
    }
  }
  for (const [id, kind] of EDITORS) {
    const name = `${id}-open-${kind}`;
    const object = wanted(name) ? await first(twin, kind) : null;
    if (object === null) continue;
    await goTo(page, `#/${id}/${kind}/${object}`);
    await see(name);
  }
  if (!sheets) return;
  for (const [name, open] of SHEETS) {
    if (!wanted(name)) continue;
    await goTo(page, "#/overview");
    await page.locator("main").focus();
    await open(page);
    await see(name);
  }
  for (const [name, hash, kind, open] of DIALOGS) {
    if (!wanted(name) || (await first(twin, kind)) === null) continue;
    await goTo(page, hash);
    await open(page);
    await page.getByRole("dialog").waitFor();
    await see(name);
  }
}
