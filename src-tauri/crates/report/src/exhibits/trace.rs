//! Stack traces: which lines are the error, which frames are the application's own, which a library's.

/// What a line of a stack trace is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TracePart {
    /// An error, with what it says.
    Error,
    /// A frame of the application.
    Own,
    /// A frame of a library, framework or runtime.
    Library,
    /// Anything else: a line of source below its frame, "3 more".
    Other,
}

impl TracePart {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Own => "own",
            Self::Library => "library",
            Self::Other => "other",
        }
    }
}

/// Packages that no client writes, by the beginning of a frame's qualified name.
const LIBRARIES: &[&str] = &[
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "jakarta.",
    "kotlin.",
    "kotlinx.",
    "scala.",
    "groovy.",
    "org.springframework.",
    "org.apache.",
    "org.hibernate.",
    "org.eclipse.",
    "org.jboss.",
    "org.postgresql.",
    "org.junit.",
    "org.gradle.",
    "org.slf4j.",
    "io.netty.",
    "io.undertow.",
    "io.quarkus.",
    "io.vertx.",
    "io.micronaut.",
    "io.grpc.",
    "io.opentelemetry.",
    "reactor.",
    "rx.",
    "com.zaxxer.",
    "com.mysql.",
    "com.fasterxml.",
    "com.google.common.",
    "ch.qos.",
    "oracle.",
    "akka.",
    "okhttp3.",
    "feign.",
    "System.",
    "Microsoft.",
    "Npgsql.",
    "Newtonsoft.",
    "lambda_method",
    "runtime.",
    "net/http.",
    "database/sql.",
    "reflect.",
    "Illuminate\\",
    "Symfony\\",
    "Doctrine\\",
];
/// Folders that no client writes, anywhere in a frame's path.
const FOLDERS: &[&str] = &[
    "node_modules/",
    "node:internal",
    "node:",
    "(internal/",
    "internal/process",
    "site-packages/",
    "dist-packages/",
    "/usr/lib/python",
    "/lib/python3",
    "<frozen ",
    "/usr/local/go/src/",
    "/go/pkg/mod/",
    "/gems/",
    "/vendor/",
    "/rustc/",
    ".cargo/registry/",
];

/// What each line of a trace is.
pub(super) fn parts(lines: &[&str]) -> Vec<TracePart> {
    let mut parts = Vec::with_capacity(lines.len());
    let mut last = TracePart::Error;
    for line in lines {
        let part = part(line, last);
        if matches!(part, TracePart::Own | TracePart::Library) {
            last = part;
        }
        parts.push(part);
    }
    parts
}

/// `last` is the kind of the last frame: a line of source below it belongs to it.
fn part(line: &str, last: TracePart) -> TracePart {
    let text = line.trim_start();
    let indented = text.len() < line.len();
    if let Some(frame) = frame(text) {
        let frame = frame.trim_start_matches("async ").trim_start_matches("new ");
        // A module of the class loader stands before the name: `java.base/java.lang.Thread.run`.
        let named = frame
            .split_once('/')
            .map_or(frame, |(module, rest)| if module.contains(['(', ' ']) { frame } else { rest });
        let library = LIBRARIES.iter().any(|start| frame.starts_with(start) || named.starts_with(start))
            || FOLDERS.iter().any(|folder| frame.contains(folder));
        return if library { TracePart::Library } else { TracePart::Own };
    }
    if text.is_empty() || text.starts_with("... ") || text.chars().all(|c| c == '^' || c == '~' || c == ' ') {
        return TracePart::Other;
    }
    if indented {
        return if last == TracePart::Library { TracePart::Library } else { TracePart::Other };
    }
    TracePart::Error
}

/// The frame that a line names, without its mark.
fn frame(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("at ") {
        return Some(rest);
    }
    if text.starts_with("File \"") && text.contains(", line ") {
        return Some(text);
    }
    // Ruby (`from a.rb:3:in`), PHP (`#0 /a.php(3): f()`), Go and Rust (`/a/b.go:12 +0x1`).
    if let Some(rest) = text.strip_prefix("from ").filter(|rest| rest.contains(':')) {
        return Some(rest);
    }
    if text.starts_with('#') && text[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return text.split_once(' ').map(|(_, rest)| rest);
    }
    let place = text.split_whitespace().next()?;
    let numbered =
        place.rsplit_once(':').is_some_and(|(path, line)| path.contains(['/', '.']) && line.parse::<u32>().is_ok());
    (numbered && place.starts_with('/')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&'static str> {
        parts(&text.lines().collect::<Vec<_>>()).into_iter().map(TracePart::as_str).collect()
    }

    #[test]
    fn own_frames_of_java_stand_out() {
        let text = "org.springframework.dao.QueryTimeoutException: timed out\n\tat org.springframework.jdbc.A.b(A.java:1)\n\tat shop.orders.Board.load(Board.java:41)\n\tat java.base/java.lang.Thread.run(Thread.java:833)\nCaused by: java.sql.SQLException: canceled\n\t... 3 more";
        assert_eq!(words(text), ["error", "library", "own", "library", "error", "other"]);
    }

    #[test]
    fn python_node_go_and_dotnet_are_told_alike() {
        let python = "Traceback (most recent call last):\n  File \"/app/orders/views.py\", line 12, in board\n    return rows[0]\n  File \"/usr/lib/python3.11/site-packages/django/db.py\", line 9, in run\n    raise x\nIndexError: list index out of range";
        assert_eq!(words(python), ["error", "own", "other", "library", "library", "error"]);
        let node = "TypeError: x is not a function\n    at Board.load (/srv/app/board.js:10:3)\n    at async /srv/app/node_modules/express/lib/router.js:3:1\n    at node:internal/process/task_queues:95:5";
        assert_eq!(words(node), ["error", "own", "library", "library"]);
        let go = "panic: nil map\ngoroutine 1 [running]:\nmain.load(...)\n\t/srv/app/board.go:12 +0x1d\nnet/http.serve(...)\n\t/usr/local/go/src/net/http/server.go:3 +0x2";
        assert_eq!(words(go)[3], "own");
        assert_eq!(words(go)[5], "library");
        let dotnet = "System.TimeoutException: late\n   at Npgsql.Internal.Read()\n   at Shop.Board.Load() in /src/Board.cs:line 10";
        assert_eq!(words(dotnet), ["error", "library", "own"]);
    }
}
