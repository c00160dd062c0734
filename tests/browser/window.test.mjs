// What people do on the screens, in Chromium against the real core: by keyboard, with tables, on a slow machine.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeEmpty, makeSample } from "./engagements.mjs";
import { goTo, inWindow as within, launch, openWindow, scratch, settled, Twin, until } from "./harness.mjs";

const folder = scratch();
let browser;
let sample;
let empty;

before(async () => {
  browser = await launch();
  sample = await Twin.start(join(folder, "a"), makeSample(folder));
  empty = await Twin.start(join(folder, "b"), makeEmpty(folder));
});
after(async () => {
  await browser?.close();
  sample?.stop();
  empty?.stop();
});

/** Runs a test in a small window of its own. */
const inWindow = (twin, hash, how, work) => within(browser, twin, { width: 1024, height: 700, hash, ...how }, work);

/** Holds the answers to some commands back until `release`. */
async function hold(page, words) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route("**/call", async (route) => {
    if (words.includes(JSON.parse(route.request().postData() ?? "{}").do)) await released;
    await route.continue();
  });
  return release;
}

for (const [page, kind, field] of [["findings", "findings", "title"], ["risks", "risks", "title"], ["metrics", "metrics", "name"], ["notes", "notes", "title"]]) {
  test(`what is typed right after n is the new one's ${field}, however slow the core: ${page}`, async () => {
    await inWindow(sample, `#/${page}`, {}, async (window) => {
      const before = (await sample.list(kind)).length;
      const release = await hold(window, ["insert", "list", "get"]);
      await window.keyboard.press("n");
      const typed = "No letter of this is lost, n or ? or /";
      await window.keyboard.type(typed);
      release();
      const made = await until("the new one with its title", async () => (await sample.list(kind)).find((each) => each[field] === typed));
      assert.equal((await sample.list(kind)).length, before + 1, "letters are no shortcuts");
      // And on it goes in the same field.
      await window.keyboard.type("!");
      await until("the next letter", async () => (await sample.call("get", { kind, id: made.id }))[field] === `${typed}!`);
    });
  });
}

test("a new finding from the palette takes what is typed, too", async () => {
  await inWindow(sample, "#/findings", {}, async (window) => {
    await window.keyboard.press("Control+k");
    await window.getByRole("dialog").getByRole("combobox").fill("New finding");
    const release = await hold(window, ["insert", "list"]);
    await window.keyboard.press("Enter");
    await window.getByRole("dialog").waitFor({ state: "detached" });
    await until("something to type into", () => window.evaluate(() => document.activeElement instanceof HTMLTextAreaElement));
    await window.keyboard.type("From the palette");
    release();
    await until("the finding", async () => (await sample.list("findings")).some(({ title }) => title === "From the palette"));
  });
});

test("the window shows its page before there is any layout", async () => {
  await inWindow(sample, "#/overview", {}, async (window) => {
    await window.route("**/call", (route) => (JSON.parse(route.request().postData() ?? "{}").do === "layout" ? undefined : route.continue()));
    for (const page of ["findings", "checklist", "roadmap", "report"]) {
      await window.evaluate((to) => void (location.hash = to), `#/${page}`);
      await window.reload();
      await window.locator("main h1").first().waitFor();
      await until(`something on ${page}`, async () => (await window.locator("main").innerText()).length > 40);
    }
  });
});

