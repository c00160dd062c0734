import { describe, expect, it } from "vitest";
import { offered, templateOf, type Blanks } from "./complete";
import { KEYWORDS } from "./vocabulary";

const blanks: Blanks = { identifier: "id", name: "Name", description: "Description", technology: "Technology", key: "key", tag: "Tag", value: "value" };
const known = ["user", "shop", "shop.api", "other"];
/** What is offered where `|` stands. */
function offers(marked: string, identifiers = known): string[] {
  const at = marked.indexOf("|");
  return (offered(marked.replace("|", ""), at, identifiers, blanks)?.options ?? []).map(({ label }) => label);
}
const model = (line: string): string => `workspace {\n !identifiers hierarchical\n model {\n  user = person "User"\n  shop = softwareSystem "Shop" {\n   api = container "API" {\n   }\n  }\n  live = deploymentEnvironment "Live" {\n  }\n  ${line}\n }\n}`;
const views = (line: string): string => model("").replace(/\n}$/, `\n views {\n  ${line}\n }\n}`);

describe("completion", () => {
  it("offers what may begin a line of the block, and only that", () => {
    expect(offers(model("|"))).toEqual(expect.arrayContaining(["person", "softwareSystem", "deploymentEnvironment", "shop.api", "->"]));
    expect(offers(model("|"))).not.toContain("systemContext");
    expect(offers(views("|"))).toEqual(expect.arrayContaining(["systemContext", "styles"]));
    expect(offers(views("|"))).not.toContain("person");
    expect(offers("wor|")).toContain("workspace");
    expect(offers(views("styles {\n element A {\n |"))).toEqual(expect.arrayContaining(["shape", "background"]));
  });

  it("offers no second identifier behind one", () => {
    expect(offers(model("x = per|"))).toContain("person");
    expect(offers(model("x = per|"))).not.toContain("shop.api");
  });

  it("offers identifiers where a name is wanted", () => {
    expect(offers(model("user -> |"))).toEqual(["user", "shop", "shop.api", "other"]);
    expect(offers(views("container shop {\n include |"))).toEqual(expect.arrayContaining(["shop.api", "*", "element.tag=="]));
    expect(offers(views("container |"))).toEqual(["shop"]);
    expect(offers(views("component sh|"))).toEqual(["shop.api"]);
    expect(offers(views("deployment shop |"))).toEqual(["live"]);
    expect(offers(model("user |"))).toEqual(["->"]);
  });

  it("offers no identifier before the line that defines it", () => {
    const text = (line: string): string => `workspace {\n model {\n  user = person "User"\n  ${line}\n  shop = softwareSystem "Shop"\n }\n}`;
    expect(offers(text("user -> |"))).toEqual(["user", "shop.api", "other"]);
    expect(offers(text("extra = softwareSystem \"Extra\"\n  extra -> |"))).toEqual(["user", "extra", "shop.api", "other"]);
    expect(offers(text("").replace(/\n }\n}$/, "\n  user -> |\n }\n}"))).toEqual(["user", "shop", "shop.api", "other"]);
  });

  it("replaces what stands there", () => {
    const text = model("user -> shop.a");
    const at = text.indexOf("shop.a\n") + 6;
    expect(offered(text, at, known, blanks)?.from).toBe(at - 6);
  });

  it("offers values and tags", () => {
    expect(offers(views("styles {\n element A {\n shape cyl|"))).toEqual(expect.arrayContaining(["Cylinder", "Person"]));
    expect(offers(views("styles {\n element A {\n background |"))).toContain("#1168bd");
    expect(offers(views('styles {\n element "|'))).toEqual(expect.arrayContaining(["Person", "Container"]));
    expect(offers(views("container shop {\n autoLayout |"))).toEqual(["tb", "bt", "lr", "rl"]);
    expect(offers("workspace {\n !identifiers |")).toEqual(["hierarchical", "flat"]);
  });

  it("offers constants, and nothing in other quotes or comments", () => {
    expect(offers('!const ORG "a"\nworkspace "${O|')).toEqual(["ORG"]);
    expect(offers(model('x = person "per|'))).toEqual([]);
    expect(offers(model("// per|"))).toEqual([]);
  });

  it("writes quotes, and an identifier for what others refer to", () => {
    const person = KEYWORDS.model.find(({ word }) => word === "person");
    const system = KEYWORDS.model.find(({ word }) => word === "softwareSystem");
    expect(templateOf(person ?? { word: "" }, blanks, true)).toBe('${id} = person "${Name}" "${Description}"');
    expect(templateOf(person ?? { word: "" }, blanks, false)).toBe('person "${Name}" "${Description}"');
    expect(templateOf(system ?? { word: "" }, blanks, true)).toBe('${id} = softwareSystem "${Name}" "${Description}" {\n\t${}\n}');
    expect(templateOf({ word: "styles", shape: "{" }, blanks, true)).toBe("styles {\n\t${}\n}");
  });
});
