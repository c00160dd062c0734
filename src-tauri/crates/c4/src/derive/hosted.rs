//! Services that clouds run for others, known by the ends of their hosts.

/// The end of the host and what is reached there; the longer ones first where one ends like another.
const HOSTED: &[(&str, &str)] = &[
    (".servicebus.windows.net", "Azure Service Bus or Event Hubs"),
    (".database.windows.net", "Azure SQL Database"),
    (".blob.core.windows.net", "Azure Blob Storage"),
    (".queue.core.windows.net", "Azure Queue Storage"),
    (".table.core.windows.net", "Azure Table Storage"),
    (".file.core.windows.net", "Azure Files"),
    (".dfs.core.windows.net", "Azure Data Lake Storage"),
    (".redis.cache.windows.net", "Azure Cache for Redis"),
    (".documents.azure.com", "Azure Cosmos DB"),
    (".mongo.cosmos.azure.com", "Azure Cosmos DB for MongoDB"),
    (".postgres.database.azure.com", "Azure Database for PostgreSQL"),
    (".mysql.database.azure.com", "Azure Database for MySQL"),
    (".vault.azure.net", "Azure Key Vault"),
    (".azurewebsites.net", "Azure App Service"),
    (".azurecontainerapps.io", "Azure Container Apps"),
    (".search.windows.net", "Azure AI Search"),
    (".openai.azure.com", "Azure OpenAI"),
    (".azure-api.net", "Azure API Management"),
    (".docdb.amazonaws.com", "Amazon DocumentDB"),
    (".cache.amazonaws.com", "Amazon ElastiCache"),
    (".mq.amazonaws.com", "Amazon MQ"),
    (".es.amazonaws.com", "Amazon OpenSearch Service"),
    (".redshift.amazonaws.com", "Amazon Redshift"),
    (".rds.amazonaws.com", "Amazon RDS"),
    (".elb.amazonaws.com", "Elastic Load Balancing"),
    (".a.run.app", "Google Cloud Run"),
    (".cloudfunctions.net", "Google Cloud Functions"),
    (".firebaseio.com", "Firebase Realtime Database"),
    (".mongodb.net", "MongoDB Atlas"),
    (".confluent.cloud", "Confluent Cloud"),
    (".upstash.io", "Upstash"),
    (".neon.tech", "Neon PostgreSQL"),
    (".supabase.co", "Supabase"),
    (".cloudamqp.com", "CloudAMQP"),
    (".snowflakecomputing.com", "Snowflake"),
    (".auth0.com", "Auth0"),
    (".okta.com", "Okta"),
];

/// Names within hosts of AWS, whose region stands behind them: `sqs.eu-central-1.amazonaws.com`.
const OF_AWS: &[(&str, &str)] = &[
    ("sqs", "Amazon SQS"),
    ("sns", "Amazon SNS"),
    ("s3", "Amazon S3"),
    ("dynamodb", "Amazon DynamoDB"),
    ("kinesis", "Amazon Kinesis"),
    ("kafka", "Amazon MSK"),
    ("execute-api", "Amazon API Gateway"),
    ("cognito-idp", "Amazon Cognito"),
    ("secretsmanager", "AWS Secrets Manager"),
    ("email-smtp", "Amazon SES"),
    ("rds", "Amazon RDS"),
    ("cache", "Amazon ElastiCache"),
    ("es", "Amazon OpenSearch Service"),
    ("mq", "Amazon MQ"),
    ("docdb", "Amazon DocumentDB"),
    ("redshift", "Amazon Redshift"),
    ("elb", "Elastic Load Balancing"),
    ("lambda-url", "AWS Lambda"),
    ("dsql", "Amazon Aurora DSQL"),
];

/// What is reached at a host, where its end tells.
pub(crate) fn product(host: &str) -> Option<&'static str> {
    let host = host.to_ascii_lowercase();
    if let Some((_, product)) = HOSTED.iter().find(|(end, _)| host.ends_with(end)) {
        return Some(product);
    }
    let aws = [".amazonaws.com", ".amazonaws.com.cn", ".on.aws"].iter().find_map(|end| host.strip_suffix(end))?;
    // The name stands beside the region, before or behind it; what is further left is the customer's.
    let near = aws.rsplit('.').take(3);
    near.filter_map(|label| OF_AWS.iter().find(|(name, _)| *name == label)).map(|(_, product)| *product).next()
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn hosts_tell_what_runs_there() {
        for (host, expected) in [
            ("acme.servicebus.windows.net", Some("Azure Service Bus or Event Hubs")),
            ("shop.abc123.eu-central-1.rds.amazonaws.com", Some("Amazon RDS")),
            ("sqs.eu-central-1.amazonaws.com", Some("Amazon SQS")),
            ("bread.s3.eu-central-1.amazonaws.com", Some("Amazon S3")),
            ("x1.execute-api.eu-west-1.amazonaws.com", Some("Amazon API Gateway")),
            ("b-1.shop.x1.c2.kafka.eu-west-1.amazonaws.com", Some("Amazon MSK")),
            ("x1.lambda-url.eu-west-1.on.aws", Some("AWS Lambda")),
            ("x1.dsql.us-east-1.on.aws", Some("Amazon Aurora DSQL")),
            ("shop.ecs.us-east-1.on.aws", None),
            ("OVEN-x1-ey.a.run.app", Some("Google Cloud Run")),
            ("api.example.com", None),
            ("amazonaws.com", None),
            ("rds.example.com", None),
        ] {
            assert_eq!(product(host), expected, "{host}");
        }
    }
}
