//! Scripts of which every line is known: what they do is done here. No script is run.

use super::context::Context;
use super::outside::NOT_RUN;
use super::parser::Parser;
use crate::content::default_views;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{AutoLayout, Direction, ElementId, Implied, ViewKind};

/// What a line of a script asks for.
#[derive(Debug, Clone, PartialEq)]
enum Wish {
    /// The views that a workspace without views has.
    DefaultViews,
    /// An automatic layout of the views so far, or none.
    Layout(Option<Direction>),
    /// The group of the element that the script stands in.
    Group(String),
    /// Which relationships follow from others.
    Implied(Implied),
    /// Nothing: a comment, an import.
    Nothing,
}

impl Parser<'_> {
    /// Ends a script: does what it asks for where all of it is known, else tells that it is left out.
    pub(super) fn end_script(&mut self, at: usize) {
        let lines = std::mem::take(&mut self.script);
        let element = match self.stack.last() {
            Some(Context::Element { id, group: None }) => Some(*id),
            _ => None,
        };
        let wishes: Option<Vec<Wish>> = lines.iter().map(|line| wish(line, element.is_some())).collect();
        let Some(wishes) = wishes else {
            self.incomplete = true;
            let message = NOT_RUN.to_owned();
            self.diagnostics.push(Diagnostic { level: Level::Warning, file: self.file.clone(), line: at, message });
            return;
        };
        for wish in wishes {
            self.fulfil(wish, element);
        }
        let message = "the script is not run; what its lines ask for is known and done".to_owned();
        self.diagnostics.push(Diagnostic { level: Level::Warning, file: self.file.clone(), line: at, message });
    }

    fn fulfil(&mut self, wish: Wish, element: Option<ElementId>) {
        match wish {
            Wish::DefaultViews => {
                default_views(&mut self.workspace);
                self.view_keys.extend(self.workspace.views.iter().map(|view| view.key.clone()));
            }
            Wish::Layout(direction) => {
                let drawn = |kind: ViewKind| !matches!(kind, ViewKind::Filtered | ViewKind::Image);
                for view in self.workspace.views.iter_mut().filter(|view| drawn(view.kind)) {
                    view.auto_layout = direction.map(|direction| AutoLayout { direction, ..AutoLayout::usual() });
                }
            }
            Wish::Group(name) => {
                if let Some(id) = element {
                    self.workspace.model.element_mut(id).group = Some(name).filter(|name| !name.is_empty());
                }
            }
            Wish::Implied(implied) => self.implied = implied,
            Wish::Nothing => {}
        }
    }
}

/// What a line asks for; none where that is not known.
fn wish(line: &str, on_element: bool) -> Option<Wish> {
    let line = line.trim().trim_end_matches(';').trim_end();
    // More may stand on the line of an import, and count.
    if line.is_empty() || line.starts_with("//") || line.starts_with("import ") && !line.contains([';', '(', '{', '='])
    {
        return Some(Wish::Nothing);
    }
    let tight: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    if matches!(&*tight, "workspace.views.createDefaultViews()" | "workspace.getViews().createDefaultViews()") {
        return Some(Wish::DefaultViews);
    }
    if let Some(rest) = tight.strip_prefix("workspace.views.views.") {
        return layout(rest).map(Wish::Layout);
    }
    if let Some(rest) = tight.strip_prefix("workspace.model.impliedRelationshipsStrategy=new") {
        return implied(rest.strip_suffix("()")?).map(Wish::Implied);
    }
    if let Some(rest) = tight.strip_prefix("workspace.model.setImpliedRelationshipsStrategy(new") {
        return implied(rest.strip_suffix("())")?).map(Wish::Implied);
    }
    let group = line.strip_prefix("element.setGroup(").and_then(|rest| rest.strip_suffix(')'));
    let group =
        group.or_else(|| line.strip_prefix("element.group").and_then(|rest| rest.trim_start().strip_prefix('=')));
    group.filter(|_| on_element).and_then(|name| quoted(name.trim())).map(Wish::Group)
}

/// `findAll{itinstanceofcom.structurizr.view.ModelView}.each{it.enableAutomaticLayout()}` and the like.
fn layout(calls: &str) -> Option<Option<Direction>> {
    let each = match calls.strip_prefix("findAll{itinstanceof") {
        Some(rest) => {
            let (kind, rest) = rest.split_once("}.")?;
            kind.ends_with("ModelView").then_some(rest)?
        }
        None => calls,
    };
    let body = each.strip_prefix("each{it.").or_else(|| each.strip_prefix("forEach{it."))?.strip_suffix('}')?;
    if body == "disableAutomaticLayout()" {
        return Some(None);
    }
    let direction = body.strip_prefix("enableAutomaticLayout(")?.strip_suffix(')')?;
    Some(Some(match direction.rsplit('.').next()? {
        "" | "TopBottom" => Direction::TopBottom,
        "BottomTop" => Direction::BottomTop,
        "LeftRight" => Direction::LeftRight,
        "RightLeft" => Direction::RightLeft,
        _ => return None,
    }))
}

fn implied(class: &str) -> Option<Implied> {
    Some(match class.rsplit('.').next()? {
        "CreateImpliedRelationshipsUnlessAnyRelationshipExistsStrategy" => Implied::UnlessAny,
        "CreateImpliedRelationshipsUnlessSameRelationshipExistsStrategy" => Implied::UnlessSame,
        "DefaultImpliedRelationshipsStrategy" => Implied::Off,
        _ => return None,
    })
}

/// The text of a literal in which nothing is to be put in.
fn quoted(literal: &str) -> Option<String> {
    let inside = ['"', '\''].into_iter().find_map(|quote| literal.strip_prefix(quote)?.strip_suffix(quote))?;
    (!inside.contains(['"', '\'', '\\', '$'])).then(|| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Wish, wish};
    use crate::model::{Direction, Implied};

    #[test]
    fn lines_that_are_known() {
        for (line, expected) in [
            ("workspace.views.createDefaultViews()", Wish::DefaultViews),
            ("workspace.views.views.each { it.disableAutomaticLayout() }", Wish::Layout(None)),
            (
                "workspace.views.views.findAll { it instanceof com.structurizr.view.ModelView }.each { it.enableAutomaticLayout() }",
                Wish::Layout(Some(Direction::TopBottom)),
            ),
            (
                "workspace.views.views.each { it.enableAutomaticLayout(AutomaticLayout.RankDirection.LeftRight) };",
                Wish::Layout(Some(Direction::LeftRight)),
            ),
            ("element.setGroup(\"Shops\")", Wish::Group("Shops".to_owned())),
            ("element.group = 'Shops'", Wish::Group("Shops".to_owned())),
            (
                "workspace.model.impliedRelationshipsStrategy = new com.structurizr.model.CreateImpliedRelationshipsUnlessSameRelationshipExistsStrategy()",
                Wish::Implied(Implied::UnlessSame),
            ),
            ("import com.structurizr.view.ViewSet", Wish::Nothing),
            ("// workspace.views.clear()", Wish::Nothing),
        ] {
            assert_eq!(wish(line, true), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        for line in [
            "workspace.views.createDefaultViews(); new File('x').delete()",
            "workspace.views.views.each { it.enableAutomaticLayout(); it.title = 'x' }",
            "workspace.views.clear()",
            "import com.structurizr.view.*; workspace.views.clear()",
            "element.setGroup(\"a${b}\")",
            "element.setGroup(name)",
        ] {
            assert_eq!(wish(line, true), None, "{line}");
        }
        assert_eq!(wish("element.setGroup(\"a\")", false), None);
    }
}
