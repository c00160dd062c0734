//! The contract as TypeScript: every object, command, answer and event, for the window.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use groma_model::{Kind, Object};
use ts_rs::{Config, TS, TypeVisitor};

use crate::contract::Described;
use crate::{AppError, Event, contract};

/// Declarations by name; a name stands for one type.
struct Types<'a> {
    config: &'a Config,
    seen: BTreeSet<TypeId>,
    declared: BTreeMap<String, String>,
    clashes: Vec<String>,
}

impl TypeVisitor for Types<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types may hold themselves, also through lists and options.
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let name = T::ident(self.config);
            let declaration = T::decl(self.config);
            if self.declared.insert(name.clone(), declaration.clone()).is_some_and(|other| other != declaration) {
                self.clashes.push(name);
            }
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Names of types that stand for two things; the contract has none.
pub type Clashes = Vec<String>;

/// The whole file, as it stands in `ui/src/bindings/contract.ts`.
///
/// # Errors
/// When two types have one name.
pub fn typescript() -> Result<String, Clashes> {
    let config = Config::new().with_large_int("number");
    let mut types = Types { config: &config, seen: BTreeSet::new(), declared: BTreeMap::new(), clashes: Vec::new() };
    let mut kinds = String::new();
    objects(&config, &mut types, &mut kinds);
    let mut commands = String::new();
    contract::describe(&mut Commands { types: &mut types, out: &mut commands });
    types.visit::<AppError>();
    types.visit::<Event>();
    types.visit::<Kind>();
    if !types.clashes.is_empty() {
        return Err(types.clashes);
    }
    let mut file = String::from("// Generated from the Rust types by `make bindings`; do not edit.\n\n");
    for declaration in types.declared.values() {
        let _ = writeln!(file, "export {declaration}\n");
    }
    let _ = writeln!(file, "/** What `get` and `list` answer, by kind. */\nexport interface Objects {{\n{kinds}}}\n");
    let _ = writeln!(file, "/** Every command: what it takes beside `do`, and what it answers. */");
    let _ = writeln!(file, "export interface Commands {{\n{commands}}}");
    // One line for a comment of one line.
    Ok(file.replace("\n/**\n * ", "\n/** ").replace("\n */\n", " */ "))
}

struct Commands<'a, 'b> {
    types: &'a mut Types<'b>,
    out: &'a mut String,
}

impl Described for Commands<'_, '_> {
    fn command<A: TS + serde::de::DeserializeOwned + 'static, R: TS + 'static>(&mut self, word: &str, about: &str) {
        A::visit_dependencies(self.types);
        self.types.visit::<R>();
        let config = self.types.config;
        let mut ask = A::inline(config);
        // What has a default for every field need not be given at all.
        if serde_json::from_value::<A>(serde_json::json!({})).is_ok() {
            ask = format!("Partial<{ask}>");
        }
        let _ = writeln!(self.out, "  /** {about}. */\n  {word}: {{ ask: {ask}; answer: {} }};", R::name(config));
    }
}

fn objects(config: &Config, types: &mut Types<'_>, out: &mut String) {
    fn one<T: Object + TS>(config: &Config, types: &mut Types<'_>, out: &mut String) {
        types.visit::<T>();
        let _ = writeln!(out, "  {}: {};", T::KIND, T::name(config));
    }
    macro_rules! each { ($($name:ident),+ $(,)?) => { $(one::<groma_model::$name>(config, types, out);)+ } }
    each!(
        Engagement,
        Intake,
        Symptom,
        PackSnapshot,
        Answer,
        Assessment,
        Artifact,
        Decision,
        Finding,
        EvidenceLink,
        Image,
        Diagram,
        Risk,
        Theme,
        Initiative,
        Phase,
        Milestone,
        Role,
        ResourceLine,
        BudgetLine,
        TrainingNeed,
        SuccessMetric,
        KeyResult,
        Note,
        Brand,
        Architecture,
        Template,
        Exhibit,
        Mapping,
        SeverityTable,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_command_is_declared() {
        let file = typescript().unwrap();
        for kind in Kind::ALL {
            assert!(file.contains(&format!("\n  {kind}: ")), "{kind} has no type");
        }
        for (word, _) in crate::Command::ALL {
            assert!(file.contains(&format!("\n  {word}: {{ ask: ")), "{word} has no types");
        }
        assert!(!file.contains("bigint"), "a JSON number is a number");
    }
}
