/** The texts of pages by their hash: pages that look the same say the same. */
import { call, type PageText } from "../../host";

const MOST = 24;
const kept = new Map<string, Promise<PageText[]>>();

/** The runs of a page that is shown. */
export function pageText(hash: string, page: number): Promise<PageText[]> {
  const known = kept.get(hash);
  if (known) return known;
  const asked = call("page_text", { page }).catch(() => {
    kept.delete(hash);
    return [];
  });
  kept.set(hash, asked);
  if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
  return asked;
}

/** Forgets them: another engagement is open. */
export function forgetTexts(): void {
  kept.clear();
}
