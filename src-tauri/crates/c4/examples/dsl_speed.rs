//! How quickly a large workspace is read and written, in MB/s: `cargo run -p groma-c4 --example dsl_speed [--release]`.

#![allow(clippy::print_stdout, clippy::expect_used)]

use groma_c4::dsl::{self, Files, Options};
use std::fmt::Write;
use std::time::Instant;

struct One(String);

impl Files for One {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        Some(self.0.clone().into_bytes())
    }

    fn list(&self, _: &str) -> Option<Vec<String>> {
        None
    }
}

/// A workspace of so many systems, each with containers, components, relationships, an environment's part, a view.
fn generated(systems: usize) -> String {
    let mut text = String::from("workspace \"Large\" \"A generated workspace\" {\n    model {\n");
    for system in 0..systems {
        let _ = writeln!(
            text,
            "        system{system} = softwareSystem \"System {system}\" \"Does the work of department {system}, as agreed\" \"Internal\" {{"
        );
        for container in 0..6 {
            let _ = writeln!(
                text,
                "            c{system}_{container} = container \"Container {container}\" \"Keeps what the department needs\" \"Rust and PostgreSQL\" \"Service\" {{"
            );
            for component in 0..6 {
                let _ = writeln!(
                    text,
                    "                p{system}_{container}_{component} = component \"Component {component}\" \"Answers one question of many\" \"Rust module\""
                );
            }
            text.push_str("                properties {\n                    \"owner\" \"Team A\"\n                }\n            }\n");
        }
        text.push_str("        }\n");
    }
    for system in 0..systems {
        for container in 0..6 {
            for component in 0..6 {
                let (other, next) = ((system + 1) % systems, (container + 1) % 6);
                let _ = writeln!(
                    text,
                    "        p{system}_{container}_{component} -> p{system}_{next}_{component} \"Asks for the state of an order\" \"JSON/HTTPS\""
                );
                if component == container {
                    let _ = writeln!(
                        text,
                        "        p{system}_{container}_{component} -> c{other}_{container} \"Tells of what has changed\" \"AMQP\" \"Asynchronous\""
                    );
                }
            }
        }
    }
    text.push_str("        deploymentEnvironment \"Live\" {\n");
    for system in 0..systems {
        let _ = writeln!(text, "            deploymentNode \"Server {system}\" \"\" \"Linux\" {{");
        for container in 0..6 {
            let _ = writeln!(text, "                containerInstance c{system}_{container}");
        }
        text.push_str("            }\n");
    }
    text.push_str("        }\n    }\n    views {\n");
    for system in 0..systems {
        let _ = writeln!(
            text,
            "        container system{system} view{system} \"What is in it\" {{\n            include *\n            autoLayout lr\n        }}"
        );
    }
    text.push_str("    }\n}\n");
    text
}

fn main() {
    // A number of systems may be given.
    let asked = std::env::args().nth(1).and_then(|word| word.parse().ok());
    for systems in asked.map_or(vec![20, 200, 800], |systems| vec![systems]) {
        let files = One(generated(systems));
        let megabytes = files.0.len() as f64 / 1e6;
        let best = |work: &mut dyn FnMut() -> Box<dyn std::any::Any>| {
            let runs = (0..5).map(|_| {
                let start = Instant::now();
                let made = work();
                let took = start.elapsed().as_secs_f64();
                drop(made);
                took
            });
            runs.fold(f64::INFINITY, f64::min)
        };
        let read = best(&mut || Box::new(dsl::parse("large.dsl", &files, &Options::default()).expect("a workspace")));
        let workspace = dsl::parse("large.dsl", &files, &Options::default()).expect("a workspace").workspace;
        let written = best(&mut || Box::new(dsl::write(&workspace)));
        println!(
            "{megabytes:6.2} MB, {} elements, {} relationships: read {:6.1} MB/s, written in {:.0} ms",
            workspace.model.elements().count(),
            workspace.model.relationships().count(),
            megabytes / read,
            written * 1e3,
        );
    }
}
