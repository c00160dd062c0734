//! Taking fields out of a JSON object, with the place in words for errors.

use crate::diagnostic::Refusal;
use crate::model::{Perspective, Properties};
use serde_json::{Map, Value};

/// Refuses the JSON.
pub(super) fn refuse(message: impl Into<String>, remedy: &str) -> Refusal {
    Refusal { file: String::new(), line: 0, message: message.into(), remedy: remedy.to_owned() }
}

/// An object whose known fields are taken out one by one; the rest is kept as it is.
pub(super) struct Fields {
    place: String,
    map: Map<String, Value>,
}

impl Fields {
    /// The fields of a value that must be an object.
    pub(super) fn of(value: Value, place: impl Into<String>) -> Result<Self, Refusal> {
        let place = place.into();
        match value {
            Value::Object(map) => Ok(Self { place, map }),
            Value::Null => Ok(Self { place, map: Map::new() }),
            _ => Err(refuse(format!("{place} must be an object"), "export the workspace again")),
        }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// A field as it is; `null` counts as absent.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    /// A text; numbers and booleans are written out.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Refusal> {
        match self.take(name) {
            None => Ok(String::new()),
            Some(Value::String(text)) => Ok(text),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(value.to_string()),
            Some(_) => Err(self.wrong(name, "a text")),
        }
    }

    /// A text that is absent when empty.
    pub(super) fn some_text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(Some(self.text(name)?).filter(|text| !text.is_empty()))
    }

    /// A whole number; also one written as text.
    pub(super) fn number(&mut self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let number = value.as_i64().or_else(|| value.as_f64().map(|real| real.round() as i64));
        match number.or_else(|| value.as_str().and_then(|text| text.trim().parse().ok())) {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong(name, "a number")),
        }
    }

    /// A yes or no.
    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    /// A list; absent means empty.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<Value>, Refusal> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(self.wrong(name, "a list")),
        }
    }

    /// A list of objects, each with its place.
    pub(super) fn objects(&mut self, name: &str) -> Result<Vec<Self>, Refusal> {
        let place = format!("{}/{name}", self.place);
        let list = self.list(name)?.into_iter().enumerate();
        list.map(|(at, value)| Self::of(value, format!("{place}/{at}"))).collect()
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, Refusal> {
        let list = self.list(name)?;
        list.into_iter()
            .map(|value| match value {
                Value::String(text) => Ok(text),
                Value::Number(number) => Ok(number.to_string()),
                _ => Err(self.wrong(name, "a list of texts")),
            })
            .collect()
    }

    /// An object; absent means empty.
    pub(super) fn object(&mut self, name: &str) -> Result<Self, Refusal> {
        let place = format!("{}/{name}", self.place);
        Self::of(self.take(name).unwrap_or_default(), place)
    }

    /// Name/value pairs.
    pub(super) fn properties(&mut self) -> Result<Properties, Refusal> {
        let object = self.object("properties")?;
        let mut properties = Properties::new();
        for (name, value) in object.map {
            match value {
                Value::String(text) => drop(properties.insert(name, text)),
                Value::Null => {}
                other => drop(properties.insert(name, other.to_string())),
            }
        }
        Ok(properties)
    }

    /// Perspectives of an element or a relationship.
    pub(super) fn perspectives(&mut self) -> Result<Vec<Perspective>, Refusal> {
        let list = self.objects("perspectives")?;
        list.into_iter()
            .map(|mut one| {
                Ok(Perspective {
                    name: one.text("name")?,
                    description: one.text("description")?,
                    value: one.text("value")?,
                    url: one.text("url")?,
                })
            })
            .collect()
    }

    /// What was not taken.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.map.into_iter().filter(|(_, value)| !value.is_null()).collect()
    }

    pub(super) fn wrong(&self, name: &str, expected: &str) -> Refusal {
        refuse(format!("{}/{name} must be {expected}", self.place), "export the workspace again")
    }
}
