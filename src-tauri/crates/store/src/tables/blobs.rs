//! Bytes of artifacts and images, each content once: zstd-compressed under the SHA-256 of what was given.

/// The table as version 1 of the file created it.
pub(crate) const V1: &str = r#"
CREATE TABLE "blobs" (
    "sha256" TEXT NOT NULL PRIMARY KEY,
    "length" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL
) STRICT;
"#;
