//! What the well-known themes of cloud providers are about, in a look of our own: an outline and a border colour for each
//! kind of service. Of the themes themselves nothing is taken but the names of their tags, which models carry.

use crate::draw::Colour;

/// What a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Compute,
    Database,
    Cache,
    Storage,
    Messaging,
    Network,
    Security,
    Observing,
    Analytics,
    /// What others stand in: a region, an account, a namespace.
    Place,
}

/// How a service is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CloudLook {
    /// The border.
    pub stroke: Colour,
    /// The outline by the word of a style; `None`: as its kind is drawn.
    pub shape: Option<&'static str>,
}

impl Purpose {
    const fn look(self) -> CloudLook {
        let (red, green, blue, shape) = match self {
            Self::Compute => (0xb4, 0x53, 0x09, None),
            Self::Database => (0x1d, 0x5f, 0xb8, Some("Cylinder")),
            Self::Cache => (0x0e, 0x74, 0x90, Some("Cylinder")),
            Self::Storage => (0x2f, 0x7d, 0x32, Some("Bucket")),
            Self::Messaging => (0x9d, 0x2f, 0x8f, Some("Pipe")),
            Self::Network => (0x5b, 0x3f, 0xb5, None),
            Self::Security => (0xb3, 0x26, 0x2b, None),
            Self::Observing => (0x7a, 0x5c, 0x00, None),
            Self::Analytics => (0x35, 0x48, 0x9f, None),
            Self::Place => (0x5f, 0x6b, 0x7a, None),
        };
        CloudLook { stroke: Colour(red, green, blue), shape }
    }
}

