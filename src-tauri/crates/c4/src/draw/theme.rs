//! The colours of a drawing, from a brand.

use super::colour::Colour;
use crate::model::ElementKind;

/// The colours of a drawing and the family that it is set in.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Text.
    pub ink: Colour,
    /// Text that matters less.
    pub muted: Colour,
    /// The ground.
    pub paper: Colour,
    /// Lines between boxes.
    pub line: Colour,
    /// The brand's first colour: what the view is about.
    pub accent: Colour,
    /// The brand's second colour: infrastructure.
    pub secondary: Colour,
    /// Worst first: critical, high, medium, low, info.
    pub severities: [Colour; 5],
    /// Family of all type; of the SVG's searchable text too.
    pub family: String,
    /// Whether the ground is dark.
    pub dark: bool,
}

/// How a kind of element looks when no style says otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tint {
    pub fill: Colour,
    pub stroke: Colour,
}

impl Theme {
    /// The theme of a brand's two colours.
    pub fn of_brand(primary: Colour, secondary: Colour, family: impl Into<String>, dark: bool) -> Self {
        let (paper, ink) =
            if dark { (Colour(22, 27, 30), Colour(235, 239, 240)) } else { (Colour::WHITE, Colour(24, 33, 37)) };
        Self {
            ink,
            muted: ink.over(0.68, paper).against(paper, 4.8),
            paper,
            line: ink.over(0.62, paper),
            accent: primary.against(paper, 3.0),
            secondary: secondary.against(paper, 3.0),
            severities: [
                Colour(157, 23, 33),
                Colour(196, 74, 16),
                Colour(224, 164, 22),
                Colour(42, 104, 150),
                Colour(94, 106, 113),
            ],
            family: family.into(),
            dark,
        }
    }

    /// The house brand's.
    pub fn house(dark: bool) -> Self {
        Self::of_brand(Colour(15, 61, 72), Colour(217, 96, 43), "IBM Plex Sans", dark)
    }

    /// How a kind looks; `inside`: whether the view is about it or what it is part of.
    pub(crate) fn tint(&self, kind: ElementKind, inside: bool) -> Tint {
        use ElementKind as Kind;
        let base = match kind {
            Kind::InfrastructureNode => self.secondary,
            Kind::CustomElement | Kind::DeploymentNode => self.muted,
            _ if !inside => self.muted,
            _ => self.accent,
        };
        let share = match kind {
            Kind::Person => 0.22,
            Kind::SoftwareSystem | Kind::SoftwareSystemInstance => 0.15,
            Kind::Container | Kind::ContainerInstance => 0.09,
            Kind::Component => 0.05,
            Kind::InfrastructureNode => 0.10,
            Kind::CustomElement | Kind::DeploymentNode => 0.07,
        };
        let share = if inside { share } else { share * 0.6 };
        let share = if self.dark { share + 0.12 } else { share };
        Tint { fill: base.over(share, self.paper), stroke: base.over(0.85, self.paper).against(self.paper, 3.0) }
    }
}
