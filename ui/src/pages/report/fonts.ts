/** Font files of a brand: which of dropped files are some, families with their styles. */
import type { BrandFont } from "../../bindings/contract";

/** Dropped paths: fonts, also packed ones and collections, whose refusal says what to give instead; and all others. */
export function sortedFonts(paths: readonly string[]): { fonts: string[]; others: string[] } {
  const isFont = (path: string): boolean => /\.(ttf|otf|ttc|woff2?)$/i.test(path);
  return { fonts: paths.filter(isFont), others: paths.filter((path) => !isFont(path)) };
}

/** Families by name, each with its fonts from light to heavy, upright before slanted. */
export function fontFamilies(fonts: readonly BrandFont[]): { family: string; fonts: BrandFont[] }[] {
  const families = new Map<string, BrandFont[]>();
  for (const font of fonts) families.set(font.family, [...(families.get(font.family) ?? []), font]);
  const order = (a: BrandFont, b: BrandFont): number => a.lightest - b.lightest || Number(a.italic) - Number(b.italic);
  return [...families].map(([family, some]) => ({ family, fonts: some.sort(order) })).sort((a, b) => a.family.localeCompare(b.family));
}

/** Families to choose from: those that are built in, then the brand's own. */
export function familyChoices(builtIn: readonly string[], fonts: readonly BrandFont[]): { value: string; label: string }[] {
  const own = fontFamilies(fonts).map((each) => each.family);
  return [...builtIn, ...own].map((value) => ({ value, label: value }));
}
