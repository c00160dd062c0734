//! The hosts that settings name. Of a value only scheme, host and port are taken: users, passwords, paths and
//! parameters never leave this file.

use super::setting::{hints_host, is_secret, says_host};

/// Where something is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// `postgres`, `https`; the innermost of `jdbc:postgresql`.
    pub(crate) scheme: Option<String>,
    /// A name, never a number.
    pub(crate) host: String,
    /// The port.
    pub(crate) port: Option<u16>,
    /// Whether it is a host for certain. Where a password may hold the signs that end a host, what stands behind each
    /// at-sign may be one, or a part of the password: good to look up a host that is known, never to show.
    pub(crate) sure: bool,
    /// Whether a connection string names it, beside a database or a user: nothing else can be meant.
    pub(crate) told: bool,
}

/// Settings are no longer than this; what is, is a file.
const LONGEST: usize = 64 * 1024;

/// The addresses in a setting. A bare word counts only if the setting's name says that it is a host.
pub(crate) fn of_setting(name: &str, value: &str) -> Vec<Address> {
    let value = value.trim().trim_matches(['"', '\'']);
    if value.is_empty() || value.len() > LONGEST {
        return Vec::new();
    }
    if let Some(found) = oracle_descriptor(value) {
        return found;
    }
    if value.contains("://") || value.contains("jdbc:") {
        return urls(value);
    }
    if is_secret(name) {
        return Vec::new();
    }
    if let Some(found) = connection_string(value) {
        return found;
    }
    let (told, hinted) = (says_host(name), hints_host(name));
    let found = value.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(|part| {
        let part = part.split('/').next().unwrap_or(part);
        let one = host_and_port(if hinted { without_number(part) } else { part })
            .or_else(|| told.then(|| host_and_two_ports(part)).flatten())?;
        (told || hinted || one.port.is_some()).then_some(Address { sure: told || one.port.is_some(), ..one })
    });
    found.collect::<Option<Vec<Address>>>().unwrap_or_default()
}

/// The host of `1@broker:9093`, as a quorum's voters are written.
fn without_number(part: &str) -> &str {
    match part.split_once('@') {
        Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => part,
    }
}

/// `zoo1:2888:3888`: the second port is for the members among themselves.
fn host_and_two_ports(part: &str) -> Option<Address> {
    let (first, second) = part.rsplit_once(':')?;
    second.parse::<u16>().ok()?;
    host_and_port(first).filter(|one| one.port.is_some())
}

/// The addresses that a longer text mentions: a configuration file, a command line. Words that may be hosts are among
/// them, for whoever knows the hosts there are.
pub(crate) fn mentioned(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    // The words before the present one, the last first.
    let mut before = ["", "", ""];
    for word in text.split(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | ';' | '=' | '<' | '>' | '[' | ']' | '{' | '}' | '|')
    }) {
        if word.is_empty() {
            continue;
        }
        if word.contains("://") {
            found.extend(urls(word));
        } else if !word.contains('@')
            && let Some(one) = host_and_port(word.split('/').next().unwrap_or(word))
        {
            let certain = one.port.is_some() || one.host.contains(".svc");
            if certain || tell_of_host(before) {
                found.push(Address { sure: certain, ..one });
            }
        }
        before = [word, before[0], before[1]];
        if found.len() > 10_000 {
            break;
        }
    }
    found
}

/// Whether a host comes after these words: `host: db`, `psql -h db`, `nc -z db 5432`.
fn tell_of_host(before: [&str; 3]) -> bool {
    let name = if before[0] == ":" { before[1] } else { before[0].trim_end_matches(':') };
    let asks = |word: &str| matches!(word, "nc" | "ncat" | "telnet");
    matches!(name, "-h" | "-H")
        || says_host(name)
        || asks(before[0])
        || before[0].starts_with('-') && (asks(before[1]) || before[1].starts_with('-') && asks(before[2]))
}

/// A host by name with or without port; nothing for figures and for the machine itself.
pub(crate) fn mentioned_host(text: &str) -> Option<String> {
    host_and_port(text.trim()).map(|one| one.host)
}

/// The host of an address such as `https://user:password@host/path`, with its scheme.
pub(crate) fn of_url(text: &str) -> Option<Address> {
    urls(text).into_iter().find(|one| one.sure)
}

