import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useHost } from "../../../host";
import { fakeHost, type FakeHost } from "../../../host/fake";
import { CHECK_MS, TextSync } from "./sync.svelte";

let host: FakeHost;
let sync: TextSync;
let steps = 0;
const row = () => host.objects.get("architectures")?.[0] as unknown as { text: string };
const writes = () => host.calls.filter(({ word }) => word === "write_architecture").map(({ ask }) => ask.text);
const changes = () => ({ op: "update:architectures", step: `w${++steps}`, changed: [{ kind: "architectures" as const, id: "a", change: "updated" as const, fields: ["text", "workspace"] }] });

/** Another changes the model: the canvas, an undo. */
function elsewhere(text: string): void {
  row().text = text;
  host.emit({ event: "changed", changes: changes() });
}
const rest = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(CHECK_MS + 10));

beforeEach(async () => {
  vi.useFakeTimers();
  host = fakeHost();
  host.objects.set("architectures", [{ id: "a", text: "one" }]);
  // A text with `bad` in it is no model.
  host.answers.check_architecture = ({ text }) => ({
    refused: String(text).includes("bad") ? { level: "error", file: "", line: 2, message: "Unexpected", remedy: "correct it" } : null,
    remarks: [],
    identifiers: String(text).includes("bad") ? [] : [`id-${text}`],
  });
  host.answers.write_architecture = ({ text }) => {
    row().text = String(text);
    const told = changes();
    // The event may come before the answer.
    host.emit({ event: "changed", changes: told });
    return { architecture: { ...row() }, remarks: [], added: [], changes: told };
  };
  useHost(host);
  sync = new TextSync("a");
  await sync.ready;
  await rest();
});
afterEach(() => {
  sync.end();
  vi.useRealTimers();
});

describe("the text of an architecture", () => {
  it("shows the model's text without writing it", () => {
    expect([sync.text, sync.standing, sync.identifiers]).toEqual(["one", "accepted", ["id-one"]]);
    expect(writes()).toEqual([]);
  });

  it("becomes the model a moment after typing, once for all that was typed", async () => {
    sync.type("o");
    sync.type("ot");
    expect(writes()).toEqual([]);
    await rest();
    expect(writes()).toEqual(["ot"]);
    expect([sync.standing, sync.other]).toEqual(["accepted", null]);
  });

  it("changes nothing while it is no model, says where, and keeps what was typed and the identifiers", async () => {
    sync.type("bad");
    await rest();
    expect(writes()).toEqual([]);
    expect(row().text).toBe("one");
    expect([sync.standing, sync.text, sync.remarks[0]?.line, sync.identifiers]).toEqual(["refused", "bad", 2, ["id-one"]]);
    sync.type("good");
    await rest();
    expect([writes(), sync.standing, sync.remarks]).toEqual([["good"], "accepted", []]);
  });

  it("follows the model when nothing is open", async () => {
    const show = vi.fn();
    sync.attach(show);
    elsewhere("two");
    await rest();
    expect(show).toHaveBeenCalledWith("two");
    expect([sync.text, sync.standing]).toEqual(["two", "accepted"]);
    expect(writes()).toEqual([]);
  });

  it("asks which text counts when the model changes under one that is not accepted", async () => {
    const show = vi.fn();
    sync.attach(show);
    sync.type("bad");
    await rest();
    elsewhere("two");
    await rest();
    expect(show).not.toHaveBeenCalled();
    expect([sync.text, sync.other]).toEqual(["bad", "two"]);
    // What is a model by now still waits for the choice.
    sync.type("mine");
    await rest();
    expect([writes(), sync.standing]).toEqual([[], "waiting"]);
    sync.keepOwn();
    await rest();
    expect([writes(), sync.other, sync.standing]).toEqual([["mine"], null, "accepted"]);
  });

  it("takes the model's text when that is chosen", async () => {
    const show = vi.fn();
    sync.attach(show);
    sync.type("bad");
    await rest();
    elsewhere("two");
    await rest();
    sync.takeModel();
    await rest();
    expect(show).toHaveBeenLastCalledWith("two");
    expect([sync.text, sync.other, sync.standing]).toEqual(["two", null, "accepted"]);
    expect(writes()).toEqual([]);
  });

  it("does not take its own change for another's, whatever was written before", async () => {
    sync.type("a");
    await rest();
    sync.type("b");
    await rest();
    // An undo goes back to a text that this editor wrote itself.
    elsewhere("a");
    await rest();
    expect([sync.text, sync.other, writes()]).toEqual(["a", null, ["a", "b"]]);
  });

  it("drops what was typed when asked to", async () => {
    sync.type("bad");
    await rest();
    sync.discard();
    await rest();
    expect([sync.text, sync.standing]).toEqual(["one", "accepted"]);
  });

  it("says when the core cannot be asked, and looks again", async () => {
    const check = host.answers.check_architecture;
    host.answers.check_architecture = () => {
      throw { code: "failed", message: "gone", hint: null, field: null };
    };
    sync.type("x");
    await rest();
    expect([sync.standing, sync.error?.message]).toEqual(["failed", "gone"]);
    if (check) host.answers.check_architecture = check;
    sync.type("xy");
    await rest();
    expect([sync.standing, sync.error, writes()]).toEqual(["accepted", null, ["xy"]]);
  });
});