test("a table is sorted, filtered, selected and copied as a spreadsheet takes it", async () => {
  await inWindow(sample, "#/findings", {}, async (window) => {
    const grid = window.getByRole("grid");
    const numbers = () => grid.locator('[role="row"] [aria-colindex="1"][role="gridcell"]').allInnerTexts();
    const inOrder = await numbers();
    await grid.getByRole("columnheader", { name: "No." }).getByRole("button").click();
    await grid.getByRole("columnheader", { name: "No." }).getByRole("button").click();
    assert.equal(await grid.getByRole("columnheader", { name: "No." }).getAttribute("aria-sort"), "descending");
    // Of all, not of those that were in view before.
    const all = (await sample.list("findings")).map(({ number }) => `F-${String(number).padStart(3, "0")}`);
    assert.deepEqual((await numbers()).slice(0, 3), all.sort().reverse().slice(0, 3));
    await grid.getByRole("columnheader", { name: "No." }).getByRole("button").click();
    assert.deepEqual(await numbers(), inOrder);

    await window.getByRole("combobox", { name: /Severity/ }).selectOption("Critical");
    const critical = (await sample.list("findings")).filter(({ severity }) => severity === "critical");
    await until("the filtered rows", async () => (await numbers()).length === critical.length);
    await grid.locator('[role="row"]').nth(1).click();
    await grid.locator('[role="row"]').nth(2).click({ modifiers: ["Control"] });
    assert.equal(await grid.locator('[aria-selected="true"]').count(), 2);
    await window.getByRole("toolbar", { name: "2 selected" }).waitFor();
    await window.keyboard.press("Control+c");
    const copied = await until("the clipboard", async () => {
      const text = await window.evaluate(() => navigator.clipboard.readText());
      return text.startsWith("No.\t") ? text : null;
    });
    const lines = copied.split("\n").map((line) => line.split("\t"));
    assert.equal(lines.length, 3);
    // Columns that have no room are copied all the same.
    assert.ok(lines[0].includes("Owner") && lines[0].length === lines[1].length);
    assert.deepEqual(lines.slice(1).map((line) => line[2]), critical.slice(0, 2).map(({ title }) => title));
    await window.keyboard.press("Escape");
    assert.equal(await grid.locator('[aria-selected="true"]').count(), 0);
    await window.getByRole("searchbox", { name: "Filter", exact: true }).fill("no such words anywhere");
    await window.getByText("Nothing matches the filter").waitFor();
  });
});

test("columns without room come back when asked for, and with a wider window", async () => {
  await inWindow(sample, "#/findings", {}, async (window) => {
    const owner = window.getByRole("columnheader", { name: "Owner" });
    assert.equal(await owner.count(), 0);
    await window.getByRole("button", { name: /\+\d columns/ }).click();
    await owner.waitFor();
    await window.getByRole("button", { name: /\+\d columns/ }).click();
    await owner.waitFor({ state: "detached" });
    await window.setViewportSize({ width: 2400, height: 900 });
    await owner.waitFor();
    await window.getByRole("button", { name: /\+\d columns/ }).waitFor({ state: "detached" });
  });
});

test("rows are taken by keyboard, changed together, removed and brought back", async () => {
  await inWindow(sample, "#/risks", {}, async (window) => {
    const before = await sample.list("risks");
    await window.getByRole("grid").focus();
    await window.keyboard.press("Home");
    await window.keyboard.press("Shift+ArrowDown");
    await window.getByRole("toolbar", { name: "2 selected" }).getByRole("combobox", { name: "Treatment" }).selectOption("transfer");
    await until("both changed", async () => (await sample.list("risks")).slice(0, 2).every(({ treatment }) => treatment === "transfer"));
    await window.getByRole("grid").focus();
    await window.keyboard.press("Home");
    await window.keyboard.press("Delete");
    await until("one less", async () => (await sample.list("risks")).length === before.length - 1);
    await window.getByRole("button", { name: "Undo" }).last().click();
    await until("all back", async () => (await sample.list("risks")).length === before.length);
  });
});

test("cells from a spreadsheet are pasted into an area's table, over its rows and beyond", async () => {
  await inWindow(sample, "#/maturity", {}, async (window) => {
    const [assessment] = await sample.list("assessments");
    await goTo(window, `#/maturity/assessments/${assessment.id}`);
    const table = window.locator("main table").filter({ has: window.locator("td input, td textarea") }).first();
    const cell = table.locator("td input, td textarea").first();
    await cell.scrollIntoViewIfNeeded();
    await cell.focus();
    await window.evaluate(() => navigator.clipboard.writeText('pasted one\t"with a\ttab"\npasted two\tx'));
    await window.keyboard.press("Control+v");
    await until("the rows", async () => {
      const { tables } = await sample.call("get", { kind: "assessments", id: assessment.id });
      const cells = JSON.stringify(tables);
      return cells.includes("pasted one") && cells.includes("pasted two");
    });
  });
});

