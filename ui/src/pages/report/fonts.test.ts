import { describe, expect, it } from "vitest";
import type { BrandFont } from "../../bindings/contract";
import { familyChoices, fontFamilies, sortedFonts } from "./fonts";

const font = (family: string, style: string, weight: number, italic = false): BrandFont => ({ sha256: `${family}${style}`, file: `${style}.otf`, family, style, lightest: weight, heaviest: weight, upright: !italic, italic, bytes: 1 });

describe("fonts of a brand", () => {
  it("tells fonts from other files that are dropped with them", () => {
    expect(sortedFonts(["/a/Brand.OTF", "/a/OFL.txt", "/a/b.woff2", "/a/trace.json", "/a/c.ttc"])).toEqual({ fonts: ["/a/Brand.OTF", "/a/b.woff2", "/a/c.ttc"], others: ["/a/OFL.txt", "/a/trace.json"] });
  });
  it("orders families by name and styles by weight", () => {
    const fonts = [font("Quill", "Bold", 700), font("Quill", "Italic", 400, true), font("Arno", "Regular", 400), font("Quill", "Regular", 400)];
    expect(fontFamilies(fonts).map((each) => [each.family, each.fonts.map((one) => one.style)])).toEqual([
      ["Arno", ["Regular"]],
      ["Quill", ["Regular", "Italic", "Bold"]],
    ]);
    expect(familyChoices(["IBM Plex Sans"], fonts).map((each) => each.value)).toEqual(["IBM Plex Sans", "Arno", "Quill"]);
  });
});
