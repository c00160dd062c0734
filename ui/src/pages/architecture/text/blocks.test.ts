import { describe, expect, it } from "vitest";
import { blocksAt, constants, definitions, tagsOf, wordsOf } from "./blocks";

const text = `!const ORG "Acme"
workspace "Shop" {
    !identifiers hierarchical
    model {
        /* not a block {
           at all */
        // nor this {
        customer = person "Customer" "Buys" "Outside, Paying"
        group "Inner {" {
            shop = softwareSystem "Shop" {
                api = container "API" "" "Java" "Core" {
                    orders = component "Orders"
                }
                db = container "Database" {
                    tags "Store" "Old"
                }
                api -> db "Reads" {
                    technology "SQL"
                }
            }
        }
        live = deploymentEnvironment "Live" {
            node = deploymentNode "Host" {
                web = containerInstance shop.api {
                }
            }
        }
        !script groovy {
            if (x) {
        }
    }
    views {
        dynamic shop "login" {
            customer -> shop.api "Signs in"
            {
                {
                    shop.api -> shop.db
                }
            }
        }
        styles {
            element "Store" {
            }
        }
    }
}`;
const lines = text.split("\n");
const at = (part: string): string => blocksAt(text, lines.findIndex((line) => line.includes(part)))?.at(-1) ?? "";

describe("blocks", () => {
  it("knows what each place is in", () => {
    expect(at("!const")).toBe("top");
    expect(at("!identifiers")).toBe("workspace");
    expect(at("customer = person")).toBe("model");
    expect(at("shop = softwareSystem")).toBe("model");
    expect(at("api = container")).toBe("softwareSystem");
    expect(at("orders = component")).toBe("container");
    expect(at("tags \"Store\"")).toBe("container");
    expect(at("technology \"SQL\"")).toBe("relationship");
    expect(at("node = deploymentNode")).toBe("environment");
    expect(at("web = containerInstance")).toBe("deploymentNode");
    expect(at("dynamic shop")).toBe("views");
    expect(at("customer -> shop.api")).toBe("dynamicView");
    expect(at("shop.api -> shop.db")).toBe("dynamicView");
    expect(at("element \"Store\"")).toBe("styles");
    expect(blocksAt(text, lines.findIndex((line) => line.includes("element \"Store\"")) + 1)).toEqual(["top", "workspace", "views", "styles", "elementStyle"]);
  });

  it("offers nothing within a comment or a text block", () => {
    expect(blocksAt(text, lines.findIndex((line) => line.includes("at all")))).toEqual(["skipped"]);
    expect(blocksAt('workspace {\n  description """\n  model {\n  """\n  x', 2)).toEqual(["skipped"]);
    expect(blocksAt('workspace {\n  description """\n  model {\n  """\n  x', 4)).toEqual(["top", "workspace"]);
  });

  it("survives a text that closes more than it opens", () => {
    expect(blocksAt("}\n}\nworkspace {\n", 3)).toEqual(["top", "workspace"]);
  });

  it("finds what is defined, with its path", () => {
    expect(definitions(text).map(({ name, kind, title }) => [name, kind, title])).toEqual([
      ["customer", "person", "Customer"],
      ["shop", "softwareSystem", "Shop"],
      ["shop.api", "container", "API"],
      ["shop.api.orders", "component", "Orders"],
      ["shop.db", "container", "Database"],
      ["live", "deploymentEnvironment", "Live"],
      ["live.node", "deploymentNode", "Host"],
      ["live.node.web", "containerInstance", ""],
    ]);
    expect(definitions(text.replace("hierarchical", "flat")).map(({ name }) => name)).toContain("orders");
  });

  it("finds constants and tags", () => {
    expect(constants(text)).toEqual(["ORG"]);
    const tags = tagsOf(text);
    for (const tag of ["Outside", "Paying", "Core", "Store", "Old", "Person"]) expect(tags).toContain(tag);
    expect(tags).not.toContain("Java");
  });

  it("reads words with quotes as the core does", () => {
    expect(wordsOf(' a = person "A \\"b\\"" "" {').map(({ text: word }) => word)).toEqual(["a", "=", "person", 'A \\"b\\"', "", "{"]);
    expect(wordsOf('a "open to the end').map(({ text: word, quoted }) => [word, quoted])).toEqual([["a", false], ["open to the end", true]]);
  });
});
