//! What the resources of the large providers are to an architecture.

use crate::derive::technology::Role as Store;

/// What a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A network that others run in.
    Network,
    /// A part of a network.
    Subnet,
    /// Machines or an orchestrator that containers run on.
    Cluster,
    /// Load balancers, names, gateways: runs, but is not of the software.
    Infrastructure,
    /// Software or a store: a container of the model.
    Container(Store),
    /// Joins others and is not drawn itself.
    Glue,
}

use Role::{Cluster as K, Container as C, Glue as G, Infrastructure as I, Network as N, Subnet as U};
use Store::{Application as A, Database as D, Queue as Q, Storage as S};

const KINDS: &[(&str, &str, Role)] = &[
    ("aws_vpc", "Amazon VPC", N),
    ("aws_subnet", "Subnet", U),
    ("aws_ecs_cluster", "Amazon ECS cluster", K),
    ("aws_eks_cluster", "Amazon EKS cluster", K),
    ("aws_lb", "Elastic Load Balancer", I),
    ("aws_alb", "Application Load Balancer", I),
    ("aws_elb", "Classic Load Balancer", I),
    ("aws_cloudfront_distribution", "Amazon CloudFront", I),
    ("aws_route53_zone", "Amazon Route 53", I),
    ("aws_nat_gateway", "NAT gateway", I),
    ("aws_internet_gateway", "Internet gateway", I),
    ("aws_vpn_gateway", "VPN gateway", I),
    ("aws_ec2_transit_gateway", "Transit gateway", I),
    ("aws_wafv2_web_acl", "AWS WAF", I),
    ("aws_api_gateway_rest_api", "Amazon API Gateway", C(A)),
    ("aws_apigatewayv2_api", "Amazon API Gateway", C(A)),
    ("aws_db_instance", "Amazon RDS", C(D)),
    ("aws_rds_cluster", "Amazon Aurora", C(D)),
    ("aws_docdb_cluster", "Amazon DocumentDB", C(D)),
    ("aws_neptune_cluster", "Amazon Neptune", C(D)),
    ("aws_redshift_cluster", "Amazon Redshift", C(D)),
    ("aws_dynamodb_table", "Amazon DynamoDB", C(D)),
    ("aws_elasticache_cluster", "Amazon ElastiCache", C(D)),
    ("aws_elasticache_replication_group", "Amazon ElastiCache", C(D)),
    ("aws_elasticache_serverless_cache", "Amazon ElastiCache", C(D)),
    ("aws_memorydb_cluster", "Amazon MemoryDB", C(D)),
    ("aws_opensearch_domain", "Amazon OpenSearch Service", C(D)),
    ("aws_elasticsearch_domain", "Amazon Elasticsearch Service", C(D)),
    ("aws_efs_file_system", "Amazon EFS", C(S)),
    ("aws_s3_bucket", "Amazon S3", C(S)),
    ("aws_sqs_queue", "Amazon SQS", C(Q)),
    ("aws_sns_topic", "Amazon SNS", C(Q)),
    ("aws_kinesis_stream", "Amazon Kinesis", C(Q)),
    ("aws_kinesis_firehose_delivery_stream", "Amazon Data Firehose", C(Q)),
    ("aws_mq_broker", "Amazon MQ", C(Q)),
    ("aws_msk_cluster", "Amazon MSK", C(Q)),
    ("aws_cloudwatch_event_bus", "Amazon EventBridge", C(Q)),
    ("aws_lambda_function", "AWS Lambda", C(A)),
    ("aws_ecs_service", "Amazon ECS service", C(A)),
    ("aws_instance", "Amazon EC2", C(A)),
    ("aws_autoscaling_group", "EC2 Auto Scaling group", C(A)),
    ("aws_elastic_beanstalk_environment", "AWS Elastic Beanstalk", C(A)),
    ("aws_apprunner_service", "AWS App Runner", C(A)),
    ("aws_sfn_state_machine", "AWS Step Functions", C(A)),
    ("aws_batch_job_definition", "AWS Batch", C(A)),
    ("aws_cognito_user_pool", "Amazon Cognito", C(A)),
    ("google_compute_network", "VPC network", N),
    ("google_compute_subnetwork", "Subnetwork", U),
    ("google_container_cluster", "Google Kubernetes Engine cluster", K),
    ("google_compute_global_forwarding_rule", "Cloud Load Balancing", I),
    ("google_compute_forwarding_rule", "Cloud Load Balancing", I),
    ("google_compute_url_map", "Cloud Load Balancing URL map", G),
    ("google_dns_managed_zone", "Cloud DNS", I),
    ("google_compute_router_nat", "Cloud NAT", I),
    ("google_sql_database_instance", "Cloud SQL", C(D)),
    ("google_spanner_instance", "Cloud Spanner", C(D)),
    ("google_bigtable_instance", "Cloud Bigtable", C(D)),
    ("google_bigquery_dataset", "BigQuery", C(D)),
    ("google_redis_instance", "Memorystore for Redis", C(D)),
    ("google_firestore_database", "Firestore", C(D)),
    ("google_storage_bucket", "Cloud Storage", C(S)),
    ("google_pubsub_topic", "Cloud Pub/Sub", C(Q)),
    ("google_cloud_run_service", "Cloud Run", C(A)),
    ("google_cloud_run_v2_service", "Cloud Run", C(A)),
    ("google_cloud_run_v2_job", "Cloud Run job", C(A)),
    ("google_cloudfunctions_function", "Cloud Functions", C(A)),
    ("google_cloudfunctions2_function", "Cloud Functions", C(A)),
    ("google_compute_instance", "Compute Engine", C(A)),
    ("google_app_engine_standard_app_version", "App Engine", C(A)),
    ("azurerm_virtual_network", "Virtual network", N),
    ("azurerm_subnet", "Subnet", U),
    ("azurerm_kubernetes_cluster", "Azure Kubernetes Service cluster", K),
    ("azurerm_service_plan", "App Service plan", K),
    ("azurerm_container_app_environment", "Container Apps environment", K),
    ("azurerm_application_gateway", "Application Gateway", I),
    ("azurerm_lb", "Azure Load Balancer", I),
    ("azurerm_cdn_frontdoor_profile", "Azure Front Door", I),
    ("azurerm_frontdoor", "Azure Front Door", I),
    ("azurerm_dns_zone", "Azure DNS", I),
    ("azurerm_api_management", "API Management", C(A)),
    ("azurerm_mssql_server", "Azure SQL", C(D)),
    ("azurerm_mssql_database", "Azure SQL Database", C(D)),
    ("azurerm_postgresql_server", "Azure Database for PostgreSQL", C(D)),
    ("azurerm_postgresql_flexible_server", "Azure Database for PostgreSQL", C(D)),
    ("azurerm_mysql_flexible_server", "Azure Database for MySQL", C(D)),
    ("azurerm_cosmosdb_account", "Azure Cosmos DB", C(D)),
    ("azurerm_redis_cache", "Azure Cache for Redis", C(D)),
    ("azurerm_storage_account", "Azure Storage", C(S)),
    ("azurerm_servicebus_queue", "Azure Service Bus queue", C(Q)),
    ("azurerm_servicebus_topic", "Azure Service Bus topic", C(Q)),
    ("azurerm_eventhub", "Azure Event Hubs", C(Q)),
    ("azurerm_linux_web_app", "Azure App Service", C(A)),
    ("azurerm_windows_web_app", "Azure App Service", C(A)),
    ("azurerm_linux_function_app", "Azure Functions", C(A)),
    ("azurerm_windows_function_app", "Azure Functions", C(A)),
    ("azurerm_container_app", "Azure Container Apps", C(A)),
    ("azurerm_container_group", "Azure Container Instances", C(A)),
    ("azurerm_linux_virtual_machine", "Azure virtual machine", C(A)),
    ("azurerm_windows_virtual_machine", "Azure virtual machine", C(A)),
    ("docker_container", "Docker container", C(A)),
    ("helm_release", "Helm release", C(A)),
    ("kubernetes_deployment", "Kubernetes Deployment", C(A)),
    ("kubernetes_deployment_v1", "Kubernetes Deployment", C(A)),
    ("kubernetes_stateful_set", "Kubernetes StatefulSet", C(A)),
    ("kubernetes_stateful_set_v1", "Kubernetes StatefulSet", C(A)),
    ("digitalocean_vpc", "VPC", N),
    ("digitalocean_droplet", "Droplet", C(A)),
    ("digitalocean_database_cluster", "Managed database", C(D)),
    ("digitalocean_loadbalancer", "Load balancer", I),
    ("digitalocean_kubernetes_cluster", "DigitalOcean Kubernetes cluster", K),
    ("hcloud_network", "Network", N),
    ("hcloud_server", "Hetzner Cloud server", C(A)),
    ("hcloud_load_balancer", "Hetzner Cloud load balancer", I),
];

