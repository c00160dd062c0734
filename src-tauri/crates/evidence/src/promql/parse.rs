//! PromQL to a tree. Ranges, offsets and matching of labels are read over: they do not change what is compared.

/// Nesting deeper than this is written by nobody.
const DEEPEST: usize = 64;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// A number, or a duration in seconds.
    Number(f64),
    /// A string.
    Text(String),
    /// Series of a metric.
    Selector(Selector),
    /// A function or an aggregation.
    Call(String, Vec<Expr>),
    /// `left op right`; `op` is the operator as written.
    Binary(&'static str, Box<Expr>, Box<Expr>),
}

/// Series by name and labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Selector {
    /// The metric's name, or empty.
    pub name: String,
    /// Label, operator (`=`, `!=`, `=~`, `!~`) and value.
    pub matchers: Vec<(String, &'static str, String)>,
}

/// Operators by how tightly they bind, the loosest first.
const LEVELS: &[&[&str]] =
    &[&["or"], &["and", "unless"], &["==", "!=", "<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%", "atan2"], &["^"]];
const MATCHERS: &[&str] = &["=~", "!~", "!=", "="];

/// Parses an expression; `None` when it is none, for example one of another query language.
pub(crate) fn parse(text: &str) -> Option<Expr> {
    let mut reader = Reader { rest: text };
    let expr = reader.level(0, 0)?;
    reader.skip();
    reader.rest.is_empty().then_some(expr)
}

struct Reader<'a> {
    rest: &'a str,
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | ':')
}

