//! A burst of typing is one step: what is typed into a field in one go is undone in one go.

use groma_model::{Id, Timestamp};
use rusqlite::params;
use serde_json::Value;

use crate::{
    error::{Fault, StoreError},
    history::{self, Recorded},
    op::{Changes, Op},
    store::Store,
    table::Fields,
    tx::Tx,
};

/// A pause longer than this begins another step.
const PAUSE_MS: i64 = 5_000;
/// A step takes in no more than this, however steadily someone types.
const WHOLE_MS: i64 = 60_000;

/// The last step, while it may still grow. Kept in memory only: it ends with the opening of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Burst {
    step: Id,
    since: Timestamp,
    last: Timestamp,
}

impl Burst {
    /// Whether what is typed now still belongs to it.
    fn goes_on(&self, now: Timestamp) -> bool {
        let ms = |from: Timestamp| now.as_millisecond() - from.as_millisecond();
        (0..=PAUSE_MS).contains(&ms(self.last)) && (0..=WHOLE_MS).contains(&ms(self.since))
    }
}

impl Store {
    /// [`Store::transact`] for what is typed bit by bit: a change of the same text by the same author, shortly after
    /// the last step and with nothing between, becomes part of that step, which gets a new id.
    ///
    /// # Errors
    /// As [`Store::transact`].
    pub fn transact_typed<T>(
        &mut self,
        op: Op,
        author: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, Changes), StoreError> {
        let open = self.burst;
        let mut grown = None;
        let done = self.run(op, author, work, |tx| {
            let (changes, burst) = tx.finish_burst(op, open)?;
            grown = burst;
            Ok(changes)
        })?;
        if grown.is_some() {
            self.burst = grown;
        }
        Ok(done)
    }

    /// Ends what was typed: what follows is a step of its own, so that this moment can be gone back to.
    pub fn end_typing(&mut self) {
        self.burst = None;
    }
}

impl Tx<'_> {
    /// As [`Tx::finish`], but the last step takes the change in when both are one burst of typing. It gets a new id
    /// then: what stood between is no longer a point to go back to.
    pub(crate) fn finish_burst(&mut self, op: Op, burst: Option<Burst>) -> Result<(Changes, Option<Burst>), Fault> {
        let going = burst.filter(|burst| burst.goes_on(self.now));
        let last = going.map_or(Ok(None), |burst| history::last_done(self.conn, burst.step, self.author, op))?;
        let recorded = self.checked()?;
        let since = match (going, last) {
            (Some(burst), Some(seq)) if self.joins(seq, &recorded)? => Some((burst.since, seq)),
            _ => None,
        };
        let (changes, since) = match since {
            Some((since, seq)) => (self.amend(op, seq, recorded)?, since),
            None => (self.add_step(op, recorded)?, self.now),
        };
        let burst = changes.step.map(|step| Burst { step, since, last: self.now });
        Ok((changes, burst))
    }

    /// Whether a change continues the step's only one: the same object, and the same place in the same fields.
    fn joins(&self, seq: i64, recorded: &Recorded) -> Result<bool, Fault> {
        let [new] = recorded.images.as_slice() else { return Ok(false) };
        let Some(old) = history::only_image(self.conn, seq)? else { return Ok(false) };
        let (Some(old_was), Some(old_is), Some(was), Some(is)) = (&old.before, &old.after, &new.before, &new.after)
        else {
            return Ok(false);
        };
        let same = (old.kind, old.id) == (new.kind, new.id)
            && old_is.keys().eq(is.keys())
            && is.keys().all(|field| {
                let place = typed_at(old_was.get(field), old_is.get(field));
                place.is_some() && place == typed_at(was.get(field), is.get(field))
            });
        // Typed back to what it was, the step would be empty; what can be undone must have changed something.
        Ok(same && old_was != is)
    }

    /// Lets the step reach as far as the change.
    fn amend(&mut self, op: Op, seq: i64, recorded: Recorded) -> Result<Changes, Fault> {
        let step = self.ids.next_id();
        self.conn
            .prepare_cached("UPDATE \"steps\" SET \"id\" = ?2, \"at\" = ?3 WHERE \"seq\" = ?1")?
            .execute(params![seq, step.to_string(), self.now.to_string()])?;
        for image in &recorded.images {
            self.conn
                .prepare_cached("UPDATE \"history\" SET \"after\" = ?2 WHERE \"step\" = ?1")?
                .execute(params![seq, history::text(image.after.as_ref())])?;
        }
        Ok(Changes { op, step: Some(step), changed: recorded.changed })
    }
}

/// The place of the only text or number in which two values differ; none when they differ otherwise. A choice of
/// several things, a new row, a box that was ticked are no typing.
fn typed_at(was: Option<&Value>, is: Option<&Value>) -> Option<String> {
    let mut place = None;
    differ(was.unwrap_or(&Value::Null), is.unwrap_or(&Value::Null), &mut String::new(), &mut place).then_some(place)?
}

/// Notes the place where two values differ; false when there is another, or it is not typed.
fn differ(was: &Value, is: &Value, at: &mut String, place: &mut Option<String>) -> bool {
    if was == is {
        return true;
    }
    match (was, is) {
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            was.iter().zip(is).enumerate().all(|(index, (was, is))| within(&index.to_string(), was, is, at, place))
        }
        (Value::Object(was), Value::Object(is)) => {
            let names = was.keys().chain(is.keys().filter(|name| !was.contains_key(*name)));
            let of = |fields: &Fields, name: &str| fields.get(name).cloned().unwrap_or_default();
            names.into_iter().all(|name| within(name, &of(was, name), &of(is, name), at, place))
        }
        (Value::String(_) | Value::Number(_) | Value::Null, Value::String(_) | Value::Number(_) | Value::Null) => {
            place.replace(at.clone()).is_none()
        }
        _ => false,
    }
}

fn within(name: &str, was: &Value, is: &Value, at: &mut String, place: &mut Option<String>) -> bool {
    let length = at.len();
    at.push('/');
    at.push_str(name);
    let fits = differ(was, is, at, place);
    at.truncate(length);
    fits
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn typing_is_one_text_or_number_at_one_place() {
        let at = |was: Value, is: Value| typed_at(Some(&was), Some(&is));
        assert_eq!(at(json!("a"), json!("ab")).as_deref(), Some(""));
        assert_eq!(at(json!(null), json!(3)).as_deref(), Some(""));
        assert_eq!(at(json!([{"a": "x"}, {"a": ""}]), json!([{"a": "x"}, {"a": "y"}])).as_deref(), Some("/1/a"));
        assert_eq!(at(json!({"t": [{}]}), json!({"t": [{"c": "1"}]})).as_deref(), Some("/t/0/c"));
        assert_eq!(at(json!({"a": 1, "b": 1}), json!({"a": 2, "b": 2})), None);
        assert_eq!(at(json!(["a"]), json!(["a", "b"])), None);
        assert_eq!(at(json!(false), json!(true)), None);
        assert_eq!(at(json!("a"), json!("a")), None);
    }
}
