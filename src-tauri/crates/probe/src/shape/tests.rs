use crate::source::Source;

fn calls(path: &str, text: &str) -> Vec<String> {
    let source = Source::new(path, text, false);
    source.shape.calls.iter().map(|call| format!("{}({})", call.callee, text[call.args.clone()].trim())).collect()
}

#[test]
fn calls_are_the_same_in_every_language() {
    for (path, text, wanted) in [
        (
            "A.java",
            "class A { void f() { http.get(\"x\").send(1); new Pool<String>(2); } }",
            vec!["http.get(\"x\")", "http.get().send(1)", "new Pool(2)"],
        ),
        ("a.js", "const a = await axios.get('x', { timeout: 5 })", vec!["axios.get('x', { timeout: 5 })"]),
        (
            "a.ts",
            "const p = new Pool({ max: 5 }); this.http.get<Order>('x')",
            vec!["new Pool({ max: 5 })", "this.http.get('x')"],
        ),
        ("a.py", "r = requests.get(url, timeout=5)", vec!["requests.get(url, timeout=5)"]),
        (
            "a.go",
            "package a\nvar c = &http.Client{Timeout: 5}\nfunc f() { c.Do(req) }",
            vec!["new http.Client(Timeout: 5)", "c.Do(req)"],
        ),
        (
            "A.cs",
            "class A { void F() { var c = new HttpClient { Timeout = t }; c.GetAsync(u); } }",
            vec!["new HttpClient(Timeout = t)", "c.GetAsync(u)"],
        ),
        (
            "a.php",
            "<?php $c = new Client(['timeout' => 5]); $c->get('x');",
            vec!["new Client(['timeout' => 5])", "$c->get('x')"],
        ),
        (
            "a.rs",
            "fn f() { client.get(u).timeout(d).send(); }",
            vec!["client.get(u)", "client.get().timeout(d)", "client.get().timeout().send()"],
        ),
        ("A.kt", "fun f() { client.get(url) }", vec!["client.get(url)"]),
    ] {
        assert_eq!(calls(path, text), wanted, "{path}");
    }
    assert!(calls("a.rb", "r = HTTParty.get url, timeout: 5\n").contains(&"HTTParty.get(url, timeout: 5)".to_owned()));
}

#[test]
fn functions_have_their_names_and_ends() {
    for (path, text, wanted) in [
        ("A.java", "class A {\n  @Get\n  void f() {\n  }\n}", vec![("f", 2, 4)]),
        ("a.ts", "class A {\n  @Get('x')\n  f() {\n  }\n}\nconst g = () => {\n}", vec![("f", 2, 4), ("g", 6, 7)]),
        ("a.py", "@app.get('/')\ndef f():\n    return 1\n", vec![("f", 1, 3)]),
        ("a.go", "package a\nfunc f() {\n}", vec![("f", 2, 3)]),
        ("A.cs", "class A {\n  [HttpGet]\n  void F() {\n  }\n}", vec![("F", 2, 4)]),
        ("a.php", "<?php\nfunction f() {\n}\n", vec![("f", 2, 3)]),
        ("a.rb", "def f\n  if x\n  end\nend\n", vec![("f", 1, 4)]),
        ("a.rs", "#[test]\nfn f() {\n}\n", vec![("f", 1, 3)]),
        ("A.kt", "fun f(): Int {\n}\nfun g() = 1\n", vec![("f", 1, 2), ("g", 3, 3)]),
    ] {
        let source = Source::new(path, text, false);
        let found: Vec<(&str, u32, u32)> = source
            .shape
            .functions
            .iter()
            .map(|function| {
                (function.name.as_str(), source.line(function.whole.start), source.line(function.whole.end - 1))
            })
            .collect();
        assert_eq!(found, wanted, "{path}");
    }
}

#[test]
fn deep_and_broken_code_ends() {
    for (path, unit) in [
        ("a.js", "("),
        ("a.js", "a+"),
        ("A.java", "{"),
        ("a.py", "(a,"),
        ("a.rb", "(x "),
        ("a.php", "<?php a("),
        ("a.rs", "{("),
        ("a.go", "func("),
        ("A.cs", "\"a\"+"),
    ] {
        let _ = Source::new(path, &unit.repeat(20_000), false);
    }
}
