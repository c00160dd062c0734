/** Puts text on the clipboard; answers whether that worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without the permission, the old way: a selection that is copied.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr-only";
    const focused = document.activeElement as HTMLElement | null;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return copied;
  }
}
