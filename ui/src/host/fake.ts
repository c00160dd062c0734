/** A core in memory with the few rules that the state's tests need. Imported by tests only. */
import type { Change, Changes, JsonValue, Kind } from "../bindings/contract";
import type { Answer, Ask, Host, HostEvent, Words } from "./types";

type Row = { id: string } & Record<string, JsonValue>;

export interface FakeHost extends Host {
  objects: Map<Kind, Row[]>;
  /** Every call in order. */
  calls: { word: string; ask: Record<string, unknown> }[];
  /** Answers of words beside the object words. */
  answers: Record<string, (ask: Record<string, unknown>) => unknown>;
  /** Throw to refuse an update. */
  refuse: (kind: Kind, id: string, fields: Record<string, JsonValue>) => void;
  /** While set, calls wait for it. */
  gate: Promise<void> | null;
  emit(event: HostEvent): void;
}

export function fakeHost(): FakeHost {
  const listeners = new Set<(event: HostEvent) => void>();
  let steps = 0;
  const rows = (kind: Kind): Row[] => {
    const known = fake.objects.get(kind) ?? [];
    fake.objects.set(kind, known);
    return known;
  };
  const changed = (op: string, change: Change): Changes => {
    steps += 1;
    const changes = { op, step: `step-${steps}`, changed: [change] };
    fake.emit({ event: "changed", changes });
    return changes;
  };
  const perform = (word: string, ask: Record<string, unknown>): unknown => {
    const kind = ask.kind as Kind;
    const id = ask.id as string;
    if (word === "list") return structuredClone(rows(kind));
    if (word === "get") return structuredClone(rows(kind).find((row) => row.id === id));
    if (word === "update") {
      const fields = ask.fields as Record<string, JsonValue>;
      fake.refuse(kind, id, fields);
      const row = rows(kind).find((each) => each.id === id);
      if (!row) throw { code: "not_found", message: `no ${kind} ${id}`, hint: null, field: null };
      Object.assign(row, structuredClone(fields));
      const changes = changed("update", { kind, id, change: "updated", fields: Object.keys(fields) });
      return { object: structuredClone(row), changes };
    }
    if (word === "insert") {
      const row = { ...(ask.object as Record<string, JsonValue>), id: `${kind}-${rows(kind).length + 1}` } as Row;
      rows(kind).push(row);
      return { object: structuredClone(row), changes: changed("insert", { kind, id: row.id, change: "inserted", fields: [] }) };
    }
    if (word === "delete") {
      fake.objects.set(kind, rows(kind).filter((row) => row.id !== id));
      return { object: null, changes: changed("delete", { kind, id, change: "deleted", fields: [] }) };
    }
    const answer = fake.answers[word];
    if (!answer) throw { code: "usage", message: `unknown command ${word}`, hint: null, field: null };
    return answer(ask);
  };
  const fake: FakeHost = {
    name: "fake",
    objects: new Map(),
    calls: [],
    answers: {},
    refuse: () => undefined,
    gate: null,
    async call<W extends keyof Words>(word: W, ask: Ask<W>): Promise<Answer<W>> {
      fake.calls.push({ word, ask: structuredClone(ask) as Record<string, unknown> });
      await fake.gate;
      return perform(word, ask as Record<string, unknown>) as Answer<W>;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    pageUrl: (name) => name,
    imageUrl: (sha256) => sha256,
    pickOpen: async () => null,
    pickSave: async () => null,
    openPageWindow: async () => undefined,
    openLink: async () => undefined,
    pasteImage: async () => {
      throw new Error("no picture is pasted in unit tests");
    },
    closeNow: async () => undefined,
  };
  return fake;
}
