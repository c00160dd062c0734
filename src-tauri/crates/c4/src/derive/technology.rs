//! What a thing is built with, from the names of images, schemes and ports.

/// What kind of box it is, beyond a container: told by a tag, so that styles give it a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Does work.
    Application,
    /// Keeps data.
    Database,
    /// Passes messages on.
    Queue,
    /// Keeps files.
    Storage,
}

impl Role {
    /// The tag.
    pub(crate) fn tag(self) -> Option<&'static str> {
        match self {
            Self::Application => None,
            Self::Database => Some("Database"),
            Self::Queue => Some("Queue"),
            Self::Storage => Some("Storage"),
        }
    }
}

use Role::{Application as A, Database as D, Queue as Q, Storage as S};

/// Words of image names and of `db.system`, what they are called, and what they are.
const PRODUCTS: &[(&str, &str, Role)] = &[
    ("postgres", "PostgreSQL", D),
    ("postgresql", "PostgreSQL", D),
    ("postgis", "PostgreSQL with PostGIS", D),
    ("pgvector", "PostgreSQL with pgvector", D),
    ("timescaledb", "TimescaleDB", D),
    ("spilo", "PostgreSQL", D),
    ("cockroach", "CockroachDB", D),
    ("cockroachdb", "CockroachDB", D),
    ("yugabyte", "YugabyteDB", D),
    ("mysql", "MySQL", D),
    ("mariadb", "MariaDB", D),
    ("percona", "Percona Server for MySQL", D),
    ("mssql", "Microsoft SQL Server", D),
    ("sqlserver", "Microsoft SQL Server", D),
    ("azure-sql-edge", "Azure SQL Edge", D),
    ("oracle", "Oracle Database", D),
    ("db2", "IBM Db2", D),
    ("mongo", "MongoDB", D),
    ("mongodb", "MongoDB", D),
    ("redis", "Redis", D),
    ("valkey", "Valkey", D),
    ("keydb", "KeyDB", D),
    ("dragonfly", "Dragonfly", D),
    ("memcached", "Memcached", D),
    ("elasticsearch", "Elasticsearch", D),
    ("opensearch", "OpenSearch", D),
    ("opensearch-dashboards", "OpenSearch Dashboards", A),
    ("solr", "Apache Solr", D),
    ("meilisearch", "Meilisearch", D),
    ("typesense", "Typesense", D),
    ("clickhouse", "ClickHouse", D),
    ("cassandra", "Apache Cassandra", D),
    ("scylla", "ScyllaDB", D),
    ("influxdb", "InfluxDB", D),
    ("neo4j", "Neo4j", D),
    ("couchdb", "CouchDB", D),
    ("couchbase", "Couchbase", D),
    ("arangodb", "ArangoDB", D),
    ("dynamodb", "Amazon DynamoDB", D),
    ("bigquery", "Google BigQuery", D),
    ("spanner", "Google Cloud Spanner", D),
    ("snowflake", "Snowflake", D),
    ("redshift", "Amazon Redshift", D),
    ("sqlite", "SQLite", D),
    ("h2", "H2", D),
    ("hsqldb", "HSQLDB", D),
    ("etcd", "etcd", D),
    ("qdrant", "Qdrant", D),
    ("weaviate", "Weaviate", D),
    ("milvus", "Milvus", D),
    ("chroma", "Chroma", D),
    ("chromadb", "Chroma", D),
    ("questdb", "QuestDB", D),
    ("surrealdb", "SurrealDB", D),
    ("rethinkdb", "RethinkDB", D),
    ("firebird", "Firebird", D),
    ("tidb", "TiDB", D),
    ("ferretdb", "FerretDB", D),
    ("victoria-metrics", "VictoriaMetrics", D),
    ("cosmosdb", "Azure Cosmos DB", D),
    ("azurite", "Azure Storage (Azurite)", S),
    ("seaweedfs", "SeaweedFS", S),
    ("minio", "MinIO", S),
    ("rabbitmq", "RabbitMQ", Q),
    ("kafka", "Apache Kafka", Q),
    ("redpanda", "Redpanda", Q),
    ("nats", "NATS", Q),
    ("activemq", "Apache ActiveMQ", Q),
    ("artemis", "Apache ActiveMQ Artemis", Q),
    ("pulsar", "Apache Pulsar", Q),
    ("mosquitto", "Eclipse Mosquitto", Q),
    ("emqx", "EMQX", Q),
    ("rocketmq", "Apache RocketMQ", Q),
    ("cp-server", "Apache Kafka (Confluent Server)", Q),
    ("hivemq", "HiveMQ", Q),
    ("vernemq", "VerneMQ", Q),
    ("elasticmq", "ElasticMQ", Q),
    ("aws_sqs", "Amazon SQS", Q),
    ("aws_sns", "Amazon SNS", Q),
    ("aws.sqs", "Amazon SQS", Q),
    ("gcp_pubsub", "Google Cloud Pub/Sub", Q),
    ("servicebus", "Azure Service Bus", Q),
    ("eventhubs", "Azure Event Hubs", Q),
    ("cp-schema-registry", "Confluent Schema Registry", A),
    ("ksqldb-server", "ksqlDB", A),
    ("cp-ksqldb-server", "ksqlDB", A),
    ("zookeeper", "Apache ZooKeeper", A),
    ("consul", "Consul", A),
    ("vault", "HashiCorp Vault", A),
    ("nginx", "nginx", A),
    ("traefik", "Traefik", A),
    ("envoy", "Envoy", A),
    ("haproxy", "HAProxy", A),
    ("caddy", "Caddy", A),
    ("httpd", "Apache HTTP Server", A),
    ("kong", "Kong", A),
    ("varnish", "Varnish", A),
    ("keycloak", "Keycloak", A),
    ("grafana", "Grafana", A),
    ("prometheus", "Prometheus", A),
    ("alertmanager", "Prometheus Alertmanager", A),
    ("jaeger", "Jaeger", A),
    ("zipkin", "Zipkin", A),
    ("loki", "Grafana Loki", A),
    ("tempo", "Grafana Tempo", A),
    ("opentelemetry-collector", "OpenTelemetry Collector", A),
    ("otel-collector", "OpenTelemetry Collector", A),
    ("kibana", "Kibana", A),
    ("logstash", "Logstash", A),
    ("fluentd", "Fluentd", A),
    ("fluent-bit", "Fluent Bit", A),
    ("wordpress", "WordPress", A),
    ("nextcloud", "Nextcloud", A),
    ("gitea", "Gitea", A),
    ("pihole", "Pi-hole", A),
    ("cloudflared", "cloudflared", A),
    ("pgbouncer", "PgBouncer", A),
    ("pgadmin", "pgAdmin", A),
    ("phpmyadmin", "phpMyAdmin", A),
    ("adminer", "Adminer", A),
    ("mailhog", "MailHog", A),
    ("mailpit", "Mailpit", A),
    ("localstack", "LocalStack", A),
    ("sonarqube", "SonarQube", A),
    ("jenkins", "Jenkins", A),
    ("airflow", "Apache Airflow", A),
    ("spark", "Apache Spark", A),
    ("flink", "Apache Flink", A),
    ("trino", "Trino", A),
    ("superset", "Apache Superset", A),
    ("metabase", "Metabase", A),
    ("n8n", "n8n", A),
    ("node", "Node.js", A),
    ("python", "Python", A),
    ("golang", "Go", A),
    ("openjdk", "Java", A),
    ("temurin", "Java", A),
    ("corretto", "Java", A),
    ("amazoncorretto", "Java", A),
    ("tomcat", "Apache Tomcat", A),
    ("php", "PHP", A),
    ("ruby", "Ruby", A),
    ("busybox", "BusyBox", A),
];

