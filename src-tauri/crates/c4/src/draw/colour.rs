//! Colours, and whether text on them can be read.

use serde::{Serialize, Serializer};

/// An opaque colour; `#rrggbb` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ts_rs::TS)]
#[ts(type = "string")]
pub struct Colour(pub u8, pub u8, pub u8);

/// The least contrast of text, by WCAG 2.2 AA.
pub const READABLE: f64 = 4.5;

impl Colour {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);

    /// The colour of `#rrggbb`, `#rgb`, or one of the names that HTML began with.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            let value = u32::from_str_radix(digits, 16).ok()?;
            return match digits.len() {
                6 => Some(Self((value >> 16) as u8, (value >> 8) as u8, value as u8)),
                3 => Some(Self((value >> 8 & 15) as u8 * 17, (value >> 4 & 15) as u8 * 17, (value & 15) as u8 * 17)),
                _ => None,
            };
        }
        let (_, value) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text))?;
        Some(*value)
    }

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// This much (0–1) of this colour over another.
    pub fn over(self, share: f64, under: Self) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mix = |top: u8, low: u8| (f64::from(top) * share + f64::from(low) * (1.0 - share)).round() as u8;
        Self(mix(self.0, under.0), mix(self.1, under.1), mix(self.2, under.2))
    }

    /// Relative luminance, 0 (black) to 1 (white), by WCAG 2.2.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast between two colours, 1–21, by WCAG 2.2.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour if it can be read on a ground, else the nearer of the two given that can, else black or white.
    pub fn readable_on(self, ground: Self, dark: Self, light: Self) -> Self {
        let black = Self(0, 0, 0);
        let choices = [self, dark, light, black, Self::WHITE];
        let readable = choices.into_iter().find(|colour| colour.contrast(ground) >= READABLE);
        readable.unwrap_or(if black.contrast(ground) > Self::WHITE.contrast(ground) { black } else { Self::WHITE })
    }

    /// This colour darkened or lightened, away from the ground, until its contrast is as wished.
    pub fn against(self, ground: Self, contrast: f64) -> Self {
        let end = if ground.luminance() > 0.18 { Self(0, 0, 0) } else { Self::WHITE };
        let steps = (0..=20).map(|step| end.over(f64::from(step) / 20.0, self));
        steps.into_iter().find(|colour| colour.contrast(ground) >= contrast).unwrap_or(end)
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

/// Names that styles use in place of `#rrggbb`; from HTML 4.01.
const NAMED: [(&str, Colour); 18] = [
    ("black", Colour(0, 0, 0)),
    ("silver", Colour(192, 192, 192)),
    ("gray", Colour(128, 128, 128)),
    ("grey", Colour(128, 128, 128)),
    ("white", Colour(255, 255, 255)),
    ("maroon", Colour(128, 0, 0)),
    ("red", Colour(255, 0, 0)),
    ("purple", Colour(128, 0, 128)),
    ("fuchsia", Colour(255, 0, 255)),
    ("green", Colour(0, 128, 0)),
    ("lime", Colour(0, 255, 0)),
    ("olive", Colour(128, 128, 0)),
    ("yellow", Colour(255, 255, 0)),
    ("navy", Colour(0, 0, 128)),
    ("blue", Colour(0, 0, 255)),
    ("teal", Colour(0, 128, 128)),
    ("aqua", Colour(0, 255, 255)),
    ("orange", Colour(255, 165, 0)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_on_any_ground() {
        for step in 0..=255u8 {
            let ground = Colour(step, 255 - step, step / 2);
            let text = ground.readable_on(ground, Colour(16, 32, 36), Colour::WHITE);
            assert!(text.contrast(ground) >= READABLE, "{}", ground.hex());
            assert!(ground.against(ground, 3.0).contrast(ground) >= 3.0);
        }
    }

    #[test]
    fn colours_are_read_as_styles_write_them() {
        assert_eq!(Colour::parse("#FFa500"), Colour::parse("orange"));
        assert_eq!(Colour::parse("#fff"), Some(Colour::WHITE));
        assert_eq!(Colour::parse("#ggg"), None);
        assert_eq!(Colour::parse("#€€"), None);
        assert_eq!(Colour(1, 2, 255).hex(), "#0102ff");
    }
}
