// Journeys in the real window: the built application under WebKitWebDriver. Needs a display and a bus (`make e2e`).

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { CTRL, END, Window, eventually, laidOut, startDriver } from "./webdriver.mjs";

const target = process.env.CARGO_TARGET_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "groma/target");
const application = join(target, "debug/groma-desktop");
const groma = join(target, "debug/groma");
const shots = new URL("../../out/window/", import.meta.url);

const folder = mkdtempSync(join(tmpdir(), "groma-window-"));
const sample = join(folder, "sample.groma");
let driver;

before(async () => {
  execFileSync(groma, ["sample", sample]);
  // Settings of whoever runs the tests stay as they are; one instance a bus, so each application ends before the next.
  driver = await startDriver({ XDG_CONFIG_HOME: join(folder, "config"), XDG_DATA_HOME: join(folder, "data") });
});

after(async () => {
  await driver?.stop();
  // The driver may end before it has ended the last application.
  spawnSync("pkill", ["-f", `groma-desktop ${folder}`]);
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh copy of the sample, opened by its path on the command line. */
async function opened(name) {
  const file = join(folder, name);
  copyFileSync(sample, file);
  const window = await Window.open(driver.address, application, [file]);
  await window.find("main");
  return { file, window };
}

/** Where the first finding is edited. */
async function openFinding(window) {
  const [finding] = await window.call({ do: "list", kind: "findings" });
  // The address says where the window begins.
  await window.run(`location.hash = "#/findings/findings/" + arguments[0]; location.reload()`, finding.id);
  const field = `[data-field="findings/${finding.id}/condition"] .cm-content`;
  await window.find(field);
  return { finding, field };
}

/** The page on which a word stands, and where. */
async function find(window, word) {
  const { pages } = await window.call({ do: "layout" });
  for (let page = 0; page < pages.length; page += 1) {
    const run = (await window.call({ do: "page_text", page })).find((each) => each.text.includes(word));
    if (run) return { page, hash: pages[page].hash, ...run };
  }
  return null;
}

test("an engagement named on the command line is open with its pages beside it", async () => {
  const { file, window } = await opened("argv.groma");
  try {
    const state = await window.call({ do: "state" });
    assert.equal(state.path, file);
    assert.match(await window.run("return document.body.innerText"), /Parcelline/);
    await eventually("the first page", () =>
      window.run(`const page = document.querySelector('img[src^="page:"]'); return page?.complete && page.naturalWidth > 300`),
    );
    await window.screenshot(new URL("opened.png", shots));
  } finally {
    await window.close();
  }
});

test("what is typed is kept at once and stands on the page", async () => {
  const { file, window } = await opened("typed.groma");
  try {
    const { finding, field } = await openFinding(window);
    await window.click(field);
    await window.press(CTRL, END);
    await window.type(field, " Zanzibar");
    await eventually("the word in the engagement", async () =>
      (await window.call({ do: "get", kind: "findings", id: finding.id })).condition.endsWith(" Zanzibar"),
    );
    await eventually("the word on the page", () => find(window, "Zanzibar"));
    // The page follows the cursor, so that the picture of the page with the word is in view.
    await eventually("the page's picture", async () => {
      const word = await find(window, "Zanzibar");
      return window.run(`return !!document.querySelector('img[src*="' + arguments[0] + '"]')`, word.hash);
    }).finally(() => window.screenshot(new URL("typed.png", shots)));
  } finally {
    await window.close();
  }
  const kept = JSON.parse(execFileSync(groma, ["list", file, "findings", "--json"]));
  assert.ok(kept.some((finding) => finding.condition.endsWith(" Zanzibar")));
});

test("a click on a word of the page puts the cursor there", async () => {
  const { window } = await opened("click.groma");
  try {
    const { finding } = await openFinding(window);
    const offset = finding.condition.search(/[a-z]{5}/) + 1;
    await laidOut(window);
    const place = await window.call({ do: "place", kind: "findings", id: finding.id, field: "condition", offset });
    assert.ok(place, "the field is printed");
    await window.click("nav li:first-child button");
    // Bring the page into view as a person would, then click on the word.
    const { pages } = await window.call({ do: "layout" });
    const point = await eventually("the page in view", () =>
      window.run(
        `const [hash, place, size] = arguments;
         const pages = document.querySelector('[role="document"]');
         const image = pages.querySelector('img[src*="' + hash + '"]');
         if (!image) { pages.scrollTop += pages.clientHeight * 0.8; return null; }
         const scale = () => image.getBoundingClientRect().width / size.width;
         const middle = image.getBoundingClientRect().top + (place.y + place.height / 2) * scale();
         const box = pages.getBoundingClientRect();
         if (middle < box.top + 40 || middle > box.bottom - 40) { pages.scrollTop += middle - (box.top + box.height / 2); return null; }
         return { x: image.getBoundingClientRect().left + (place.x + place.width / 2) * scale(), y: middle };`,
        pages[place.page].hash,
        place,
        pages[place.page],
      ),
    );
    await window.post("/actions", {
      actions: [
        {
          type: "pointer",
          id: "mouse",
          parameters: { pointerType: "mouse" },
          actions: [
            { type: "pointerMove", duration: 0, x: Math.round(point.x), y: Math.round(point.y) },
            { type: "pointerDown", button: 0 },
            { type: "pointerUp", button: 0 },
          ],
        },
      ],
    });
    const field = `[data-field="findings/${finding.id}/condition"]`;
    await eventually("the cursor in the field", () =>
      window.run(`return document.activeElement?.closest("[data-field]")?.matches(arguments[0]) ?? false`, field),
    );
    await window.screenshot(new URL("clicked.png", shots));
    const typed = "Kilimanjaro";
    await window.keys(typed);
    const text = await eventually("the word in the engagement", async () => {
      const { condition } = await window.call({ do: "get", kind: "findings", id: finding.id });
      return condition.includes(typed) ? condition : null;
    });
    assert.ok(Math.abs(text.indexOf(typed) - offset) <= 1, `typed at ${text.indexOf(typed)}, clicked at ${offset}`);
  } finally {
    await window.close();
  }
});

test("nothing that was accepted is lost when the application is killed", async () => {
  const { file, window } = await opened("killed.groma");
  let id;
  try {
    const { finding, field } = await openFinding(window);
    ({ id } = finding);
    await window.click(field);
    await window.press(CTRL, END);
    await window.type(field, " Alpha");
    await eventually("the word in the engagement", async () => (await window.call({ do: "get", kind: "findings", id })).condition.endsWith(" Alpha"));
    await window.type(field, " and what is being typed");
  } finally {
    spawnSync("pkill", ["-9", "-f", `groma-desktop.*${file}`]);
    await window.close().catch(() => {});
  }
  const again = await Window.open(driver.address, application, [file]);
  try {
    await again.find("main");
    const kept = await again.call({ do: "get", kind: "findings", id });
    assert.match(kept.condition, / Alpha/);
    // Told once, in the window.
    await eventually("what was recovered", () => again.run(`return /recover|brought back|crash/i.test(document.body.innerText)`));
    assert.equal((await again.call({ do: "verify" })).sound, true);
  } finally {
    await again.close();
  }
});

test("the window of the pages reads and changes nothing", async () => {
  const { window } = await opened("pages.groma");
  try {
    await window.promise("return await window.__TAURI_INTERNALS__.invoke('open_page_window')");
    const handles = await eventually("the second window", async () => {
      const all = await window.get("/window/handles");
      return all.length === 2 ? all : null;
    });
    const main = await window.get("/window");
    await window.post("/window", { handle: handles.find((handle) => handle !== main) });
    await eventually("its first page", () =>
      window.run(`const page = document.querySelector('img[src^="page:"]'); return page?.complete && page.naturalWidth > 300`),
    );
    await window.screenshot(new URL("pages.png", shots));
    await assert.rejects(window.call({ do: "undo" }), /not allowed|denied/i);
    await assert.rejects(
      window.promise("return await window.__TAURI_INTERNALS__.invoke('show', { command: { do: 'undo' } })"),
      /cannot/,
    );
  } finally {
    await window.close();
  }
});

test("both windows show what is typed in one of them", async () => {
  const { window } = await opened("two.groma");
  try {
    const { finding, field } = await openFinding(window);
    await laidOut(window);
    const main = await window.get("/window");
    await window.promise("return await window.__TAURI_INTERNALS__.invoke('open_page_window')");
    const pages = await eventually("the second window", async () => (await window.get("/window/handles")).find((handle) => handle !== main));
    await window.click(field);
    await window.press(CTRL, END);
    await window.type(field, " Ouagadougou");
    await eventually("the word in the engagement", async () =>
      (await window.call({ do: "get", kind: "findings", id: finding.id })).condition.endsWith(" Ouagadougou"),
    );
    await laidOut(window);
    const word = await eventually("the word on a page", () => find(window, "Ouagadougou"));
    await window.post("/window", { handle: pages });
    // Asked anew each time: the whole takes the place of the part, and its picture may differ by a pixel.
    await eventually("its page in the other window", async () => {
      const { pages } = await window.promise("return await window.__TAURI_INTERNALS__.invoke('show', { command: { do: 'layout' } })");
      return window.run(
        `const pages = document.querySelector('[role="document"]');
         if (!pages) return false;
         if (pages.querySelector('img[src*="' + arguments[0] + '"]')) return true;
         const end = pages.scrollTop + pages.clientHeight >= pages.scrollHeight - 2;
         pages.scrollTop = end ? 0 : pages.scrollTop + pages.clientHeight * 0.8;
         return false;`,
        pages[word.page].hash,
      );
    });
    // The first window is in step with what the core was told from without it, too.
    await window.post("/window", { handle: main });
    await window.call({ do: "undo" });
    await eventually("the field without the word", () =>
      window.run(`return !document.querySelector(arguments[0]).textContent.includes("Ouagadougou")`, field),
    );
  } finally {
    await window.close();
  }
});

test("a file that is opened while the application runs is opened in its window", async () => {
  const { window } = await opened("first.groma");
  try {
    copyFileSync(sample, join(folder, "second.groma"));
    // As a file manager does it, by a path that leads from its own folder.
    const environment = { ...process.env, XDG_CONFIG_HOME: join(folder, "config"), XDG_DATA_HOME: join(folder, "data") };
    const second = spawnSync(application, ["second.groma"], { cwd: folder, env: environment, timeout: 60_000 });
    assert.equal(second.status, 0, "it hands the file over and ends");
    const opened = await eventually("the other file", async () => {
      const { path } = await window.call({ do: "state" });
      return path?.endsWith("second.groma") ? path : null;
    });
    assert.equal(opened, join(folder, "second.groma"));
    await window.find("main h1");
    // What cannot be opened is told, and the open one stays open.
    writeFileSync(join(folder, "broken.groma"), "no engagement");
    spawnSync(application, [join(folder, "broken.groma")], { env: environment, timeout: 60_000 });
    await eventually("why it cannot be opened", () => window.run(`return document.body.innerText.includes("broken.groma")`));
    assert.equal((await window.call({ do: "state" })).path, opened);
  } finally {
    await window.close();
  }
});

/** The processes of the application that hold a file open. */
function holders(file) {
  const links = (pid) => {
    try {
      return readlinkSync(`/proc/${pid}/exe`) === realpathSync(application) ? readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)) : [];
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return [];
    }
  };
  return readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name) && links(name).includes(file));
}