fn urls(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        // A password with a blank in it would leave the user's name where the host is looked for.
        if text.contains('@') && !word.contains('@') {
            continue;
        }
        let early = word.split_once("://").is_some_and(|(before, _)| before.contains('@'));
        let broken = text.contains('@') && (early || text.trim().contains(char::is_whitespace));
        let (scheme, after) = match word.split_once("://") {
            Some((before, after)) if !before.starts_with("jdbc:oracle:") => {
                let name =
                    before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '+' && c != '-' && c != '.').next();
                (name.unwrap_or_default().to_lowercase(), after)
            }
            // jdbc:oracle:thin:@host:1521/service, jdbc:oracle:thin:user/password@//host:1521/service; without an
            // at-sign it is a file: jdbc:sqlite:/data/shop.db
            _ if !word.contains('@') => continue,
            _ => match word.split_once("jdbc:").and_then(|(_, rest)| rest.split_once(':')) {
                Some((scheme, rest)) => (scheme.to_lowercase(), rest.strip_prefix("thin:").unwrap_or(rest)),
                None => continue,
            },
        };
        // unix:///var/run/docker.sock, sqlite:////data/shop.db: nobody's address.
        if is_local(&scheme) || word.contains(":///") {
            continue;
        }
        let read = |authority: &str, sure: bool, found: &mut Vec<Address>| {
            for part in authority.split(',') {
                // An Oracle address has the database behind a second colon.
                let part = part.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
                if let Some(one) = host_and_port(&part) {
                    found.push(Address { scheme: (!scheme.is_empty()).then(|| scheme.clone()), sure, ..one });
                }
            }
        };
        let authority = |text: &str| -> String {
            let text = text.strip_prefix("tcp(").unwrap_or(text).trim_start_matches('/');
            text.split(['/', '?', '#', ';', ')', '"', '\'']).next().unwrap_or(text).to_owned()
        };
        let first = authority(after);
        // These drivers know no user before the host: an at-sign is of a password among the parameters.
        let host_first = ["jdbc:sqlserver:", "jdbc:postgresql:"].iter().any(|start| word.contains(start));
        let signs = if host_first && !first.contains('@') { 0 } else { after.matches('@').count() };
        if signs == 0 {
            read(&first, !broken, &mut found);
            // Of `PLAINTEXT://a:9092,OUTSIDE://b:9093` each is an address.
            let more = after.split(',').skip(1).filter(|one| one.contains("://"));
            found.extend(more.filter_map(urls_of_one).map(|one| Address { sure: !broken, ..one }));
        } else {
            // One at-sign before anything that ends a host parts the user from the host, and nothing else does.
            let sure = signs == 1 && first.contains('@') && !broken;
            for candidate in after.split('@').skip(1).take(8) {
                read(&authority(candidate), sure, &mut found);
            }
        }
    }
    found
}

/// Whether a scheme is followed by a file, a name or data, and by no host.
fn is_local(scheme: &str) -> bool {
    const LOCAL: [&str; 16] = [
        "unix",
        "file",
        "data",
        "mailto",
        "npm",
        "urn",
        "classpath",
        "jar",
        "env",
        "mem",
        "memory",
        "duckdb",
        "chrome-extension",
        "moz-extension",
        "npipe",
        "dummy",
    ];
    scheme.starts_with("sqlite") || LOCAL.contains(&scheme)
}

fn urls_of_one(text: &str) -> Option<Address> {
    let (scheme, rest) = text.split_once("://")?;
    // In a list of JSON, quotes and brackets stand around each.
    let scheme = scheme.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let one = host_and_port(rest.split(['/', '?', '#', '"', '\'', ']']).next()?)?;
    Some(Address { scheme: Some(scheme.to_lowercase()), ..one })
}

