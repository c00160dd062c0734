import { describe, expect, it } from "vitest";
import { htmlToMarkdown } from "./html";

describe("a web page", () => {
  it("keeps headings, emphasis, code and links", () => {
    expect(htmlToMarkdown('<h2>Pool  size</h2><p>The <b>pool</b> is <em>too small</em>; see <a href="https://example.test/a_(b)">the docs</a> and <code>max_conn</code>.<br>Second line</p>')).toBe(
      "## Pool size\n\nThe **pool** is *too small*; see [the docs](https://example.test/a_%28b%29) and `max_conn`.\\\nSecond line",
    );
  });

  it("lets no script, style or foreign address through", () => {
    const html = '<style>p{color:red}</style><script>alert(1)</script><p onclick="x()">a <a href="javascript:alert(1)">b</a> <a href="file:///etc/passwd">c</a> <img src="https://spy.test/x.png" onerror="y()"><iframe src="https://x.test"></iframe><span style="display:none">secret</span><a href="mailto:jo@example.test">mail</a></p>';
    expect(htmlToMarkdown(html)).toBe("a b c [mail](mailto:jo@example.test)");
    expect((globalThis as { hit?: boolean }).hit).toBeUndefined();
  });

  it("nests lists and counts", () => {
    expect(htmlToMarkdown("<ul><li>one<ol><li>first</li><li><p>second</p><p>more</p></li></ol></li><li>two</li></ul>")).toBe("- one\n  1. first\n  2. second\n\n     more\n- two");
  });

  it("makes tables with a head", () => {
    expect(htmlToMarkdown("<table><thead><tr><th>Name</th><th><b>n</b></th></tr></thead><tr><td>a|b</td><td><p>1</p><p>2</p></td></tr><tr><td colspan=2>all</td></tr></table>")).toBe(
      "| Name | n   |\n| ---- | --- |\n| a\\|b | 1 2 |\n| all  |     |",
    );
  });

  it("takes a table that lays out a page for its content", () => {
    expect(htmlToMarkdown("<table><tr><td><h1>Hello</h1><p>there</p></td></tr></table>")).toBe("# Hello\n\nthere");
  });

  it("keeps code and quotations", () => {
    expect(htmlToMarkdown("<pre><code>a\n  b ```</code></pre><blockquote><p>x</p><p>y</p></blockquote>")).toBe("````\na\n  b ```\n````\n\n> x\n>\n> y");
  });

  it("makes signs of Markdown literal where they would be read", () => {
    expect(htmlToMarkdown("<p># no *heading* in snake_case &lt;b&gt; 5 * 3</p><p>1. no list</p><p>- none</p><p>[x](y) [z]</p>")).toBe(
      "\\# no \\*heading\\* in snake_case \\<b> 5 \\* 3\n\n1\\. no list\n\n\\- none\n\n\\[x](y) [z]",
    );
  });

  it("keeps spaces out of emphasis", () => {
    expect(htmlToMarkdown("<p>a<b> bold </b><b>more </b>word<i> </i>end</p>")).toBe("a **bold more** word end");
  });
});

it("reads what Google Docs writes", () => {
  const html = '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-weight:400">Title</span></h1><p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-weight:400"> and </span><span style="font-style:italic">slanted</span></p><ul><li dir="ltr"><p><span>one</span></p></li><ul><li><p><span>inner</span></p></li></ul><li><p><span>two</span></p></li></ul></b>';
  expect(htmlToMarkdown(html)).toBe("# Title\n\n**Bold** and *slanted*\n\n- one\n  - inner\n- two");
});

it("reads what Word writes", () => {
  const item = (level: number, sign: string, text: string) =>
    `<p class=MsoListParagraph style='margin-left:.5in;text-indent:-.25in;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`;
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {margin:0} --></style></head><body><!--StartFragment--><h1>Bericht<o:p></o:p></h1><p class=MsoNormal>Der <b style='mso-bidi-font-weight:normal'>Pool</b> ist\nzu klein.<o:p></o:p></p>${item(1, "·", "eins")}${item(2, "o", "darin")}${item(1, "·", "zwei")}<p class=MsoNormal><o:p>&nbsp;</o:p></p>${item(1, "1.", "erstens")}${item(1, "2.", "zweitens")}<table class=MsoTableGrid><tr><td><p class=MsoNormal>A</p></td><td><p>B</p></td></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></table><!--EndFragment--></body></html>`;
  expect(htmlToMarkdown(html)).toBe("# Bericht\n\nDer **Pool** ist zu klein.\n\n- eins\n  - darin\n- zwei\n\n1. erstens\n2. zweitens\n\n| A   | B   |\n| --- | --- |\n| 1   | 2   |");
});