test("F6 goes round the panes, ? shows the keys, the palette leads anywhere", async () => {
  await inWindow(sample, "#/overview", {}, async (window) => {
    const pane = () => window.evaluate(() => document.activeElement?.closest("[data-pane]")?.dataset.pane);
    const round = [];
    for (let n = 0; n < 4; n += 1) {
      await window.keyboard.press("F6");
      round.push(await pane());
    }
    assert.deepEqual(round, ["sections", "middle", "live", "sections"]);
    await window.keyboard.press("Shift+F6");
    assert.equal(await pane(), "live");
    await window.keyboard.press("?");
    await window.getByRole("dialog").waitFor();
    await window.keyboard.press("Escape");
    await window.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await pane(), "live", "the focus is back where it was");
    await window.keyboard.press("Control+k");
    await window.keyboard.type("go to roadmap");
    await window.keyboard.press("Enter");
    await window.getByRole("heading", { name: "Roadmap" }).waitFor();
    await window.keyboard.press("Alt+ArrowLeft");
    await window.getByRole("heading", { name: /Parcelline/ }).first().waitFor();
  });
});

test("the checklist is answered without a mouse", async () => {
  await inWindow(empty, "#/checklist", {}, async (window) => {
    await window.getByRole("grid").first().focus();
    await window.keyboard.press("Home");
    await window.keyboard.press("p");
    const verdict = async (check) => (await empty.list("answers")).find((each) => each.check === check)?.verdict;
    await until("the first verdict", async () => (await verdict("1.1")) === "pass");
    await window.keyboard.press("j");
    await window.keyboard.press("f");
    await until("the second verdict", async () => (await verdict("1.2")) === "fail");
    await window.keyboard.press("Control+z");
    await until("it taken back", async () => (await verdict("1.2")) !== "fail");
  });
});

test("a hit of the search leads to its field, with the cursor in it", async () => {
  await inWindow(sample, "#/overview", {}, async (window) => {
    await window.keyboard.press("/");
    await window.getByRole("dialog").getByRole("combobox").fill("F-001 optimiser");
    await window.getByRole("dialog").getByRole("combobox").fill("optimiser restarts");
    await window.getByRole("dialog").getByRole("option").first().waitFor();
    await window.keyboard.press("Enter");
    await until("the focus in a field", () => window.evaluate(() => document.activeElement?.closest("[data-field]")?.dataset.field));
  });
});

test("a typed letter brings its lines alone, which one picture of the page replaces in a pause", async () => {
  await inWindow(sample, "#/overview", {}, async (page) => {
    const asked = [];
    page.on("request", (request) => request.url().includes("/page/") && asked.push(request.url()));
    const { id } = await page.evaluate(async () => {
      const answer = await fetch("/call", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ do: "list", kind: "findings" }) });
      return (await answer.json())[3];
    });
    await page.evaluate((finding) => (location.hash = `#/findings/findings/${finding}`), id);
    await page.reload();
    await page.locator(`[data-field="findings/${id}/condition"] .cm-content`).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Seen");
    // The page has come into view, whole: nothing more is asked of it.
    for (let before = -1; asked.length === 0 || asked.length > before; ) {
      before = asked.length;
      await new Promise((resolve) => setTimeout(resolve, 3500));
    }
    asked.length = 0;
    // Watched from within the page: it is there for a moment.
    const laidOn = page.evaluate(
      () =>
        new Promise((resolve) => {
          const look = () => {
            const slot = document.querySelector('[role="document"] .picture img + img')?.closest(".slot");
            if (!slot) return;
            watch.disconnect();
            resolve([...slot.parentElement.children].indexOf(slot));
          };
          const watch = new MutationObserver(look);
          watch.observe(document.querySelector('[role="document"]'), { subtree: true, childList: true });
        }),
    );
    await page.keyboard.type("x");
    const number = await laidOn;
    const rows = asked.map((url) => /\+(\d+)-(\d+)\.png$/.exec(url)).filter(Boolean);
    assert.ok(rows.length > 0 && rows.every(([, from, to]) => Number(to) > Number(from)), asked.join("\n"));
    const look = () => page.locator('[role="document"] .slot').nth(number).locator(".picture").screenshot();
    const laidOver = await look();
    await page.locator('[role="document"] .picture img + img').first().waitFor({ state: "detached" });
    assert.ok(laidOver.equals(await look()), "the page looks the same when it is drawn whole");
  });
});

test("a risk moves in the matrix by arrow keys", async () => {
  await inWindow(sample, "#/risks", {}, async (window) => {
    await window.keyboard.press("m");
    const [risk] = await sample.list("risks");
    const mark = window.locator("td[data-cell]").getByRole("button", { name: /R-001/ });
    await mark.focus();
    await window.keyboard.press("ArrowDown");
    await until("the new likelihood", async () => (await sample.call("get", { kind: "risks", id: risk.id })).current.likelihood === risk.current.likelihood - 1);
  });
});