/// `Server=db;User Id=sa`, `host=db port=5432`, `user:password@tcp(db:3306)/shop`.
fn connection_string(value: &str) -> Option<Vec<Address>> {
    if let Some((_, after)) = value.rsplit_once("@tcp(") {
        let inner = after.split(')').next()?;
        return Some(
            host_and_port(inner).map(|one| Address { scheme: Some("mysql".to_owned()), ..one }).into_iter().collect(),
        );
    }
    if !value.contains('=') {
        return None;
    }
    // server.1=zoo1:2888:3888;2181 server.2=zoo2:2888:3888;2181
    if value.starts_with("server.") {
        let members = value.split_whitespace().filter_map(|word| word.split_once('=')?.1.split(':').next());
        return Some(members.filter_map(host_and_port).collect());
    }
    let separator = if value.contains(';') { ';' } else { ' ' };
    let fields = || value.split(separator).filter_map(|part| part.split_once('='));
    let own_port = fields().find(|(name, _)| name.trim().eq_ignore_ascii_case("port"));
    let own_port = own_port.and_then(|(_, port)| port.trim().parse().ok()).filter(|port| *port > 0);
    let told = fields().any(|(name, _)| {
        matches!(
            &*name.trim().to_lowercase(),
            "database" | "initial catalog" | "dbname" | "user id" | "uid" | "user" | "username" | "integrated security"
        )
    });
    let of_sql_server = fields().any(|(name, _)| {
        matches!(
            &*name.trim().to_lowercase(),
            "initial catalog" | "integrated security" | "trusted_connection" | "trustservercertificate"
        )
    });
    let mut found = Vec::new();
    for (name, host) in fields() {
        let name = name.trim().to_lowercase();
        if !matches!(
            &*name,
            "server"
                | "host"
                | "data source"
                | "datasource"
                | "addr"
                | "address"
                | "endpoint"
                | "hosts"
                | "network address"
        ) {
            continue;
        }
        let host = host.trim().trim_start_matches("tcp:").replace(", ", ",");
        // SQL Server has an instance behind the host, Oracle a service: `db\SHOP,1433`, `db:1521/SHOP`.
        let (host, port) = match host.split_once(',') {
            Some((host, port)) if port.parse::<u16>().is_ok() => (host.to_owned(), port.parse().ok()),
            _ => (host, own_port),
        };
        // Without a port, what stands before a slash is a folder: `data/shop.db`.
        let of = |one: &str| match one.split_once('/') {
            Some((host, _)) if host.contains(':') => host_and_port(host),
            _ => host_and_port(one.split('\\').next().unwrap_or(one)),
        };
        let scheme = of_sql_server.then(|| "sqlserver".to_owned());
        let whole = |one: Address| Address { scheme: scheme.clone(), port: one.port.or(port), told, ..one };
        found.extend(host.split(',').filter_map(of).map(whole));
    }
    Some(found)
}

/// `(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ora)(PORT=1521))…)`, of one address or several.
fn oracle_descriptor(value: &str) -> Option<Vec<Address>> {
    let text: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let (_, addresses) = text.split_once("(address")?;
    let one = |part: &str| {
        let host = part.split(')').next()?;
        let port = part.split_once("(port=").and_then(|(_, rest)| rest.split(')').next()?.parse::<u16>().ok());
        let found = host_and_port(host)?;
        Some(Address { scheme: Some("oracle".to_owned()), port, ..found })
    };
    let found: Vec<Address> = addresses.split("(host=").skip(1).filter_map(one).collect();
    (!found.is_empty()).then_some(found)
}

