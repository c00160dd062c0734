/** How a person names an object whose own fields hold only ids: a check, an area, a candidate. */
import type { Kind, Pack } from "../bindings/contract";
import { language } from "../i18n/text.svelte";
import { labelOf } from "../shared/labels";
import { asked } from "../state";

/** A check (`1.4 Title`) or an area of a pack by its id; the id alone when the pack does not have it. */
export function titleIn(packs: readonly Pack[], pack: string, id: string): string {
  const parts = packs.filter((each) => each.id === pack).flatMap((each) => [...(each.sections ?? []), ...(each.areas ?? [])]);
  const check = parts.flatMap((part) => part.checks ?? []).find((each) => each.id === id);
  if (check) return [id, check.title].filter(Boolean).join(" ");
  return parts.find((part) => part.id === id)?.title || id;
}

/** A candidate by its key (`check:<pack>:<check>`, `issue:<tool>:<rule>:<component>` or `traffic:<seen or unseen>:<who calls>→<who is called>`). */
export function candidateName(packs: readonly Pack[], key: string): string {
  const [kind, first = "", second = "", ...rest] = key.split(":");
  if (kind === "check") return titleIn(packs, first, [second, ...rest].join(":"));
  if (kind === "traffic") return [second, ...rest].join(":").replace("→", " → ");
  if (kind !== "issue") return key;
  const file = rest.join(":").split("/").filter(Boolean).at(-1);
  return [`${first} ${second}`.trim(), file].filter(Boolean).join(" · ");
}

/** The name of an object of any kind. Reactive: the packs are asked for on first use. */
export function nameOf(kind: Kind, object: object): string {
  const fields = object as { pack?: string; check?: string; area?: string; candidate?: string };
  const packs = (): readonly Pack[] => asked("pack", { language: language() }, ["packs"]).value ?? [];
  if (kind === "answers" && fields.pack && fields.check) return titleIn(packs(), fields.pack, fields.check);
  if (kind === "assessments" && fields.pack && fields.area) return titleIn(packs(), fields.pack, fields.area);
  if (kind === "decisions" && fields.candidate) return candidateName(packs(), fields.candidate);
  return labelOf(kind, object);
}
