/** What is taken of the sources, with what it needs. Pure. */
import type { NewElement, Preview } from "./contract";

/** Everything that can be taken. */
export function takeable(preview: Preview): string[] {
  return [...preview.elements, ...preview.relations, ...preview.filled].map((each) => each.id);
}

const byName = (elements: readonly NewElement[], name: string | null): NewElement | undefined => elements.find((each) => each.id === name);

/** What has to be taken with a thing: the elements around it, and those at the ends of a relation. */
function needs(preview: Preview, id: string): string[] {
  const found = preview.elements.find((each) => each.id === id);
  const relation = preview.relations.find((each) => each.id === id);
  const fill = preview.filled.find((each) => each.id === id);
  const names = found ? [found.parent] : relation ? [relation.source, relation.destination] : fill ? [fill.element] : [];
  return names.flatMap((name) => byName(preview.elements, name)?.id ?? []);
}

/** The choice with these taken as well, and all that they need. */
export function taken(preview: Preview, chosen: ReadonlySet<string>, ids: readonly string[]): Set<string> {
  const next = new Set(chosen);
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (next.has(id) && !ids.includes(id)) continue;
    const known = next.has(id);
    next.add(id);
    if (!known) open.push(...needs(preview, id).filter((each) => !next.has(each)));
  }
  return next;
}

/** The choice without these, and without all that needs them. */
export function left(preview: Preview, chosen: ReadonlySet<string>, ids: readonly string[]): Set<string> {
  const next = new Set(chosen);
  for (const id of ids) next.delete(id);
  for (let grew = true; grew; ) {
    grew = false;
    for (const id of next) {
      if (needs(preview, id).some((each) => !next.has(each))) {
        next.delete(id);
        grew = true;
      }
    }
  }
  return next;
}

/** How an element of the sources or of the model is called. */
export function nameOf(preview: Preview, names: ReadonlyMap<string, string>, id: string | null): string {
  if (id === null) return "";
  return byName(preview.elements, id)?.name ?? names.get(id) ?? id;
}

/** A path as it is shown in a list: its last parts. */
export function shortPath(path: string): string {
  const parts = path.split(/[\\/]/).filter(Boolean);
  return parts.length > 2 ? `…/${parts.slice(-2).join("/")}` : parts.join("/");
}
