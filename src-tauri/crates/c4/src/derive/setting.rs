//! What the names of settings say of their values: a host, a secret, where the program itself is reached.

/// Whether the value of such a setting is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "PASSWORD",
        "PASSWD",
        "PASS",
        "PWD",
        "SECRET",
        "SECRETS",
        "TOKEN",
        "KEY",
        "CREDENTIAL",
        "CREDENTIALS",
        "PRIVATE",
        "CERT",
        "SIGNATURE",
        "APIKEY",
    ];
    words(name).any(|word| WORDS.contains(&&*word))
}

/// Whether a setting's name says that its value is a host.
pub(crate) fn says_host(name: &str) -> bool {
    const WORDS: [&str; 23] = [
        "HOST",
        "HOSTS",
        "HOSTNAME",
        "ADDR",
        "ADDRS",
        "ADDRESS",
        "ADDRESSES",
        "URL",
        "URLS",
        "URI",
        "ENDPOINT",
        "ENDPOINTS",
        "SERVER",
        "SERVERS",
        "BROKER",
        "BROKERS",
        "BOOTSTRAP",
        "BOOTSTRAPSERVERS",
        "UPSTREAM",
        "BACKEND",
        "DSN",
        "NODES",
        "SEEDS",
    ];
    words(name).any(|word| WORDS.contains(&&*word))
}

/// Whether a setting's name lets its value be a host: one that is known is meant, another word is not.
pub(crate) fn hints_host(name: &str) -> bool {
    const WORDS: [&str; 20] = [
        "CONN",
        "CONNECTION",
        "CONNECTIONS",
        "BUS",
        "UPSTREAMS",
        "POINTS",
        "PEER",
        "PEERS",
        "CONNECT",
        "TARGET",
        "TARGETS",
        "MASTER",
        "MASTERS",
        "PROXY",
        "GATEWAY",
        "REGISTRY",
        "COLLECTOR",
        "QUORUM",
        "VOTERS",
        "REPLICAS",
    ];
    // NO_PROXY names those that are not asked for by way of it, BUILD_TARGET a part of what is built.
    words(name).any(|word| WORDS.contains(&&*word)) && words(name).all(|word| word != "NO" && word != "BUILD")
}

/// Whether a setting tells where the program itself is reached, or whom it lets in: no dependency.
pub(crate) fn is_own(name: &str) -> bool {
    const WORDS: [&str; 20] = [
        "APP",
        "BASE",
        "PUBLIC",
        "SITE",
        "ROOT",
        "EXTERNAL",
        "SELF",
        "CANONICAL",
        "CORS",
        "ORIGIN",
        "ORIGINS",
        "REDIRECT",
        "CALLBACK",
        "ALLOWED",
        "VIRTUAL",
        "LETSENCRYPT",
        "DOMAIN",
        "ADVERTISED",
        "LISTEN",
        "BIND",
    ];
    /// Settings of well-known images for their own name.
    const NAMES: [&str; 12] = [
        "HOSTNAME",
        "KC_HOSTNAME",
        "KC_HOSTNAME_URL",
        "KC_HOSTNAME_ADMIN",
        "KC_HOSTNAME_ADMIN_URL",
        "KEYCLOAK_HOSTNAME",
        "NGINX_HOST",
        "SERVER_NAME",
        "N8N_HOST",
        "MINIO_SERVER_URL",
        "GITLAB_HOST",
        "OVERWRITEHOST",
    ];
    NAMES.contains(&name) || words(name).any(|word| WORDS.contains(&&*word))
}

/// `DB_HOST`, `db.host` and `dbHost` to the words that they are made of.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(humps)
}

/// `redisURL` to `REDIS` and `URL`, `APIKey` to `API` and `KEY`.
fn humps(part: &str) -> Vec<String> {
    let bytes = part.as_bytes();
    let mut words: Vec<String> = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        let begins = at == 0
            || byte.is_ascii_uppercase() && (!upper(at - 1) || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase));
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(char::from(byte.to_ascii_uppercase()));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_are_parted_into_words() {
        for (name, expected) in [
            ("DB_HOST", "DB HOST"),
            ("spring.data.redis-url", "SPRING DATA REDIS URL"),
            ("dbHost", "DB HOST"),
            ("redisURL", "REDIS URL"),
            ("APIKey", "API KEY"),
            ("S3Bucket", "S3 BUCKET"),
        ] {
            let found: Vec<String> = words(name).filter(|word| !word.is_empty()).collect();
            assert_eq!(found.join(" "), expected, "{name}");
        }
    }
}