/** Presses the mouse on one element and moves it over another, to a share of its height; the button stays down. */
async function carry(window, from, to, share = 0.5) {
  await from.scrollIntoViewIfNeeded();
  const start = await from.boundingBox();
  await window.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await window.mouse.down();
  const end = await to.boundingBox();
  await window.mouse.move(end.x + end.width / 2, end.y + end.height * share, { steps: 8 });
}

test("a card is dragged to another column of the board, to the place that was marked", async () => {
  await inWindow(sample, "#/roadmap", { livePage: false }, async (window) => {
    await window.getByRole("tab", { name: "Board" }).click();
    const [first, second] = (await sample.list("phases")).map(({ id }) => id);
    const there = async () => (await sample.list("initiatives")).filter(({ phase }) => phase === second).map(({ id }) => id);
    const [moved] = (await sample.list("initiatives")).filter(({ phase }) => phase === first);
    const before = await there();
    const card = window.locator(`[data-card="${moved.id}"]`);
    const below = window.locator(`[data-card="${before[0]}"]`);

    await carry(window, card, below, 0.9);
    await window.locator("li.after").waitFor();
    await window.keyboard.press("Escape");
    await window.mouse.up();
    await settled(window);
    assert.deepEqual(await there(), before, "Escape leaves it where it was");

    await carry(window, card, below, 0.9);
    await window.mouse.up();
    await until("the card in its place", async () => (await there()).join() === [before[0], moved.id, ...before.slice(1)].join());
    await window.locator(`[data-column="${second}"] [data-card="${moved.id}"]`).waitFor();
    await window.keyboard.press("Control+z");
    await until("all of it taken back in one step", async () => (await there()).join() === before.join());
  });
});

