//! Stores and brokers that an operator runs: a resource of its own kind, reached by the services that it makes.

use super::{Cluster, Object, deploy, describe};
use crate::derive::draft::{At, Draft};
use crate::derive::technology::Role;
use Role::{Application as A, Database as D, Queue as Q, Storage as S};
use std::collections::HashMap;

/// A kind that an operator knows.
struct Operated {
    kind: &'static str,
    /// The end of the group's name.
    group: &'static str,
    label: &'static str,
    role: Role,
    /// The services that are made, `{}` for the name of the resource.
    services: &'static [&'static str],
}

const fn of(
    kind: &'static str,
    group: &'static str,
    label: &'static str,
    role: Role,
    services: &'static [&'static str],
) -> Operated {
    Operated { kind, group, label, role, services }
}

const KINDS: &[Operated] = &[
    of("Cluster", "cnpg.io", "PostgreSQL", D, &["{}-rw", "{}-ro", "{}-r"]),
    of("Pooler", "cnpg.io", "PgBouncer", A, &["{}"]),
    of("postgresql", "zalan.do", "PostgreSQL", D, &["{}", "{}-repl"]),
    of("PostgresCluster", "crunchydata.com", "PostgreSQL", D, &["{}-primary", "{}-replicas", "{}-ha", "{}-pgbouncer"]),
    of("PerconaPGCluster", "percona.com", "PostgreSQL", D, &["{}-primary", "{}-replicas", "{}-pgbouncer"]),
    of("PerconaServerMongoDB", "percona.com", "MongoDB", D, &["{}-rs0", "{}-mongos"]),
    of("PerconaXtraDBCluster", "percona.com", "Percona XtraDB Cluster", D, &["{}-haproxy", "{}-proxysql", "{}-pxc"]),
    of("MongoDBCommunity", "mongodb.com", "MongoDB", D, &["{}-svc"]),
    of("MongoDB", "mongodb.com", "MongoDB", D, &["{}-svc"]),
    of("InnoDBCluster", "mysql.oracle.com", "MySQL", D, &["{}", "{}-instances"]),
    of("MariaDB", "mariadb.com", "MariaDB", D, &["{}", "{}-primary", "{}-secondary"]),
    of("Redis", "opstreelabs.in", "Redis", D, &["{}", "{}-headless"]),
    of("RedisCluster", "opstreelabs.in", "Redis", D, &["{}-leader", "{}-follower"]),
    of("RedisFailover", "spotahome.com", "Redis", D, &["rfs-{}", "rfr-{}", "rfrm-{}"]),
    of("Elasticsearch", "k8s.elastic.co", "Elasticsearch", D, &["{}-es-http", "{}-es-default"]),
    of("Kibana", "k8s.elastic.co", "Kibana", A, &["{}-kb-http"]),
    of("OpenSearchCluster", "opster.io", "OpenSearch", D, &["{}"]),
    of("ClickHouseInstallation", "altinity.com", "ClickHouse", D, &["clickhouse-{}"]),
    of("CassandraDatacenter", "datastax.com", "Apache Cassandra", D, &["{}-service"]),
    of("SolrCloud", "solr.apache.org", "Apache Solr", D, &["{}-solrcloud-common"]),
    of("Kafka", "kafka.strimzi.io", "Apache Kafka", Q, &["{}-kafka-bootstrap", "{}-kafka-brokers"]),
    of("KafkaConnect", "kafka.strimzi.io", "Kafka Connect", A, &["{}-connect-api"]),
    of("KafkaBridge", "kafka.strimzi.io", "Kafka Bridge", A, &["{}-bridge-service"]),
    of("Redpanda", "redpanda.com", "Redpanda", Q, &["{}"]),
    of("RabbitmqCluster", "rabbitmq.com", "RabbitMQ", Q, &["{}", "{}-nodes"]),
    of("ActiveMQArtemis", "amq.io", "Apache ActiveMQ Artemis", Q, &["{}-hdls-svc"]),
    of("Tenant", "minio.min.io", "MinIO", S, &["minio", "{}-hl"]),
    of("Keycloak", "keycloak.org", "Keycloak", A, &["{}-service"]),
];

/// Adds the resources that operators run, and notes the services under which others reach them.
pub(super) fn add(draft: &mut Draft, system: At, objects: &[Object]) -> HashMap<(String, String), At> {
    let mut reached = HashMap::new();
    for object in objects.iter().filter(|one| !one.name.is_empty()) {
        let known = |one: &&Operated| one.kind == object.kind && object.group.ends_with(one.group);
        let Some(operated) = KINDS.iter().find(known) else { continue };
        let at = describe(draft, system, object, &object.name);
        draft.technology(at, operated.label);
        draft.of(at).add_tags(operated.role.tag());
        deploy(draft, object, at);
        // Some name the resource itself, though no service is called so.
        for pattern in operated.services.iter().chain(&["{}"]) {
            let service = pattern.replace("{}", &object.name.to_lowercase());
            reached.entry((object.namespace.clone(), service)).or_insert(at);
        }
    }
    reached
}

/// Relates those that say in a field of their own which broker or store they are of.
pub(super) fn relate(draft: &mut Draft, cluster: &Cluster<'_>) {
    for object in cluster.objects {
        let (wanted, technology) = match &*object.kind {
            "KafkaConnect" | "KafkaBridge" => {
                let servers = object.node.text_at(&["spec", "bootstrapServers"]).unwrap_or_default();
                (servers.split([',', ':']).next().unwrap_or_default().to_owned(), "Kafka")
            }
            "Kibana" => match object.node.text_at(&["spec", "elasticsearchRef", "name"]) {
                Some(name) => (format!("{name}-es-http"), "Elasticsearch"),
                None => continue,
            },
            "Pooler" => match object.node.text_at(&["spec", "cluster", "name"]) {
                Some(name) => (format!("{name}-rw"), "PostgreSQL"),
                None => continue,
            },
            _ => continue,
        };
        let from = cluster.services.get(&(object.namespace.clone(), object.title().to_lowercase()));
        let to = cluster.find(&wanted.to_lowercase(), &object.namespace);
        if let (Some([from, ..]), Some([to, ..])) = (from.map(Vec::as_slice), to) {
            draft.relate(*from, *to, "reference", technology, &object.source());
        }
    }
}