/// Images of these words speak to a product and are not it.
const BESIDE: &[&str] = &[
    "exporter",
    "ui",
    "express",
    "commander",
    "operator",
    "backup",
    "proxy",
    "client",
    "admin",
    "connect",
    "registry",
    "manager",
    "init",
    "migrate",
    "migrations",
    "sidecar",
    "agent",
    "insight",
    "cli",
    "rest",
    "bridge",
    "web",
    "gui",
    "dashboards",
    "meta",
    "head",
    "hq",
    "keeper",
    "browser",
    "router",
    "seed",
    "seeder",
    "setup",
    "loader",
    "toolbox",
];

/// The product that a word names: an image's last part, a `db.system`.
pub(crate) fn product(name: &str) -> Option<(&'static str, Role)> {
    let name = name.to_lowercase();
    let exact = |name: &str| PRODUCTS.iter().find(|(word, ..)| *word == name).map(|(_, label, role)| (*label, *role));
    if let Some(found) = exact(&name) {
        return Some(found);
    }
    let parts: Vec<&str> = name.split(['-', '_', '.']).collect();
    if parts.iter().any(|part| BESIDE.contains(part)) {
        return None;
    }
    let whole = PRODUCTS
        .iter()
        .find(|(word, ..)| word.contains('-') && name.contains(word))
        .map(|(_, label, role)| (*label, *role));
    whole.or_else(|| parts.iter().find_map(|part| exact(part.trim_end_matches(|c: char| c.is_ascii_digit()))))
}

