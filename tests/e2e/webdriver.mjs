// A WebDriver client as small as the tests need: the classic protocol over fetch, against tauri-driver.

import { spawn } from "node:child_process";
import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

export const CTRL = "\uE009";
export const END = "\uE010";
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Looks until there is something to see. */
export async function eventually(what, look, patience = 30_000, every = 100) {
  const until = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) throw new Error(`${what} never came`);
    await wait(every);
  }
}

/** The pages once they show the newest text. */
export function laidOut(window) {
  return eventually(
    "the pages",
    async () => {
      const layout = await window.call({ do: "layout" });
      return layout.fresh && layout.pages.length > 0 ? layout : null;
    },
    60_000,
  );
}

/** Starts tauri-driver on a port of its own; answers how to stop it and its address. */
export async function startDriver(port, env) {
  const child = spawn("tauri-driver", ["--port", String(port), "--native-port", String(port + 1)], {
    env: { ...process.env, ...env },
    // Whoever outlives the tests must not hold their output open: the run would wait for it without end.
    stdio: "ignore",
  });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(`${address}/status`);
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await wait(100);
    }
  }
  return { address, stop: () => child.kill() };
}

async function request(url, method, body) {
  // What hangs fails by itself, not the whole run with it.
  const signal = AbortSignal.timeout(90_000);
  const response = await fetch(url, { method, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${url}: ${value?.error}: ${value?.message}`);
  return value;
}

/** Whether a process runs this program. */
function running(application) {
  const program = realpathSync(application);
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .some((name) => {
      try {
        return readlinkSync(`/proc/${name}/exe`) === program;
      } catch {
        // It has ended meanwhile, or is somebody else's.
        return false;
      }
    });
}

/** A window of the application. */
export class Window {
  /** Starts the application with arguments; one application a driver at a time. */
  static async open(address, application, args) {
    // The driver hangs when it starts an application whose last process has not ended yet.
    await eventually("the end of the last application", () => !running(application));
    const options = { application, args };
    const value = await request(`${address}/session`, "POST", {
      capabilities: { alwaysMatch: { "tauri:options": options }, firstMatch: [{}] },
    });
    return new Window(`${address}/session/${value.sessionId}`);
  }

  constructor(session) {
    this.session = session;
  }

  get(path) {
    return request(`${this.session}${path}`, "GET");
  }

  post(path, body = {}) {
    return request(`${this.session}${path}`, "POST", body);
  }

  /** Ends the session and with it the application. */
  close() {
    return request(this.session, "DELETE");
  }

  /** Runs a function's body in the window. */
  run(script, ...args) {
    return this.post("/execute/sync", { script, args });
  }

  /** Runs an asynchronous function's body in the window and waits for what it answers. */
  async promise(script, ...args) {
    const done = await this.post("/execute/async", {
      script: `const done = arguments[arguments.length - 1];
        (async (...args) => { ${script} })(...[...arguments].slice(0, -1))
          .then((value) => done({ value }), (error) => done({ error: error?.message ?? JSON.stringify(error) }));`,
      args,
    });
    if (done?.error !== undefined) throw new Error(done.error);
    return done?.value;
  }

  /** Runs a command of the contract through the window's own bridge. */
  call(command) {
    return this.promise("return await window.__TAURI_INTERNALS__.invoke('call', { command: args[0] })", command);
  }

  /** The element that a CSS selector finds; waits until it is there. */
  async find(selector, patience = 10_000) {
    const until = Date.now() + patience;
    for (;;) {
      try {
        const element = await this.post("/element", { using: "css selector", value: selector });
        return element[ELEMENT];
      } catch (error) {
        if (Date.now() > until) throw new Error(`${selector} did not appear: ${error.message}`);
        await wait(50);
      }
    }
  }

  /** Waits until a script answers something truthy. */
  async until(script, args = [], patience = 10_000) {
    const until = Date.now() + patience;
    for (;;) {
      const value = await this.run(script, ...args);
      if (value) return value;
      if (Date.now() > until) throw new Error(`never true: ${script}`);
      await wait(50);
    }
  }

  async click(selector) {
    const element = await this.find(selector);
    await this.post(`/element/${element}/click`);
  }

  async type(selector, text) {
    const element = await this.find(selector);
    await this.post(`/element/${element}/value`, { text });
  }

  /** Presses keys wherever the focus is, all held until the last: `press(CTRL, END)`. */
  async press(...keys) {
    const down = keys.map((value) => ({ type: "keyDown", value }));
    const up = [...keys].reverse().map((value) => ({ type: "keyUp", value }));
    await this.post("/actions", { actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }] });
  }

  /** Types a text wherever the focus is. */
  async keys(text) {
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async screenshot(file) {
    const png = await this.get("/screenshot");
    await mkdir(new URL(".", file), { recursive: true });
    await writeFile(file, Buffer.from(png, "base64"));
  }
}
