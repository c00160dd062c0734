//! Text that is no tool's output but is kept all the same: code, plans, traces.

use crate::Refusal;
use crate::decode::decode;
use crate::mask;

/// A text as it may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainText {
    /// The text: UTF-8, without BOM, lines ended by `\n`, secrets masked.
    pub text: String,
    /// Number of cleartext secrets masked.
    pub masked: u64,
}

/// Reads a text (UTF-8 or UTF-16, gzipped or not) and masks what looks like a credential in it.
///
/// # Errors
/// When it is empty or no text.
pub fn plain_text(bytes: &[u8]) -> Result<PlainText, Refusal> {
    let decoded = decode(bytes)?;
    let text = decoded.text.replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(Refusal::new("it is empty", "choose a file that holds something"));
    }
    let odd = |c: &char| c.is_control() && !c.is_whitespace() && *c != '\u{1B}' || *c == '\u{FFFD}';
    // A text has no zero in it, however short it is; logs of terminals have an odd letter here and there.
    if text.contains('\0') || text.chars().take(2000).filter(odd).count() > 20 {
        return Err(Refusal::new("it is no text", "choose a PDF or a text; add pictures as pictures"));
    }
    Ok(match mask::mask_plain(&text) {
        Some(masked) => PlainText { text: masked.text, masked: masked.secrets },
        None => PlainText { text, masked: 0 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_and_its_secrets_are_masked() {
        let read = plain_text(b"\xEF\xBB\xBFurl: a\r\npassword = hunter2hunter2\r\n").unwrap();
        assert_eq!((read.text.as_str(), read.masked), ("url: a\npassword = hunt\u{2026}[masked 14]\n", 1));
        assert_eq!(plain_text(b"at Main.java:3\npassword: string\nlet token = next();\n").unwrap().masked, 0);
        assert_eq!(plain_text(b"const password = \"hunter2hunter2\";\n").unwrap().masked, 1);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(plain_text(b"").is_err());
        assert!(plain_text(b" \n").is_err());
        assert!(plain_text(&[0xFF, 0x9F, 0, 1, 2, 3]).is_err());
        let bytes: Vec<u8> = (0..4000u32).map(|n| (n * 7 % 32) as u8).collect();
        assert!(plain_text(&bytes).is_err());
    }
}
