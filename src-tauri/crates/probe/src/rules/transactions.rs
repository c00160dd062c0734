//! Transactional blocks: where they are, so that calls inside them are found.

use super::{has, pattern};
use crate::lex::syntax::Lang;
use crate::notes::{Notes, Transaction};
use crate::source::Source;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands before a function whose body is a transaction.
static HEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"@Transactional\b|@transaction\.atomic\b|@atomic\b|\[Transaction\]"));
/// Calls that are given a block.
static BLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:\$transaction|(?:sequelize|knex|db|dataSource|manager|entityManager|em|connection|prisma|repo)\w*(?:\(\))?\.(?:transaction|transactional)|withTransaction|inTransaction|runInTransaction|[tT]ransactionTemplate\.execute\w*|transactionTemplate\.execute|DB::transaction|TransactionManager\.run|RunInTransaction|\.Transaction|^transaction|\w+\.transaction|WithTx|InTx)$",
    )
});
/// Calls between which a transaction lasts.
static BEGIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:\.Begin(?:Tx|x|Txx)?|\.BeginTransaction(?:Async)?|\.beginTransaction|\.begin|^DB::beginTransaction|\.startTransaction|^new TransactionScope)$",
    )
});
static COMMIT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\.?(?:commit(?:Async|Transaction)?|Complete)$"));
static CLASS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"@Transactional\b[^;{}]*\bclass\b"));
static PYTHON_WITH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?m)^([ \t]*)(?:async )?with [^\n]*(?:transaction\.atomic\(|\.begin\(\)|\.transaction\(\))[^\n]*:[ \t]*$")
});
static RUBY_DO: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?m)^([ \t]*)[^\n]*\btransaction\b[^\n]*\bdo\b"));

/// Notes the transactional blocks of a file.
pub(crate) fn look(source: &Source, notes: &mut Notes) {
    let Some(lang) = source.lang() else { return };
    let bare = source.bare();
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for function in &source.shape.functions {
        let head = bare.get(function.whole.start..function.body).unwrap_or_default();
        if has(HEAD.as_ref(), head) && !source.code()[function.whole.start..function.body].contains("readOnly = true") {
            blocks.push(function.whole.clone());
        }
    }
    // A class whose every method is a transaction is too wide to tell what is inside; its methods are taken.
    if matches!(lang, Lang::Java | Lang::Kotlin) && blocks.is_empty() && has(CLASS.as_ref(), bare) {
        blocks.extend(
            source
                .shape
                .functions
                .iter()
                .filter(|function| !function.name.is_empty())
                .map(|function| function.whole.clone()),
        );
    }
    for call in &source.shape.calls {
        let block = has(BLOCK.as_ref(), &call.callee);
        let args = bare.get(call.args.clone()).unwrap_or_default();
        let given =
            lang == Lang::Kotlin || ["=>", "function", "func(", "fn (", "{"].iter().any(|word| args.contains(word));
        if block && given {
            blocks.push(call.whole.clone());
        } else if has(BEGIN.as_ref(), &call.callee) && lang != Lang::Python {
            let Some(function) = source.shape.function_at(call.whole.start) else { continue };
            let rest = call.whole.end..function.whole.end;
            let end = source
                .shape
                .calls_in(&rest)
                .take(2_000)
                .find(|call| has(COMMIT.as_ref(), &call.callee))
                .map(|call| call.whole.end);
            blocks.extend(end.map(|end| call.whole.start..end));
        }
    }
    let by_indent = match lang {
        Lang::Python => PYTHON_WITH.as_ref(),
        Lang::Ruby => RUBY_DO.as_ref(),
        _ => None,
    };
    for captures in by_indent.iter().flat_map(|pattern| pattern.captures_iter(bare)) {
        let Some(whole) = captures.get(0) else { continue };
        blocks.push(whole.start()..indented(bare, whole.end(), captures[1].len()));
    }
    blocks.sort_by_key(|block| (block.start, block.end));
    blocks.dedup();
    for block in blocks {
        let (from, until) = (source.line(block.start), source.line(block.end.saturating_sub(1)));
        notes.transactions.push(Transaction { line: from, lines: (from, until) });
    }
}

/// Where the lines end that stand further in than `indent`.
fn indented(text: &str, from: usize, indent: usize) -> usize {
    let mut end = from;
    for line in text[from..].split_inclusive('\n') {
        let inner = line.trim_start();
        if !inner.trim().is_empty() && line.len() - inner.len() <= indent && end > from {
            break;
        }
        end += line.len();
    }
    end
}