/// A provider's theme.
struct Cloud {
    /// How the theme's folder is called, with a version behind it or none.
    theme: &'static str,
    /// What its tags begin with.
    prefix: &'static str,
    /// Whether a tag may go on after the service: `RDS MySQL instance`.
    more: bool,
    services: &'static [(Purpose, &'static [&'static str])],
}

use Purpose::{Analytics, Cache, Compute, Database, Messaging, Network, Observing, Place, Security, Storage};

const CLOUDS: &[Cloud] = &[
    Cloud {
        theme: "amazon-web-services",
        prefix: "Amazon Web Services - ",
        more: true,
        services: &[
            (
                Compute,
                &[
                    "EC2",
                    "Lambda",
                    "Fargate",
                    "Elastic Container Service",
                    "Elastic Kubernetes Service",
                    "Elastic Container Registry",
                    "Elastic Beanstalk",
                    "Lightsail",
                    "Batch",
                    "App Runner",
                    "Step Functions",
                ],
            ),
            (Database, &["RDS", "Aurora", "DynamoDB", "Redshift", "Neptune", "DocumentDB", "Keyspaces", "Timestream"]),
            (Cache, &["ElastiCache", "MemoryDB for Redis"]),
            (
                Storage,
                &["Simple Storage Service", "Elastic Block Store", "EFS", "Elastic File System", "FSx", "Backup"],
            ),
            (
                Messaging,
                &[
                    "Simple Queue Service",
                    "Simple Notification Service",
                    "EventBridge",
                    "MQ",
                    "Kinesis",
                    "Managed Streaming for Apache Kafka",
                    "Simple Email Service",
                ],
            ),
            (
                Network,
                &[
                    "Route 53",
                    "CloudFront",
                    "API Gateway",
                    "Elastic Load Balancing",
                    "Virtual Private Cloud",
                    "VPC",
                    "Direct Connect",
                    "Transit Gateway",
                    "Global Accelerator",
                    "PrivateLink",
                    "App Mesh",
                ],
            ),
            (
                Security,
                &[
                    "WAF",
                    "Shield",
                    "Cognito",
                    "Identity and Access Management",
                    "Key Management Service",
                    "Secrets Manager",
                    "Certificate Manager",
                    "GuardDuty",
                ],
            ),
            (Observing, &["CloudWatch", "CloudTrail", "X-Ray", "Systems Manager", "Config"]),
            (
                Analytics,
                &["Athena", "Glue", "EMR", "OpenSearch Service", "Elasticsearch Service", "SageMaker", "QuickSight"],
            ),
            (Place, &["Cloud", "Region", "Auto Scaling", "Organizations"]),
        ],
    },
    Cloud {
        theme: "microsoft-azure",
        prefix: "Microsoft Azure - ",
        more: false,
        services: &[
            (
                Compute,
                &[
                    "App Services",
                    "Function Apps",
                    "Virtual Machine",
                    "VM Scale Sets",
                    "Kubernetes Services",
                    "Container Instances",
                    "Container Apps Environments",
                    "Container Registries",
                    "Batch Accounts",
                    "Service Fabric Clusters",
                    "Azure Spring Apps",
                    "App Service Plans",
                    "Logic Apps",
                    "Static Apps",
                ],
            ),
            (
                Database,
                &[
                    "SQL Database",
                    "SQL Server",
                    "SQL Managed Instance",
                    "Azure SQL",
                    "Azure Cosmos DB",
                    "Azure Database PostgreSQL Server",
                    "Azure Database PostgreSQL Server Group",
                    "Azure Database MySQL Server",
                    "Azure Database MariaDB Server",
                ],
            ),
            (Cache, &["Cache Redis"]),
            (
                Storage,
                &[
                    "Storage Accounts",
                    "Azure Fileshares",
                    "Storage Container",
                    "Azure NetApp Files",
                    "Blob Block",
                    "Disks",
                ],
            ),
            (
                Messaging,
                &[
                    "Service Bus",
                    "Azure Service Bus",
                    "Event Hubs",
                    "Event Hub Clusters",
                    "Event Grid Topics",
                    "Event Grid Domains",
                    "Storage Queue",
                    "Relays",
                    "Notification Hubs",
                ],
            ),
            (
                Network,
                &[
                    "API Management Services",
                    "Application Gateways",
                    "Load Balancers",
                    "Front Door and CDN Profiles",
                    "CDN Profiles",
                    "Traffic Manager Profiles",
                    "DNS Zones",
                    "Virtual Networks",
                    "Virtual Network Gateways",
                    "ExpressRoute Circuits",
                    "Private Link",
                    "Private Endpoint",
                    "NAT",
                    "Bastions",
                ],
            ),
            (
                Security,
                &[
                    "Key Vaults",
                    "Azure Active Directory",
                    "Azure AD B2C",
                    "Azure AD Domain Services",
                    "Managed Identities",
                    "Firewalls",
                    "Web Application Firewall Policies(WAF)",
                    "Azure Sentinel",
                ],
            ),
            (Observing, &["Application Insights", "Monitor", "Log Analytics Workspaces", "Activity Log", "Metrics"]),
            (
                Analytics,
                &[
                    "Azure Databricks",
                    "Data Factory",
                    "Azure Synapse Analytics",
                    "HD Insight Clusters",
                    "Stream Analytics Jobs",
                ],
            ),
            (Place, &["Subscriptions", "Resource Groups", "Subnet", "Management Groups"]),
        ],
    },
    Cloud {
        theme: "google-cloud",
        prefix: "Google Cloud Platform - ",
        more: false,
        services: &[
            (
                Compute,
                &[
                    "Compute Engine",
                    "App Engine",
                    "Cloud Run",
                    "Cloud Functions",
                    "Kubernetes Engine",
                    "Container Registry",
                    "Cloud Build",
                ],
            ),
            (Database, &["Cloud SQL", "Cloud Spanner", "Cloud Bigtable", "Cloud Datastore", "Cloud Firestore"]),
            (Cache, &["Cloud Memorystore"]),
            (Storage, &["Cloud Storage", "Persistent Disk", "Cloud Filestore"]),
            (Messaging, &["Cloud PubSub", "Cloud Tasks"]),
            (
                Network,
                &[
                    "Cloud Load Balancing",
                    "Cloud CDN",
                    "Cloud DNS",
                    "Cloud NAT",
                    "Cloud VPN",
                    "Cloud Router",
                    "Cloud Endpoints",
                    "Apigee API Platform",
                    "Traffic Director",
                    "Dedicated Interconnect",
                ],
            ),
            (Security, &["Cloud IAM", "Cloud Armor", "Key Management Service", "Cloud Firewall Rules"]),
            (Observing, &["Stackdriver", "Monitoring", "Logging", "Trace", "Error Reporting"]),
            (
                Analytics,
                &["BigQuery", "Cloud Dataflow", "Cloud Dataproc", "Cloud Composer", "Cloud Data Fusion", "AI Platform"],
            ),
            (Place, &["Virtual Private Cloud"]),
        ],
    },
    Cloud {
        theme: "oracle-cloud-infrastructure",
        prefix: "Oracle Cloud Infrastructure - ",
        more: false,
        services: &[
            (Compute, &["Functions", "Virtual Machine", "BareMetal Compute", "Instance Pools"]),
            (
                Database,
                &[
                    "Database",
                    "Autonomous Database",
                    "Autonomous Database Warehouse",
                    "No SQL Database",
                    "MySQL HeatWave",
                    "RAC",
                ],
            ),
            (Storage, &["Object Storage", "Buckets", "Local Storage", "Persistent Volume"]),
            (Messaging, &["Streaming", "Events", "Email Delivery", "Service Connector Hub"]),
            (
                Network,
                &[
                    "Domain Name System",
                    "Internet Gateway",
                    "NAT Gateway",
                    "Service Gateway",
                    "Dynamic Routing Gateway",
                    "API Service",
                    "Service Mesh",
                ],
            ),
            (
                Security,
                &[
                    "Vault",
                    "Key Management",
                    "Encryption",
                    "Firewall",
                    "Web Application Firewall",
                    "Cloud Guard",
                    "Policies",
                ],
            ),
            (Observing, &["Monitoring", "Alarms", "Logging Analytics", "Health Check"]),
            (Analytics, &["Data Science", "GoldenGate", "OpenSearch"]),
        ],
    },
    Cloud {
        theme: "kubernetes",
        prefix: "Kubernetes - ",
        more: false,
        services: &[
            (Compute, &["pod", "deploy", "rs", "sts", "ds", "job", "cronjob", "hpa"]),
            (Database, &["etcd"]),
            (Storage, &["pv", "pvc", "vol", "sc"]),
            (Network, &["svc", "ing", "ep", "netpol", "k-proxy"]),
            (Security, &["secret", "sa", "role", "rb", "c-role", "crb", "psp"]),
            (Place, &["ns", "node", "master", "api", "sched", "c-m", "c-c-m", "kubelet", "cm", "quota", "limits"]),
        ],
    },
];

/// Whether a theme is of a provider that is known here, by its address or name.
pub(crate) fn is_cloud(theme: &str) -> bool {
    CLOUDS.iter().any(|cloud| names(theme, cloud))
}

/// How an element with a tag is drawn, where a theme of the workspace is of the provider whose tag it is.
pub(crate) fn look(themes: &[String], tag: &str) -> Option<CloudLook> {
    let cloud = CLOUDS.iter().find(|cloud| tag.starts_with(cloud.prefix))?;
    if !themes.iter().any(|theme| names(theme, cloud)) {
        return None;
    }
    let service = &tag[cloud.prefix.len()..];
    let is = |known: &&str| {
        let rest = service.strip_prefix(*known);
        rest.is_some_and(|rest| rest.is_empty() || (cloud.more && rest.starts_with(' ')))
    };
    let all = cloud.services.iter().flat_map(|(purpose, known)| known.iter().map(move |known| (purpose, known)));
    // The longest: `Elastic Load Balancing …` is not `Elastic …`.
    all.filter(|(_, known)| is(known)).max_by_key(|(_, known)| known.len()).map(|(purpose, _)| purpose.look())
}

/// Whether a part of the path is called as the provider's folder, with a version or none.
fn names(theme: &str, cloud: &Cloud) -> bool {
    theme.split('/').any(|part| {
        let rest = part.strip_prefix(cloud.theme);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(theme: &str, tag: &str) -> Option<Option<&'static str>> {
        look(&[theme.to_owned()], tag).map(|look| look.shape)
    }

    #[test]
    fn tags_are_known_by_their_theme() {
        let aws = "https://static.structurizr.com/themes/amazon-web-services-2023.01.31/theme.json";
        assert_eq!(shape(aws, "Amazon Web Services - RDS"), Some(Some("Cylinder")));
        assert_eq!(shape(aws, "Amazon Web Services - RDS MySQL instance"), Some(Some("Cylinder")));
        assert_eq!(shape(aws, "Amazon Web Services - Simple Storage Service Bucket"), Some(Some("Bucket")));
        assert_eq!(shape(aws, "Amazon Web Services - EC2"), Some(None));
        assert_eq!(shape(aws, "Amazon Web Services - EC2x"), None);
        assert_eq!(shape(aws, "Microsoft Azure - SQL Database"), None, "its theme is not named");
        assert_eq!(shape("microsoft-azure", "Microsoft Azure - SQL Database"), Some(Some("Cylinder")));
        assert_eq!(shape("google-cloud-platform-v1.5", "Google Cloud Platform - Cloud PubSub"), Some(Some("Pipe")));
        assert_eq!(shape("kubernetes-v0.3", "Kubernetes - pvc"), Some(Some("Bucket")));
        assert_eq!(shape("oracle-cloud-infrastructure-2023.04.01", "Oracle Cloud Infrastructure - Vault"), Some(None));
    }

    #[test]
    fn other_themes_are_not_taken_for_one() {
        assert!(is_cloud("https://static.structurizr.com/themes/kubernetes-v0.3/theme.json"));
        assert!(!is_cloud("https://example.com/my-kubernetes/theme.json"));
        assert!(!is_cloud("https://static.structurizr.com/themes/default/theme.json"));
    }
}
