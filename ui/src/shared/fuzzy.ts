/** How well `query` fits `text`: null when a letter is missing; higher is better. Starts of words count most. */
export function fuzzy(query: string, text: string): number | null {
  const wanted = fold(query);
  if (wanted === "") return 0;
  const whole = fold(text);
  const at = whole.indexOf(wanted);
  if (at >= 0) return 1000 - at - whole.length / 100 + (at === 0 || isBreak(whole[at - 1]) ? 500 : 0);
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    if (letter === " ") continue;
    let found = whole.indexOf(letter, from);
    if (found < 0) return null;
    // A word's first letter is worth a look further on.
    for (let next = found; next >= 0 && next < whole.length; next = whole.indexOf(letter, next + 1)) {
      if (next === last + 1 || next === 0 || isBreak(whole[next - 1])) {
        found = next;
        break;
      }
    }
    score += found === last + 1 ? 12 : found === 0 || isBreak(whole[found - 1]) ? 10 : -Math.min(5, found - from);
    last = found;
    from = found + 1;
  }
  return score - whole.length / 100;
}

function isBreak(letter: string | undefined): boolean {
  return letter === undefined || /[\s\-_/.:·(]/.test(letter);
}

/** Without case and accents. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}

/** The fitting items, best first; all in their order for an empty query. */
export function ranked<T>(query: string, items: readonly T[], textOf: (item: T) => string, limit = 50): T[] {
  if (query.trim() === "") return items.slice(0, limit);
  return items
    .map((item, index) => ({ item, index, score: fuzzy(query, textOf(item)) }))
    .filter((each): each is { item: T; index: number; score: number } => each.score !== null)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .map((each) => each.item);
}
