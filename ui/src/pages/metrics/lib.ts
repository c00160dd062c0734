/** A rank behind all others. */
export function afterLast(items: readonly { rank: number }[]): number {
  return items.reduce((highest, item) => Math.max(highest, item.rank), 0) + 1;
}