/// An image's name without registry and tag, and its version.
pub(crate) struct Image<'i> {
    /// `library/postgres`.
    pub(crate) path: &'i str,
    /// `postgres`.
    pub(crate) last: &'i str,
    /// `16`, `10.9`; only figures.
    pub(crate) version: Option<&'i str>,
}

/// Takes an image reference apart: `registry:5000/team/postgres:16-alpine@sha256:…`.
pub(crate) fn image(reference: &str) -> Image<'_> {
    let reference = reference.split('@').next().unwrap_or(reference);
    let slash = reference.rfind('/').map_or(0, |at| at + 1);
    let (name, tag) = match reference[slash..].split_once(':') {
        Some((name, tag)) => (&reference[..slash + name.len()], Some(tag)),
        None => (reference, None),
    };
    let path = match name.split_once('/') {
        Some((registry, rest)) if registry.contains(['.', ':']) || registry == "localhost" => rest,
        _ => name,
    };
    let version = tag.map(|tag| tag.trim_start_matches('v')).and_then(|tag| {
        let end = tag.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(tag.len());
        let figures = tag[..end].trim_end_matches('.');
        (!figures.is_empty() && (end == tag.len() || tag[end..].starts_with(['-', '_', '+']))).then_some(figures)
    });
    Image { path, last: path.rsplit('/').next().unwrap_or(path), version }
}

/// What an image runs, with its version: `PostgreSQL 16`.
pub(crate) fn of_image(reference: &str) -> Option<(String, Role)> {
    let image = image(without_variables(reference)?);
    let (label, role) = product(image.last).or_else(|| match image.path {
        // mcr.microsoft.com/mssql/server
        path if path.ends_with("/server") => product(path.rsplit('/').nth(1)?),
        // container-registry.oracle.com/database/free
        "database/free" | "database/express" | "database/enterprise" => product("oracle"),
        _ => None,
    })?;
    let label = match image.version {
        Some(version) => format!("{label} {version}"),
        None => label.to_owned(),
    };
    Some((label, role))
}

/// An image without the variables in it that nobody set: registry and version may be unknown, the name may not.
fn without_variables(reference: &str) -> Option<&str> {
    let Some(at) = reference.find("${") else { return Some(reference) };
    let name = reference.rfind('/').map_or(0, |slash| slash + 1);
    if at < name {
        let rest = &reference[name..];
        return (!rest.contains("${")).then_some(rest);
    }
    let known = &reference[..at];
    known[name..].contains(':').then(|| known.trim_end_matches([':', '-', '_', '.']))
}

