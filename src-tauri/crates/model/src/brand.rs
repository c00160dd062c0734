//! A brand of the engagement's own: how the firm's documents look.

use serde::{Deserialize, Serialize};

use crate::{Id, choice::choice, object::object};

choice! {
    /// How a brand's cover is made.
    BrandCover {
        /// A field of the primary colour carries the title.
        #[default]
        Band = "band",
        /// White paper, a rule, large type.
        Minimal = "minimal",
        /// A column of the primary colour along the side.
        Column = "column",
        /// A frame around type in the middle.
        Frame = "frame",
    }
}

choice! {
    /// How a brand's tables are drawn.
    BrandTables {
        /// A shaded header row.
        #[default]
        Bands = "bands",
        /// Hairlines only.
        Rules = "rules",
    }
}

/// A font file of a brand's own; its bytes are kept by their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct BrandFont {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The file's name as it was given.
    pub file: String,
    /// The family that it belongs to, as the font says.
    pub family: String,
    /// Its style's name, for example `SemiBold Italic`.
    pub style: String,
    /// Its lightest weight, 100 to 900.
    pub lightest: u16,
    /// Its heaviest weight: that of the lightest, unless the font is variable.
    pub heaviest: u16,
    /// Whether it has upright letters.
    pub upright: bool,
    /// Whether it has slanted letters.
    pub italic: bool,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A brand that was made for this engagement, usually as a copy of a built-in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    /// Id.
    pub id: Id,
    /// Name; also the logo's text alternative.
    pub name: String,
    /// The colour of fields, rules and headings, `#rrggbb`.
    pub primary: String,
    /// The colour of signals, `#rrggbb`.
    pub secondary: String,
    /// The colour of text, `#rrggbb`.
    pub ink: String,
    /// Family of headings.
    pub heading_font: String,
    /// Family of text.
    pub body_font: String,
    /// Family of labels and captions.
    pub label_font: String,
    /// Family of code.
    pub mono_font: String,
    /// How the cover is made.
    pub cover: BrandCover,
    /// How tables are drawn.
    pub tables: BrandTables,
    /// Printed at the foot of every page, beside client and system.
    pub footer: String,
    /// Printed under document control instead of the template's own text.
    pub legal: String,
    /// The logo, an image of the engagement; none prints the firm's name.
    pub logo: Option<Id>,
    /// The logo for dark grounds; without it the other stands there on white.
    pub logo_dark: Option<Id>,
    /// Font files of its own, beside those that are built in.
    pub fonts: Vec<BrandFont>,
}

impl Default for Brand {
    /// What is printable at once: a brand of which only the name is known.
    fn default() -> Self {
        let sans = || "IBM Plex Sans".to_owned();
        Self {
            id: Id::default(),
            name: String::new(),
            primary: "#0f3d48".to_owned(),
            secondary: "#d9602b".to_owned(),
            ink: "#1a2226".to_owned(),
            heading_font: sans(),
            body_font: sans(),
            label_font: sans(),
            mono_font: "IBM Plex Mono".to_owned(),
            cover: BrandCover::default(),
            tables: BrandTables::default(),
            footer: String::new(),
            legal: String::new(),
            logo: None,
            logo_dark: None,
            fonts: Vec::new(),
        }
    }
}

object!(Brand, Brand, [], brand);