/// What a kind of resource is called and what it is.
pub(super) fn of(kind: &str) -> (&'static str, Role) {
    KINDS.iter().find(|(known, ..)| *known == kind).map_or(("", G), |(_, label, role)| (*label, *role))
}

/// The provider of a kind, as people call it.
pub(super) fn provider(kind: &str) -> String {
    let id = kind.split('_').next().unwrap_or(kind);
    match id {
        "aws" => "Amazon Web Services",
        "google" => "Google Cloud",
        "azurerm" => "Microsoft Azure",
        "digitalocean" => "DigitalOcean",
        "hcloud" => "Hetzner Cloud",
        "kubernetes" | "helm" => "Kubernetes",
        "docker" => "Docker",
        other => other,
    }
    .to_owned()
}

/// Resources that lead from one to another: kind, the attribute of the source, the attribute of the target.
pub(super) const CONNECTORS: &[(&str, &str, &str, &str)] = &[
    ("aws_lambda_event_source_mapping", "event_source_arn", "function_name", "Triggers"),
    ("aws_sns_topic_subscription", "topic_arn", "endpoint", "Delivers to"),
    ("aws_s3_bucket_notification", "bucket", "lambda_function", "Notifies"),
    ("aws_s3_bucket_notification", "bucket", "queue", "Notifies"),
    ("aws_s3_bucket_notification", "bucket", "topic", "Notifies"),
    ("aws_cloudwatch_event_target", "event_bus_name", "arn", "Delivers to"),
    ("aws_apigatewayv2_integration", "api_id", "integration_uri", "Routes requests to"),
    ("aws_api_gateway_integration", "rest_api_id", "uri", "Routes requests to"),
    ("aws_lb_target_group_attachment", "target_group_arn", "target_id", "Routes requests to"),
    ("google_pubsub_subscription", "topic", "push_config", "Delivers to"),
];