test("a row is dragged down a table that scrolls under it", async () => {
  await inWindow(sample, "#/findings", {}, async (window) => {
    const order = async () => (await sample.list("findings")).map(({ id }) => id);
    const [first, ...rest] = await order();
    const grid = window.getByRole("grid");
    const rows = grid.locator('.body [role="row"]');
    await carry(window, rows.first(), rows.nth(3), 0.9);
    await window.mouse.up();
    await until("the row in its place", async () => (await order()).indexOf(first) === 3);
    assert.match(await window.evaluate(() => location.hash), /^#\/findings$/, "a drag opens nothing");

    // At the edge the table comes up from below, and the row that is carried goes out of what is drawn.
    // The window shows the new order first: else it is the same row that is carried once more.
    await settled(window);
    const box = await grid.boundingBox();
    await carry(window, rows.first(), rows.nth(1));
    await window.mouse.move(box.x + 200, box.y + box.height - 3);
    await until("the end of the table", () => grid.evaluate((it) => it.scrollTop > 0 && it.scrollTop + it.clientHeight >= it.scrollHeight - 1));
    await window.mouse.up();
    await until("the row at the end", async () => (await order()).indexOf(rest[0]) >= rest.length - 1);
  });
});

test("a risk is dragged to another cell, and a section to another place", async () => {
  await inWindow(sample, "#/risks", {}, async (window) => {
    await window.keyboard.press("m");
    const risk = (await sample.list("risks")).findLast(({ current }) => current !== null);
    const { likelihood, impact } = risk.current;
    const to = `${likelihood === 5 ? 4 : 5}/${impact === 1 ? 2 : 1}`;
    await carry(window, window.locator(`td[data-cell] [data-risk="${risk.id}"]`), window.locator(`td[data-cell="${to}"]`));
    await window.mouse.up();
    await until("the new rating", async () => {
      const { current } = await sample.call("get", { kind: "risks", id: risk.id });
      return `${current.likelihood}/${current.impact}` === to;
    });
    assert.match(await window.evaluate(() => location.hash), /^#\/risks$/, "a drag opens nothing");

    await goTo(window, "#/report");
    await window.getByRole("tab", { name: "Sections" }).click();
    const rows = window.locator('ul[data-field^="engagement/"] > li');
    const titles = () => rows.locator(".title").allInnerTexts();
    const [first, second, third] = await titles();
    await carry(window, rows.first().locator(".title"), rows.nth(2), 0.9);
    await window.mouse.up();
    await until("the section in its place", async () => (await titles()).slice(0, 3).join() === [second, third, first].join());
    await until("the order in the core", async () => (await sample.call("get", { kind: "engagement", id: "" })).sections["audit-report"]?.length > 0);
  });
});

test("open places of a title are marked, and taken one after another", async () => {
  await inWindow(sample, "#/findings", {}, async (window) => {
    const { id } = (await sample.list("findings")).at(-1);
    await goTo(window, `#/findings/findings/${id}/title`);
    const title = window.locator(`[data-field="findings/${id}/title"]`);
    const control = title.locator("textarea, input");
    await control.fill("The {{pool}} of {{service}} runs dry");
    await until("the title", async () => (await sample.call("get", { kind: "findings", id })).title.includes("{{service}}"));
    assert.deepEqual(await title.locator("i").allInnerTexts(), ["{{pool}}", "{{service}}"]);
    await control.press("Control+Home");
    await control.press("Alt+.");
    await window.keyboard.type("pool");
    await control.press("Alt+.");
    await window.keyboard.type("billing");
    await until("both filled", async () => (await sample.call("get", { kind: "findings", id })).title === "The pool of billing runs dry");
    assert.equal(await title.locator("i").count(), 0);
  });
});

test("a picture that is pasted twice is kept once", async () => {
  await inWindow(sample, "#/notes", {}, async (window) => {
    const [note] = await sample.list("notes");
    const before = (await sample.list("images")).length;
    await goTo(window, `#/notes/notes/${note.id}/body`);
    const picture = [...(await window.screenshot({ clip: { x: 0, y: 0, width: 90, height: 60 } }))];
    const editor = window.locator(`[data-field="notes/${note.id}/body"] .cm-content`);
    const pasted = async (times) => {
      await editor.focus();
      await editor.evaluate((element, bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
        element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, picture);
      return until(`the picture in the text, ${times}`, async () => {
        const found = [...(await sample.call("get", { kind: "notes", id: note.id })).body.matchAll(/!\[\]\((image:picture[^)]*)\)/g)];
        return found.length === times && found.map(([, target]) => target);
      });
    };
    await pasted(1);
    assert.equal((await sample.list("images")).length, before + 1);
    const [first, second] = await pasted(2);
    assert.equal(first, second);
    assert.equal((await sample.list("images")).length, before + 1);
  });
});

test("the window says in its language what the core refuses", async () => {
  await inWindow(empty, "#/report", { language: "de" }, async (window) => {
    await window.getByRole("button", { name: /PDF ausgeben/ }).click();
    const dialog = window.getByRole("dialog");
    await dialog.getByRole("textbox").fill(join(folder, "no", "such", "folder", "report.pdf"));
    await window.keyboard.press("Enter");
    await window.getByText(/report\.pdf: diesen Pfad gibt es nicht/).waitFor();
  });
});

test("why a section is left out is said of each, in both languages", async () => {
  for (const [language, tab, said] of [["en", "Sections", "Left out:"], ["de", "Abschnitte", "Entfällt:"]]) {
    await inWindow(empty, "#/report", { language }, async (window) => {
      await window.getByRole("tab", { name: tab }).click();
      const reasons = window.getByText(said).locator("xpath=..");
      await reasons.first().waitFor();
      const told = await reasons.evaluateAll((all) => all.map((each) => [each.textContent.trim(), each.querySelector("button") !== null]));
      assert.ok(told.length > 15, `${told.length} of an empty engagement's sections are left out`);
      for (const [reason, leads] of told) assert.ok(reason.length > said.length + 12 && leads, reason);
    });
  }
});

test("two windows on one engagement stay in step", async () => {
  await inWindow(sample, "#/findings", {}, async (one) => {
    await inWindow(sample, "#/findings", {}, async (other) => {
      const [finding] = await sample.list("findings");
      await goTo(one, `#/findings/findings/${finding.id}/title`);
      const title = one.locator(`[data-field="findings/${finding.id}/title"]`).locator("input, textarea");
      await title.fill("Both windows say this");
      await other.getByRole("gridcell", { name: "Both windows say this" }).waitFor();
    });
  });
});

test("each template keeps the sections that were chosen for it", async () => {
  await inWindow(sample, "#/report", {}, async (window) => {
    const engagement = await sample.call("get", { kind: "engagement", id: "" });
    await sample.call("update", { kind: "engagement", id: engagement.id, fields: { template: "technical-due-diligence", sections: {} } });
    await window.getByRole("tab", { name: "Sections" }).click();
    await window.getByRole("checkbox", { name: "Print For the investor" }).waitFor();
    await window.getByRole("checkbox", { name: "Print Budget" }).uncheck();
    const kept = await until("the choice", async () => {
      const { sections } = await sample.call("get", { kind: "engagement", id: "" });
      return sections["technical-due-diligence"]?.some(({ id, off }) => id === "budget" && off) && sections;
    });
    assert.deepEqual(Object.keys(kept), ["technical-due-diligence"], "no other template is told");
    await sample.call("update", { kind: "engagement", id: engagement.id, fields: { template: "audit-report" } });
    await until("the other template's own", () => window.getByRole("checkbox", { name: /Executive summary/ }).isVisible());
    assert.equal(await window.locator('ul[data-field^="engagement/"] input:not(:checked)').count(), 0);
    await sample.call("update", { kind: "engagement", id: engagement.id, fields: { sections: {} } });
  });
});

test("a brand takes font files, sets text in them, and lets them go", async () => {
  const fonts = join(import.meta.dirname, "../../src-tauri/crates/typeset/tests/fonts");
  await inWindow(sample, "#/report", {}, async (window) => {
    const { brand } = await sample.call("add_brand", { from: "groma", name: "House", take: true });
    const kept = () => sample.call("get", { kind: "brands", id: brand.id });
    await window.getByRole("tab", { name: "Look" }).click();
    const pick = async (...files) => {
      await window.getByRole("button", { name: "Import fonts…" }).click();
      await window.getByRole("dialog").getByRole("textbox").fill(files.join("\n"));
      await window.getByRole("dialog").locator("button.primary").click();
    };
    await pick(join(fonts, "LibertinusSerif-Regular.otf"), join(fonts, "LibertinusSerif-Bold.otf"), join(fonts, "OFL.txt"));
    await window.getByText(/OFL\.txt: it is no TrueType or OpenType font/).waitFor();
    await window.getByText(/Libertinus Serif Bold lacks letters .*€/).waitFor();
    await window.getByRole("button", { name: "Use for all text: Libertinus Serif" }).click();
    await until("the family", async () => (await kept()).body_font === "Libertinus Serif");
    assert.equal((await kept()).fonts.length, 2);
    // In the list of families for each kind of text, too.
    assert.equal(await window.getByLabel("Headings").inputValue(), "Libertinus Serif");
    await window.getByRole("button", { name: "Take out: Libertinus Serif Bold" }).click();
    await until("one font less", async () => (await kept()).fonts.length === 1);
    await window.keyboard.press("Control+z");
    await until("it is back", async () => (await kept()).fonts.length === 2);
    await sample.call("update", { kind: "engagement", id: (await sample.call("get", { kind: "engagement", id: "" })).id, fields: { brand: "groma" } });
  });
});

test("the report is exported to the path that was typed", async () => {
  await inWindow(empty, "#/report", {}, async (window) => {
    await window.getByRole("button", { name: /Export PDF/ }).click();
    const pdf = join(folder, "typed.pdf");
    const dialog = window.getByRole("dialog");
    await dialog.getByRole("textbox").fill(pdf);
    await window.keyboard.press("Enter");
    await until("the PDF", () => {
      try {
        return readFileSync(pdf).subarray(0, 5).toString() === "%PDF-";
      } catch {
        return false;
      }
    });
  });
});

test("theme and language stay as they were chosen, and nothing of the client is kept in the browser", async () => {
  await inWindow(sample, "#/overview", {}, async (window) => {
    await window.locator("header.title button[aria-haspopup]").last().click();
    await window.getByText("Deutsch").click();
    await window.getByRole("button", { name: "Überblick" }).waitFor();
    await window.reload();
    await window.getByRole("button", { name: "Überblick" }).waitFor();
    const kept = await window.evaluate(async () => JSON.stringify({ ...localStorage, ...sessionStorage, databases: await indexedDB.databases() }));
    assert.doesNotMatch(kept, /Parcel|Meridian|groma"?:.*\.groma/);
  });
});
