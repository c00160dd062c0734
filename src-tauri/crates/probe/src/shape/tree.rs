//! Shapes from syntax trees.

use super::{Call, Function, Shape, callee};
use crate::lex::Lexed;
use crate::lex::syntax::Lang;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use tree_sitter::{Language, Node, Parser, Tree};

/// What a kind of node is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Nothing,
    /// A function, with `name` and `body`.
    Function,
    /// A call: the field of what is called, and that of the arguments.
    Call(&'static str, &'static str),
    /// An object that is made: the fields of its type and of what it is made with.
    Made(&'static str, &'static str),
    /// Two things joined: a string with something else, maybe.
    Joined,
    /// What stands before a function as a sibling of it.
    Decorator,
}

struct Grammar {
    language: Language,
    roles: Vec<Role>,
    /// Kinds that stand around a function with its decorators.
    around: &'static [&'static str],
}

impl Grammar {
    fn new(language: Language, around: &'static [&'static str], roles: &[(&str, Role)]) -> Self {
        let count = language.node_kind_count();
        let mut table = vec![Role::Nothing; count];
        for (kind, role) in roles {
            for id in 0..u16::try_from(count).unwrap_or(u16::MAX) {
                if language.node_kind_for_id(id) == Some(kind) && language.node_kind_is_named(id) {
                    table[usize::from(id)] = *role;
                }
            }
        }
        Self { language, roles: table, around }
    }
}

const SCRIPT: &[(&str, Role)] = &[
    ("function_declaration", Role::Function),
    ("generator_function_declaration", Role::Function),
    ("function_expression", Role::Function),
    ("arrow_function", Role::Function),
    ("method_definition", Role::Function),
    ("call_expression", Role::Call("function", "arguments")),
    ("new_expression", Role::Made("constructor", "arguments")),
    ("binary_expression", Role::Joined),
    ("augmented_assignment_expression", Role::Joined),
    ("decorator", Role::Decorator),
];

static JAVA: LazyLock<Grammar> = LazyLock::new(|| {
    let roles = [
        ("method_declaration", Role::Function),
        ("constructor_declaration", Role::Function),
        ("method_invocation", Role::Call("name", "arguments")),
        ("object_creation_expression", Role::Made("type", "arguments")),
        ("binary_expression", Role::Joined),
        ("assignment_expression", Role::Joined),
    ];
    Grammar::new(tree_sitter_java::LANGUAGE.into(), &[], &roles)
});
static JAVASCRIPT: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(tree_sitter_javascript::LANGUAGE.into(), &["variable_declarator", "pair"], SCRIPT));
static TYPESCRIPT: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(), &["variable_declarator", "pair"], SCRIPT)
});
static TSX: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(tree_sitter_typescript::LANGUAGE_TSX.into(), &["variable_declarator", "pair"], SCRIPT)
});
static PYTHON: LazyLock<Grammar> = LazyLock::new(|| {
    let roles = [
        ("function_definition", Role::Function),
        ("call", Role::Call("function", "arguments")),
        ("binary_operator", Role::Joined),
        ("augmented_assignment", Role::Joined),
    ];
    Grammar::new(tree_sitter_python::LANGUAGE.into(), &["decorated_definition"], &roles)
});
static GO: LazyLock<Grammar> = LazyLock::new(|| {
    let roles = [
        ("function_declaration", Role::Function),
        ("method_declaration", Role::Function),
        ("func_literal", Role::Function),
        ("call_expression", Role::Call("function", "arguments")),
        ("composite_literal", Role::Made("type", "body")),
        ("binary_expression", Role::Joined),
        ("assignment_statement", Role::Joined),
    ];
    Grammar::new(tree_sitter_go::LANGUAGE.into(), &[], &roles)
});
static CSHARP: LazyLock<Grammar> = LazyLock::new(|| {
    let roles = [
        ("method_declaration", Role::Function),
        ("constructor_declaration", Role::Function),
        ("local_function_statement", Role::Function),
        ("lambda_expression", Role::Function),
        ("invocation_expression", Role::Call("function", "arguments")),
        ("object_creation_expression", Role::Made("type", "arguments")),
        ("binary_expression", Role::Joined),
        ("assignment_expression", Role::Joined),
    ];
    Grammar::new(tree_sitter_c_sharp::LANGUAGE.into(), &[], &roles)
});

thread_local! {
    static PARSERS: RefCell<BTreeMap<usize, Parser>> = const { RefCell::new(BTreeMap::new()) };
}

/// The shape of a text; none where there is no grammar for the language.
pub(super) fn shape(lang: Lang, name: &str, text: &str, lexed: &Lexed) -> Option<Shape> {
    let (key, grammar) = match lang {
        Lang::Java => (0, &*JAVA),
        Lang::JavaScript => (1, &*JAVASCRIPT),
        Lang::TypeScript if name.ends_with("tsx") => (2, &*TSX),
        Lang::TypeScript => (3, &*TYPESCRIPT),
        Lang::Python => (4, &*PYTHON),
        Lang::Go => (5, &*GO),
        Lang::CSharp => (6, &*CSHARP),
        Lang::Kotlin | Lang::Php | Lang::Ruby | Lang::Rust => return None,
    };
    let tree = PARSERS.with_borrow_mut(|parsers| {
        let parser = parsers.entry(key).or_default();
        parser.set_language(&grammar.language).ok()?;
        parser.parse(text, None)
    })?;
    let mut shape = Shape::default();
    walk(&tree, grammar, text, lexed, &mut shape);
    Some(shape)
}

