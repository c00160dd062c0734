//! Terminology, branding, and the workspace's own configuration.

use super::context::{Context, Holder};
use super::fail::{Fail, Words, fail};
use super::parser::Parser;
use serde_json::{Value, json};

impl Parser<'_> {
    pub(super) fn in_terminology(&mut self, first: &str, words: &Words<'_>) -> Result<bool, Fail> {
        let name = match first {
            "person" => "person",
            "softwaresystem" => "softwareSystem",
            "container" => "container",
            "component" => "component",
            "deploymentnode" => "deploymentNode",
            "infrastructurenode" => "infrastructureNode",
            "relationship" => "relationship",
            "enterprise" => {
                self.outdated("enterprise is no longer a term", "remove the line")?;
                "enterprise"
            }
            "metadata" => {
                let word = Self::need(words, 1, "metadata <square|round|curly|angle|double_angle|none>")?;
                let symbols = match word.to_ascii_lowercase().replace(['_', '-'], "").as_str() {
                    "square" | "squarebrackets" => "SquareBrackets",
                    "round" | "roundbrackets" => "RoundBrackets",
                    "curly" | "curlybrackets" => "CurlyBrackets",
                    "angle" | "anglebrackets" => "AngleBrackets",
                    "doubleangle" | "doubleanglebrackets" => "DoubleAngleBrackets",
                    "none" => "None",
                    _ => {
                        let message = format!("The symbol type \"{word}\" is not valid");
                        return Err(fail(message, "write square, round, curly, angle, double_angle or none"));
                    }
                };
                self.workspace.configuration.metadata_symbols = Some(symbols.to_owned());
                return Ok(true);
            }
            _ => return Ok(false),
        };
        let term = Self::need(words, 1, &format!("{name} <term>"))?;
        self.workspace.configuration.terminology.insert(name.to_owned(), Value::from(term));
        Ok(true)
    }

    pub(super) fn in_branding(&mut self, first: &str, words: &Words<'_>) -> Result<bool, Fail> {
        match first {
            "logo" => {
                let logo = self.picture(Self::need(words, 1, "logo <file|url>")?)?;
                self.workspace.configuration.branding.insert("logo".to_owned(), Value::from(logo));
            }
            "font" => {
                let mut font = json!({ "name": Self::need(words, 1, "font <name> [url]")? });
                if let Some(url) = Self::word(words, 2) {
                    font["url"] = Value::from(url);
                }
                self.workspace.configuration.branding.insert("font".to_owned(), font);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn in_configuration(&mut self, first: &str, words: &Words<'_>) -> Result<bool, Fail> {
        let (field, value) = match first {
            "scope" => {
                let word = Self::need(words, 1, "scope <landscape|softwaresystem|none>")?;
                match word.to_ascii_lowercase().as_str() {
                    "landscape" => ("scope", Some("Landscape")),
                    "softwaresystem" => ("scope", Some("SoftwareSystem")),
                    "none" => ("scope", None),
                    _ => {
                        return Err(fail(
                            format!("The scope \"{word}\" is not valid"),
                            "write landscape, softwaresystem or none",
                        ));
                    }
                }
            }
            "visibility" => {
                let word = Self::need(words, 1, "visibility <private|public>")?;
                match word.to_ascii_lowercase().as_str() {
                    "private" => ("visibility", Some("Private")),
                    "public" => ("visibility", Some("Public")),
                    _ => {
                        return Err(fail(format!("The visibility \"{word}\" is not valid"), "write private or public"));
                    }
                }
            }
            "users" => {
                self.open(Context::Users)?;
                return Ok(true);
            }
            "properties" => {
                self.open(Context::Properties(Holder::Workspace))?;
                return Ok(true);
            }
            _ => return Ok(false),
        };
        match value {
            Some(value) => drop(self.workspace.access.insert(field.to_owned(), Value::from(value))),
            None => drop(self.workspace.access.remove(field)),
        }
        Ok(true)
    }

    pub(super) fn in_users(&mut self, words: &Words<'_>) -> Result<bool, Fail> {
        let grammar = "<username> <read|write>";
        Self::at_most(words, 2, grammar)?;
        let name = Self::need(words, 0, grammar)?;
        let role = match Self::need(words, 1, grammar)?.to_ascii_lowercase().as_str() {
            "read" => "ReadOnly",
            "write" => "ReadWrite",
            other => return Err(fail(format!("The role \"{other}\" is not valid"), "write read or write")),
        };
        let users = self.workspace.access.entry("users").or_insert_with(|| json!([]));
        if let Value::Array(users) = users {
            users.retain(|user| user["username"] != name);
            users.push(json!({ "username": name, "role": role }));
        }
        Ok(true)
    }
}
