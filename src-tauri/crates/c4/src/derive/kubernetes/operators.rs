//! Stores and brokers that an operator runs: a resource of its own kind, reached by the services that it makes.

use super::{Cluster, Object, deploy, describe};
use crate::derive::draft::{At, Draft};
use crate::derive::technology::Role;
use Role::{Application as A, Database as D, Queue as Q, Storage as S};
use std::collections::{HashMap, HashSet};

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

/// The resources that operators run, drawn.
#[derive(Default)]
pub(super) struct Operators {
    /// By namespace and name, the services that an operator makes, and what they lead to.
    pub(super) services: HashMap<(String, String), At>,
    /// The same by the resource's own name: some write it, though no service is called so.
    pub(super) named: HashMap<(String, String), At>,
    /// By kind, namespace and name.
    drawn: HashMap<(String, String, String), At>,
}

/// Adds the resources that operators run. One that is called like something else here carries what it is in its name:
/// a store is often called after the program that it is for, and a console after the store.
pub(super) fn add(draft: &mut Draft, system: At, objects: &[Object], workloads: &[&Object]) -> Operators {
    let known =
        |one: &Object| KINDS.iter().find(|operated| operated.kind == one.kind && one.group.ends_with(operated.group));
    let operated: Vec<(&Object, &Operated)> =
        objects.iter().filter(|one| !one.name.is_empty()).filter_map(|one| Some((one, known(one)?))).collect();
    // What is called so, by kind.
    let mut called: HashMap<String, HashSet<&str>> = HashMap::new();
    for object in workloads {
        called.entry(object.title().to_lowercase()).or_default().insert("");
    }
    for (object, operated) in &operated {
        called.entry(object.name.to_lowercase()).or_default().insert(operated.label);
    }
    let mut all = Operators::default();
    for (object, operated) in operated {
        let alone = called.get(&object.name.to_lowercase()).is_none_or(|kinds| kinds.len() < 2);
        let name = if alone { object.name.clone() } else { format!("{} ({})", object.name, operated.label) };
        let at = describe(draft, system, object, &name);
        draft.technology(at, operated.label);
        draft.of(at).add_tags(operated.role.tag());
        deploy(draft, object, &name, at);
        for pattern in operated.services {
            let service = pattern.replace("{}", &object.name.to_lowercase());
            all.services.entry((object.namespace.clone(), service)).or_insert(at);
        }
        all.named.entry((object.namespace.clone(), object.name.to_lowercase())).or_insert(at);
        all.drawn.insert((object.kind.clone(), object.namespace.clone(), object.name.clone()), at);
    }
    all
}

/// Relates those that say in a field of their own which broker or store they are of.
pub(super) fn relate(draft: &mut Draft, cluster: &Cluster<'_>, all: &Operators) {
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
        let from = all.drawn.get(&(object.kind.clone(), object.namespace.clone(), object.name.clone()));
        let to = cluster.find(&wanted.to_lowercase(), &object.namespace);
        if let (Some(from), Some([to, ..])) = (from, to) {
            draft.relate(*from, *to, "reference", technology, &object.source());
        }
    }
}
