use super::syntax::LANGUAGES;
use super::*;

fn told(language: &str, text: &str) -> Lexed {
    let language = LANGUAGES.iter().find(|known| known.name == language).unwrap();
    lex(text, language.syntax)
}

#[test]
fn comments_and_strings_are_blanked() {
    for (language, text, code, bare) in [
        ("Java", "a(\"x // y\"); // z", "a(\"x // y\");     ", "a(\"      \");     "),
        ("Java", "char c = '\"'; /* b */ d", "char c = '\"';         d", "char c = ' ';         d"),
        ("JavaScript", "a = /['\"]/.test(b) // c", "a = /['\"]/.test(b)     ", "a = /    /.test(b)     "),
        ("JavaScript", "a = b / c / d", "a = b / c / d", "a = b / c / d"),
        ("JavaScript", "`x ${f('y')} z`", "`x ${f('y')} z`", "`    f(' ')   `"),
        ("Python", "x = 1  # it's\ny = 'a'", "x = 1        \ny = 'a'", "x = 1        \ny = ' '"),
        ("Go", "a := `b \"c`", "a := `b \"c`", "a := `    `"),
        ("C#", "a = @\"b\\\"; c", "a = @\"b\\\"; c", "a = @\"  \"; c"),
        ("Rust", "fn f<'a>(x: &'a str) { '\"' }", "fn f<'a>(x: &'a str) { '\"' }", "fn f<'a>(x: &'a str) { ' ' }"),
        ("Ruby", "a = \"b #{c} d\" # e", "a = \"b #{c} d\"    ", "a = \"    c   \"    "),
    ] {
        let lexed = told(language, text);
        assert_eq!(lexed.code, code, "{language} {text}");
        assert_eq!(lexed.bare, bare, "{language} {text}");
    }
}

#[test]
fn docstrings_are_comments_and_arguments_are_not() {
    let lexed = told("Python", "def f():\n    \"\"\"Says it.\"\"\"\n    g(\n        \"\"\"a\"\"\")\n");
    assert_eq!((lexed.comments.len(), lexed.literals.len(), lexed.lines), (1, 1, 3));
}

#[test]
fn heredocs_and_markup_are_strings() {
    let lexed = told("Ruby", "q = <<~SQL\n  SELECT 1\nSQL\nputs q\n");
    assert_eq!(lexed.literals.len(), 1);
    assert!(!lexed.bare.contains("SELECT") && lexed.bare.contains("puts q"));
    let lexed = told("PHP", "<p>it's</p>\n<?php $a = 'b'; // c ?>\n<p>\"</p>\n<?php f();");
    assert!(lexed.bare.contains("$a") && lexed.bare.contains("f();") && !lexed.bare.contains("it's"));
}

#[test]
fn what_is_not_closed_ends_with_the_file() {
    for language in ["Java", "JavaScript", "Python", "PHP", "Ruby", "C#", "Rust", "Go", "Kotlin"] {
        for text in
            ["\"", "'", "`", "/*", "\"\"\"", "`${`${", "<<~A\nb", "\\", "\"\\", "é'é", "$\"{\"{", "<?php \"{$a", "/é"]
        {
            let lexed = told(language, text);
            assert_eq!((lexed.code.len(), lexed.bare.len()), (text.len(), text.len()), "{language} {text}");
        }
    }
}