// The window is closing, its last pages are being written, its process is ending, its name is just free.
for (const late of [0, 60, 250, 1000]) {
  test(`a file that is opened ${late} ms after the window was closed is opened all the same`, async () => {
    const file = join(folder, `closing-${late}.groma`);
    const next = join(folder, `opened-${late}.groma`);
    copyFileSync(sample, file);
    copyFileSync(sample, next);
    const environment = { XDG_CONFIG_HOME: join(folder, "config"), XDG_DATA_HOME: join(folder, "data") };
    // One of its own: where the window stays open after all, the driver that was told to close it waits for ever.
    const closer = await startDriver(environment);
    try {
      const window = await Window.open(closer.address, application, [file]);
      await window.find("main");
      window.leave().catch(() => undefined);
      await wait(late);
      spawn(application, [next], { env: { ...process.env, ...environment }, stdio: "ignore" });
      await eventually("the file that was opened last", () => holders(next).length > 0);
    } finally {
      for (const pid of holders(next)) process.kill(Number(pid), "SIGKILL");
      await closer.stop();
    }
  });
}

test("raw tool outputs are imported and the report is exported", async () => {
  const { window } = await opened("export.groma");
  try {
    const raw = join(import.meta.dirname, "../../assets/sample/raw");
    const reply = await window.call({ do: "import", paths: [raw] });
    assert.ok(reply.files.length >= 28);
    assert.ok(reply.files.every((file) => file.outcome === "imported"));
    const pdf = join(folder, "export.pdf");
    const made = await window.call({ do: "report", output: pdf });
    assert.ok(made.pages > 60);
    assert.ok(existsSync(pdf));
    assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
  } finally {
    await window.close();
  }
});

test("the window's page can reach nothing but the application", async () => {
  const { window } = await opened("closed.groma");
  try {
    const blocked = (script) => window.promise(script).then(() => false, () => true);
    // Not that it fails, which it would anyway, but that the window's own policy stops it.
    const stopped = await window.promise(`return await new Promise((stop) => {
      addEventListener("securitypolicyviolation", (event) => stop(event.effectiveDirective));
      fetch("${driver.address}/status").catch(() => {});
      setTimeout(() => stop("nothing stopped it"), 3000);
    })`);
    assert.equal(stopped, "connect-src");
    assert.ok(await blocked("await window.__TAURI_INTERNALS__.invoke('plugin:fs|read_file', { path: '/etc/passwd' })"));
    assert.equal(await window.run("return eval.constructor && (() => { try { return eval('1') } catch { return 'no' } })()"), "no");
    await window.run("location.href = 'https://example.com/'");
    await wait(300);
    assert.match(await window.run("return location.href"), /^tauri:\/\/localhost/);
  } finally {
    await window.close();
  }
});