impl<'a> Reader<'a> {
    /// White space and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('#') {
                return;
            }
            self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]);
        }
    }

    fn eat(&mut self, symbol: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(symbol) {
            Some(rest) if !symbol.ends_with(is_word) || !rest.starts_with(is_word) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        self.skip();
        let end = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        Some(word)
    }

    fn level(&mut self, level: usize, depth: usize) -> Option<Expr> {
        if depth > DEEPEST {
            return None;
        }
        let Some(operators) = LEVELS.get(level) else { return self.unary(depth) };
        let mut left = self.level(level + 1, depth)?;
        while let Some(operator) = operators.iter().copied().find(|operator| self.eat(operator)) {
            self.matching()?;
            let right = self.level(if operator == "^" { level } else { level + 1 }, depth + 1)?;
            left = Expr::Binary(operator, Box::new(left), Box::new(right));
        }
        Some(left)
    }

    /// `bool`, `on (…)`, `ignoring (…)`, `group_left (…)`, `group_right (…)`.
    fn matching(&mut self) -> Option<()> {
        self.eat("bool");
        while let Some(word) = ["on", "ignoring", "group_left", "group_right"].iter().find(|word| self.eat(word)) {
            self.skip();
            // A grouping without labels may do without brackets; what follows is then its operand.
            if self.rest.starts_with('(') && (!word.starts_with("group_") || self.names_ahead()) {
                self.names()?;
            }
        }
        Some(())
    }

    /// Whether brackets follow that hold nothing but names, with an operand behind them.
    fn names_ahead(&self) -> bool {
        let Some((names, after)) = self.rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
            return false;
        };
        let after = after.trim_start();
        names.chars().all(|c| is_word(c) || c == ',' || c.is_whitespace())
            && after.starts_with(|c: char| is_word(c) || matches!(c, '(' | '{'))
    }

    /// `(a, b)`.
    fn names(&mut self) -> Option<()> {
        if !self.eat("(") {
            return None;
        }
        let (_, rest) = self.rest.split_once(')')?;
        self.rest = rest;
        Some(())
    }

    fn unary(&mut self, depth: usize) -> Option<Expr> {
        if self.eat("-") {
            let of = self.level(LEVELS.len() - 1, depth + 1)?;
            return Some(match of {
                Expr::Number(number) => Expr::Number(-number),
                of => Expr::Binary("*", Box::new(Expr::Number(-1.0)), Box::new(of)),
            });
        }
        if self.eat("+") {
            return self.level(LEVELS.len() - 1, depth + 1);
        }
        let expr = self.primary(depth)?;
        self.modifiers()?;
        Some(expr)
    }

    /// `[5m]`, `[1h:1m]`, `offset 5m`, `@ 1609746000`, `@ end()`.
    fn modifiers(&mut self) -> Option<()> {
        loop {
            if self.eat("[") {
                let (_, rest) = self.rest.split_once(']')?;
                self.rest = rest;
            } else if self.eat("offset") {
                self.eat("-");
                self.number()?;
            } else if self.eat("@") {
                if self.number().is_none() {
                    self.word()?;
                    self.names()?;
                }
            } else {
                return Some(());
            }
        }
    }

    fn primary(&mut self, depth: usize) -> Option<Expr> {
        self.skip();
        match self.rest.chars().next()? {
            '(' => {
                self.eat("(");
                let inner = self.level(0, depth + 1)?;
                self.eat(")").then_some(inner)
            }
            '"' | '\'' | '`' => self.text().map(Expr::Text),
            '{' => self.selector(String::new()),
            c if c.is_ascii_digit() || c == '.' => self.number().map(Expr::Number),
            _ => {
                let name = self.word()?;
                match name.to_ascii_lowercase().as_str() {
                    "inf" => return Some(Expr::Number(f64::INFINITY)),
                    "nan" => return Some(Expr::Number(f64::NAN)),
                    _ => {}
                }
                self.skip();
                let grouped = self.eat("by") || self.eat("without");
                if grouped {
                    self.names()?;
                    self.skip();
                }
                if self.rest.starts_with('(') {
                    let arguments = self.arguments(depth)?;
                    if self.eat("by") || self.eat("without") {
                        self.names()?;
                    }
                    return Some(Expr::Call(name.to_owned(), arguments));
                }
                if grouped { None } else { self.selector(name.to_owned()) }
            }
        }
    }

    fn arguments(&mut self, depth: usize) -> Option<Vec<Expr>> {
        let mut arguments = Vec::new();
        self.eat("(");
        while !self.eat(")") {
            arguments.push(self.level(0, depth + 1)?);
            if !self.eat(",") {
                return self.eat(")").then_some(arguments);
            }
        }
        Some(arguments)
    }

    fn selector(&mut self, name: String) -> Option<Expr> {
        let mut selector = Selector { name, matchers: Vec::new() };
        self.skip();
        if self.rest.starts_with('{') {
            self.eat("{");
            while !self.eat("}") {
                self.skip();
                let quoted = self.rest.starts_with(['"', '\'']);
                let label = if quoted { self.text()? } else { self.word()?.to_owned() };
                match MATCHERS.iter().copied().find(|matcher| self.eat(matcher)) {
                    Some(matcher) => {
                        let value = self.text()?;
                        match label == "__name__" && matcher == "=" {
                            true => selector.name = value,
                            false => selector.matchers.push((label, matcher, value)),
                        }
                    }
                    // A quoted name of a metric stands among the labels.
                    None if quoted && selector.name.is_empty() => selector.name = label,
                    None => return None,
                }
                self.eat(",");
            }
        }
        Some(Expr::Selector(selector))
    }

    fn text(&mut self) -> Option<String> {
        self.skip();
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if quote != '`' => match chars.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    other => text.push(other),
                },
                c if c == quote => {
                    self.rest = &self.rest[at + 1..];
                    return Some(text);
                }
                c => text.push(c),
            }
        }
        None
    }

    /// A number, or a duration such as `1h30m` in seconds.
    fn number(&mut self) -> Option<f64> {
        self.skip();
        let end =
            self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))).unwrap_or(self.rest.len());
        let mut end = end;
        // The sign of an exponent.
        if self.rest[..end].ends_with(['e', 'E'])
            && self.rest[..end].starts_with(|c: char| c.is_ascii_digit())
            && self.rest[end..].starts_with(['+', '-'])
        {
            let digits = self.rest[end + 1..].find(|c: char| !c.is_ascii_digit());
            end = digits.map_or(self.rest.len(), |digits| end + 1 + digits);
        }
        let (word, rest) = self.rest.split_at(end);
        if !word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return None;
        }
        let plain = word.replace('_', "");
        let number = match plain.strip_prefix("0x") {
            Some(hex) => u32::from_str_radix(hex, 16).ok().map(f64::from),
            None => plain.parse().ok().or_else(|| duration(&plain)),
        }?;
        self.rest = rest;
        Some(number)
    }
}

