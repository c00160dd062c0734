// A WebDriver client as small as the tests need: the classic protocol over fetch, against tauri-driver.

import { spawn } from "node:child_process";
import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export const CTRL = "\uE009";
export const END = "\uE010";
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * How long what is expected is waited for, in milliseconds: a guard against waiting for ever, not a measure of speed, which
 * is the benchmarks' matter. The machine may be busy with other things.
 */
const PATIENCE = 60_000;

/** Looks until there is something to see. */
export async function eventually(what, look, patience = PATIENCE, every = 100) {
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
    2 * PATIENCE,
  );
}

/** Whether nobody listens on a port of this machine. */
function free(port) {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => answer(true)));
  });
}

/** Two ports one after the other that nobody has, below those the system gives to whoever asks for any. */
async function freePorts() {
  for (let port = 4700; port < 4900; port += 2) {
    if ((await free(port)) && (await free(port + 1))) return port;
  }
  throw new Error("no two free ports from 4700 to 4900 for tauri-driver");
}

/** Starts tauri-driver on ports of its own; answers its address and how to end it. */
export async function startDriver(env) {
  // A driver says nothing and ends where one of its ports is taken, be it by the one before it that is still ending.
  const port = await freePorts();
  const child = spawn("tauri-driver", ["--port", String(port), "--native-port", String(port + 1)], {
    env: { ...process.env, ...env },
    // Whoever outlives the tests must not hold their output open: the run would wait for it without end.
    stdio: "ignore",
  });
  const ended = new Promise((end) => {
    child.once("error", (error) => end(`tauri-driver cannot be started: ${error.message}`));
    child.once("exit", (code, signal) => end(`tauri-driver on ports ${port} and ${port + 1} has ended: ${signal ?? code}`));
  });
  let end;
  ended.then((why) => (end = why));
  const address = `http://127.0.0.1:${port}`;
  await eventually("tauri-driver", async () => {
    if (end) throw new Error(end);
    return fetch(`${address}/status`, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.ok,
      () => false,
    );
  });
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { address, stop };
}

async function request(url, method, body) {
  // What hangs fails by itself, not the whole run with it.
  const signal = AbortSignal.timeout(2 * PATIENCE);
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
      capabilities: { alwaysMatch: { "tauri:options": options, timeouts: { script: PATIENCE } }, firstMatch: [{}] },
    });
    return new Window(`${address}/session/${value.sessionId}`, application);
  }

  constructor(session, application) {
    this.session = session;
    this.application = application;
  }

  get(path) {
    return request(`${this.session}${path}`, "GET");
  }

  post(path, body = {}) {
    return request(`${this.session}${path}`, "POST", body);
  }

  /** Ends the session: the application begins to end. */
  leave() {
    return request(this.session, "DELETE");
  }

  /** Ends the session and with it the application, which has let go of its file then. */
  async close() {
    await this.leave();
    await eventually("the end of the application", () => !running(this.application));
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
  async find(selector, patience = PATIENCE) {
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
  async until(script, args = [], patience = PATIENCE) {
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
