/** Columns of the engagement's lists, in the language of the window. */
import { text } from "../../i18n/text.svelte";
import type { Entry, RecordColumn } from "../../shared/records";

export const personColumns = (): RecordColumn[] => (["name", "role", "organisation", "email"] as const).map((key) => ({ key, label: text.engagement.person[key] }));
export const blankPerson = (): Entry => ({ name: "", role: "", organisation: "", email: "" });

export const versionColumns = (): RecordColumn[] => [
  { key: "version", label: text.engagement.version.version, width: "4.5rem" },
  { key: "date", label: text.engagement.version.date, type: "date", width: "8.5rem" },
  { key: "author", label: text.engagement.version.author },
  { key: "note", label: text.engagement.version.note, width: "minmax(0, 2fr)" },
];
export const blankVersion = (): Entry => ({ version: "", date: null, author: "", note: "" });

export const termColumns = (): RecordColumn[] => [
  { key: "term", label: text.engagement.term.term, width: "minmax(0, 1fr)" },
  { key: "meaning", label: text.engagement.term.meaning, width: "minmax(0, 3fr)" },
];
export const blankTerm = (): Entry => ({ term: "", meaning: "" });