/// What is spoken under a scheme.
pub(crate) fn of_scheme(scheme: &str) -> Option<&'static str> {
    let scheme = scheme.split('+').next().unwrap_or(scheme);
    Some(match scheme {
        "http" => "HTTP",
        "https" => "HTTPS",
        "ws" | "wss" => "WebSocket",
        "grpc" | "grpcs" => "gRPC",
        "postgres" | "postgresql" | "pgsql" => "PostgreSQL",
        "mysql" | "mysql2" => "MySQL",
        "mariadb" => "MariaDB",
        "sqlserver" | "mssql" => "TDS",
        "oracle" => "Oracle Net",
        "mongodb" => "MongoDB",
        "redis" | "rediss" => "Redis",
        // Azure's Service Bus has a name of its own for it.
        "amqp" | "amqps" | "sb" => "AMQP",
        "kafka" | "plaintext" | "sasl_ssl" | "sasl_plaintext" => "Kafka",
        "nats" => "NATS",
        "tls" | "ssl" => "TLS",
        "mqtt" | "mqtts" => "MQTT",
        "ldap" | "ldaps" => "LDAP",
        "smtp" | "smtps" => "SMTP",
        "ftp" => "FTP",
        "sftp" => "SFTP",
        "s3" => "S3",
        "stomp" => "STOMP",
        "memcached" => "Memcached",
        "clickhouse" => "ClickHouse",
        "neo4j" | "bolt" => "Bolt",
        "tcp" => "TCP",
        "udp" => "UDP",
        _ => return None,
    })
}

/// What is spoken on a port by custom, of those that nothing else uses.
pub(crate) fn of_port(port: u16) -> Option<&'static str> {
    Some(match port {
        5432 => "PostgreSQL",
        3306 => "MySQL",
        1433 => "TDS",
        1521 => "Oracle Net",
        27017 => "MongoDB",
        6379 => "Redis",
        5672 | 5671 => "AMQP",
        9092 | 29092 => "Kafka",
        4222 => "NATS",
        1883 | 8883 => "MQTT",
        11211 => "Memcached",
        9042 => "CQL",
        4317 => "OTLP",
        4318 => "OTLP",
        389 | 636 => "LDAP",
        25 | 587 => "SMTP",
        443 => "HTTPS",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_name_their_product_and_version() {
        for (reference, expected) in [
            ("postgres:16-alpine", Some("PostgreSQL 16")),
            ("docker.redpanda.com/vectorized/redpanda:v22.2.2", Some("Redpanda 22.2.2")),
            ("localhost:5000/library/mysql@sha256:ab", Some("MySQL")),
            ("bitnami/postgresql:latest", Some("PostgreSQL")),
            ("confluentinc/cp-kafka:7.5.0", Some("Apache Kafka 7.5.0")),
            ("mcr.microsoft.com/mssql/server:2022-latest", Some("Microsoft SQL Server 2022")),
            ("mongo-express", None),
            ("oliver006/redis_exporter", None),
            ("acme/shop", None),
            ("${IMAGE}", None),
            ("postgres:${PG_VERSION}", Some("PostgreSQL")),
            ("postgres:14-${VARIANT}", Some("PostgreSQL 14")),
            ("${REGISTRY}/library/redis:7", Some("Redis 7")),
            ("acme/${NAME}:1", None),
            ("opensearchproject/opensearch-dashboards:2", Some("OpenSearch Dashboards 2")),
            ("markusgulden/cassandra-web", None),
            ("acme/kafka-setup", None),
            ("container-registry.oracle.com/database/free:23.5", Some("Oracle Database 23.5")),
        ] {
            assert_eq!(of_image(reference).map(|(label, _)| label).as_deref(), expected, "{reference}");
        }
    }
}