/// Every node, without recursion: files may nest as deep as they like. What stands around a node is kept here, since
/// asking a tree for a parent or a sibling searches it anew.
fn walk(tree: &Tree, grammar: &Grammar, text: &str, lexed: &Lexed, shape: &mut Shape) {
    let mut cursor = tree.walk();
    let mut parents: Vec<Node> = Vec::new();
    // Where the decorators of the next sibling begin, by depth.
    let mut decorated: Vec<Option<usize>> = vec![None];
    loop {
        let node = cursor.node();
        let role = grammar.roles.get(usize::from(node.kind_id())).copied().unwrap_or(Role::Nothing);
        let decorators = decorated.last_mut();
        let start = if role == Role::Decorator {
            decorators.map(|start| *start.get_or_insert(node.start_byte()))
        } else {
            decorators.and_then(Option::take)
        };
        let parent = parents.last();
        match role {
            Role::Nothing | Role::Decorator => {}
            Role::Function => shape.functions.extend(function(node, parent, start, grammar, text)),
            Role::Call(what, with) => shape.calls.extend(call(node, what, with, false, lexed)),
            Role::Made(what, with) => shape.calls.extend(call(node, what, with, true, lexed)),
            Role::Joined => shape.joined.extend(joined(node, parent, text, lexed)),
        }
        if cursor.goto_first_child() {
            parents.push(node);
            decorated.push(None);
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            parents.pop();
            decorated.pop();
        }
    }
}

fn function(
    node: Node,
    parent: Option<&Node>,
    decorators: Option<usize>,
    grammar: &Grammar,
    text: &str,
) -> Option<Function> {
    let body = node.child_by_field_name("body")?;
    let around = parent.filter(|parent| grammar.around.contains(&parent.kind()));
    let name = node.child_by_field_name("name").or_else(|| {
        let parent = around?;
        parent.child_by_field_name("name").or_else(|| parent.child_by_field_name("key"))
    });
    let start = decorators.unwrap_or_else(|| around.map_or(node.start_byte(), Node::start_byte));
    let name = name.and_then(|name| text.get(name.byte_range())).unwrap_or_default().to_owned();
    Some(Function { name, whole: start..node.end_byte(), body: body.start_byte() })
}

fn call(node: Node, what: &str, with: &str, made: bool, lexed: &Lexed) -> Option<Call> {
    let target = node.child_by_field_name(what)?;
    // Java's name of a method stands behind what it is called on.
    let start = if what == "name" { node.start_byte() } else { target.start_byte() };
    let arguments = node.child_by_field_name(with);
    // C# may leave the brackets out before what fills the object.
    let filled = node.child_by_field_name("initializer").map(|filled| filled.byte_range());
    let args = match (arguments.map(|arguments| arguments.byte_range()), filled) {
        (Some(args), Some(filled)) => args.start..filled.end,
        (Some(args), None) => args,
        (None, Some(filled)) => filled,
        (None, None) => return None,
    };
    let callee = callee(lexed.bare.get(start..target.end_byte())?, made);
    Some(Call { callee, whole: node.start_byte()..node.end_byte().max(args.end), args: inside(&args) })
}

/// A range without its brackets.
fn inside(range: &Range<usize>) -> Range<usize> {
    if range.len() < 2 { range.clone() } else { range.start + 1..range.end - 1 }
}

/// `a + "b"`, `"b" % a`, `s += "b" + a`: the range, where a string is joined with what is none.
fn joined(node: Node, parent: Option<&Node>, text: &str, lexed: &Lexed) -> Option<Range<usize>> {
    let left = node.child_by_field_name("left")?;
    let right = node.child_by_field_name("right")?;
    let between = text.get(left.end_byte()..right.start_byte())?.trim();
    let is_sum = matches!(between, "+" | "%" | "+=");
    // The outermost sum alone: `"a" + b + "c"` is one.
    let parent_sums = parent.is_some_and(|parent| {
        parent.kind() == node.kind()
            && parent.child_by_field_name("left").zip(parent.child_by_field_name("right")).is_some_and(
                |(left, right)| {
                    text.get(left.end_byte()..right.start_byte()).is_some_and(|between| between.trim() == "+")
                },
            )
    });
    if !is_sum || parent_sums {
        return None;
    }
    let range = node.byte_range();
    let from = lexed.literals.partition_point(|literal| literal.whole.start < range.start);
    let strings = lexed.literals[from..].iter().take_while(|literal| literal.whole.start < range.end);
    let mut other = lexed.bare.as_bytes().get(range.clone())?.to_vec();
    let mut any = false;
    for literal in strings {
        any = true;
        if literal.whole.end <= range.end && !literal.holes {
            other[literal.whole.start - range.start..literal.whole.end - range.start].fill(b' ');
        }
    }
    let other = String::from_utf8_lossy(&other);
    // Names in capitals are constants: nothing from outside gets in by them.
    let varies = other.split(|char: char| !char.is_alphanumeric() && char != '_').any(|word| {
        word.starts_with(|char: char| char.is_alphabetic() || char == '_') && word.chars().any(char::is_lowercase)
    });
    (any && varies).then_some(range)
}
