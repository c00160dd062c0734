/** A file name made of client and system: letters and digits of any script, hyphens, `.groma`. */
export function fileName(client: string, system: string, fallback: string): string {
  const slug = `${client} ${system}`
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${slug || fallback}.groma`;
}