/// `1h30m` in seconds.
fn duration(text: &str) -> Option<f64> {
    let (mut rest, mut seconds) = (text, 0.0);
    while !rest.is_empty() {
        let unit = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let number: f64 = rest[..unit].parse().ok()?;
        rest = &rest[unit..];
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        seconds += number
            * match &rest[..end] {
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3600.0,
                "d" => 86_400.0,
                "w" => 604_800.0,
                "y" => 31_536_000.0,
                _ => return None,
            };
        rest = &rest[end..];
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree with all its brackets.
    fn show(expr: &Expr) -> String {
        match expr {
            Expr::Number(number) => number.to_string(),
            Expr::Text(text) => format!("{text:?}"),
            Expr::Selector(selector) => {
                let matchers: Vec<String> = selector.matchers.iter().map(|(l, m, v)| format!("{l}{m}{v}")).collect();
                format!("{}{{{}}}", selector.name, matchers.join(","))
            }
            Expr::Call(name, arguments) => {
                format!("{name}({})", arguments.iter().map(show).collect::<Vec<_>>().join(", "))
            }
            Expr::Binary(operator, left, right) => format!("({} {operator} {})", show(left), show(right)),
        }
    }

    #[test]
    fn expressions_become_trees() {
        for (text, want) in [
            ("a + b * c ^ 2 > bool 1e-3", "((a{} + (b{} * (c{} ^ 2))) > 0.001)"),
            (
                "sum by (job) (rate(x_total{code=~\"5..\", path!='/health'}[5m] offset 1h)) without (pod)",
                "sum(rate(x_total{code=~5..,path!=/health}))",
            ),
            ("a / on(job) group_left(team) b > 5 and a > 1", "(((a{} / b{}) > 5) and (a{} > 1))"),
            ("a / on(job) group_left b", "(a{} / b{})"),
            ("a * on(job) group_left (b + c)", "(a{} * (b{} + c{}))"),
            (
                "histogram_quantile(0.99, sum(rate(d_bucket[5m])) by (le)) > 0.5",
                "(histogram_quantile(0.99, sum(rate(d_bucket{}))) > 0.5)",
            ),
            ("max_over_time(deriv(x[5m])[1h:1m]) # why\n > -1", "(max_over_time(deriv(x{})) > -1)"),
            ("{__name__=\"a:b\"} or {\"x.y\", l=\"v\"}", "(a:b{} or x.y{l=v})"),
            ("time() - x @ end() > 1h30m", "((time() - x{}) > 5400)"),
            ("-x < 0x10", "((-1 * x{}) < 16)"),
            ("topk(5, `x`)", "topk(5, \"x\")"),
        ] {
            assert_eq!(parse(text).as_ref().map(show).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_is_none() {
        for text in
            ["", "sum(", "a >", "sum(rate({app=\"x\"} |= \"error\" [5m])) > 1", "a b", "x{a=1}", "x[5m", "sum by (a)"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"(".repeat(100_000)), None);
        assert_eq!(parse(&"-".repeat(100_000)), None);
        assert!(parse(&vec!["1"; 50].join(" + ")).is_some());
    }
}