/// `db`, `db:5432`, `db.shop.svc.cluster.local`; nothing for numbers, `localhost` and whatever is no name.
fn host_and_port(text: &str) -> Option<Address> {
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?)),
        None => (text, None),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let valid = host.len() <= 253 && host.split('.').all(label) && host.bytes().any(|b| b.is_ascii_alphabetic());
    let own = matches!(
        &*host,
        "localhost"
            | "localhost.localdomain"
            | "host.docker.internal"
            | "kubernetes.docker.internal"
            | "true"
            | "false"
            | "none"
            | "null"
    );
    // A last label of digits is an address in figures.
    let figures = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    (valid && !own && !figures).then_some(Address { scheme: None, host, port, sure: true, told: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(name: &str, value: &str) -> Vec<String> {
        let shown = |one: Address| {
            format!(
                "{}{}{}{}",
                if one.sure { "" } else { "?" },
                one.scheme.map_or(String::new(), |s| format!("{s}://")),
                one.host,
                one.port.map_or(String::new(), |p| format!(":{p}"))
            )
        };
        of_setting(name, value).into_iter().map(shown).collect()
    }

    #[test]
    fn finds_hosts_in_what_people_write() {
        for (name, value, expected) in [
            ("DATABASE_URL", "postgres://u:p@db:5432/shop?sslmode=off", vec!["postgres://db:5432"]),
            ("DATABASE_URL", "postgres://u:p/a@ss@db/shop", vec!["?postgres://ss", "?postgres://db"]),
            ("SPRING_DATASOURCE_URL", "jdbc:mysql://db:3306/x", vec!["mysql://db:3306"]),
            ("DOCKER_HOST", "unix:///var/run/docker.sock", vec![]),
            ("DATABASE_URL", "sqlite:////app/data/app.db", vec![]),
            ("DATABASE_URL", "sqlite+aiosqlite://app/x.db", vec![]),
            ("URL", "jdbc:sqlite:/path/x.db", vec![]),
            ("URL", "jdbc:h2:tcp://h:9092/x", vec!["tcp://h:9092"]),
            ("URL", "jdbc:sqlserver://sql:1433;user=sa;password=P@ss", vec!["sqlserver://sql:1433"]),
            ("URL", "jdbc:postgresql://a:1,b:2/x?user=u&password=p@c", vec!["postgresql://a:1", "postgresql://b:2"]),
            ("URL", "jdbc:mysql://u:p/a@db/x", vec!["?mysql://db"]),
            ("BUILD_TARGET", "api", vec![]),
            ("URL", "postgresql:///shop?host=/run", vec![]),
            ("URL", "jdbc:oracle:thin:@ora:1521:XE", vec!["oracle://ora:1521"]),
            ("URL", "jdbc:oracle:thin:@//ora:1521/XE", vec!["oracle://ora:1521"]),
            ("REDIS_HOST", "cache", vec!["cache"]),
            ("CACHE_DRIVER", "redis", vec![]),
            ("BROKERS", "k1:9092,k2:9092", vec!["k1:9092", "k2:9092"]),
            ("ConnectionStrings__Db", "Server=sql,1433;User Id=sa;Password=db:1", vec!["sql:1433"]),
            ("DSN", "host=db port=5432 password=x.example.com", vec!["db:5432"]),
            ("ConnectionStrings__Db", "Server=pg;Port=5432;Database=x;Password=p:1", vec!["pg:5432"]),
            ("ConnectionStrings__Db", r"Data Source=sql\SHOP,1435;User Id=sa", vec!["sql:1435"]),
            ("ConnectionStrings__Db", "Server=sql;Initial Catalog=x", vec!["sqlserver://sql"]),
            ("ConnectionStrings__Db", "Data Source=ora:1521/XE;User Id=x", vec!["ora:1521"]),
            ("ConnectionStrings__Db", "Data Source=data/shop.db;Cache=Shared", vec![]),
            ("ConnectionStrings__Db", r"Server=.\SQLEXPRESS;Database=x", vec![]),
            ("ConnectionStrings__Db", r"Server=(localdb)\mssqllocaldb;Database=x", vec![]),
            (
                "ORA",
                "User Id=a;Data Source=(DESCRIPTION=(ADDRESS = (PROTOCOL=TCP)(HOST=ora1)(PORT=1521))\
                 (ADDRESS=(PROTOCOL=TCP)(HOST=ora2)(PORT=1522))(CONNECT_DATA=(SERVICE_NAME=XE)))",
                vec!["oracle://ora1:1521", "oracle://ora2:1522"],
            ),
            (
                "URL",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ora)(PORT=1521)))",
                vec!["oracle://ora:1521"],
            ),
            ("DSN", "root:pa:ss@tcp(db:3306)/x", vec!["mysql://db:3306"]),
            ("MONGO", "mongodb://a:1,b:2/x", vec!["mongodb://a:1", "mongodb://b:2"]),
            ("HOSTS", r#"["https://a:1","https://b:2"]"#, vec!["https://a:1", "https://b:2"]),
            ("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@k1:9093,2@k2:9093", vec!["k1:9093", "k2:9093"]),
            ("ZOOKEEPER_SERVERS", "z1:2888:3888;z2:2888:3888", vec!["z1:2888", "z2:2888"]),
            ("ZOO_SERVERS", "server.1=z1:2888:3888;2181 server.2=z2:2888:3888;2181", vec!["z1", "z2"]),
            ("dbHost", "pg", vec!["pg"]),
            ("TARGET", "api", vec!["?api"]),
            ("ConnectionStrings__EventBus", "rabbitmq", vec!["?rabbitmq"]),
            ("REPLY_TO", "1@a:80", vec![]),
            ("apiKey", "abc.example.com:80", vec![]),
            ("API_KEY", "abc.example.com:80", vec![]),
            ("X_ADDR", "10.0.0.1:80", vec![]),
            ("X_ADDR", "localhost:80", vec![]),
            ("AT", "12:30", vec![]),
        ] {
            assert_eq!(hosts(name, value), expected, "{name}={value}");
        }
    }

    #[test]
    fn longer_texts_mention_hosts() {
        for (text, expected) in [
            ("psql -h db -U x", "db"),
            ("until nc -z -v db 5432; do sleep 1; done", "db"),
            ("redis:\n  host: cache\n  password: other", "cache"),
            (r#"{"host": "cache", "name": "other"}"#, "cache"),
            ("--server=api --verbose", "api"),
            ("proxy_pass http://api:80;", "api"),
            ("serve --mode fast", ""),
        ] {
            let found: Vec<String> = mentioned(text).into_iter().map(|one| one.host).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn no_part_of_a_password_is_a_host() {
        for secret in ["s3cr3t", "a@b", "x/y", "p:1", "h.example.com:80", "a b", "#?;,"] {
            for value in [format!("redis://:{secret}@cache:6379"), format!("amqp://u:{secret}@cache")] {
                let found = hosts("X_URL", &value);
                assert!(found.iter().all(|one| one.contains("cache") || one.starts_with('?')), "{value}: {found:?}");
            }
        }
    }
}
