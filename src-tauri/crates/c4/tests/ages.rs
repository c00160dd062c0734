//! How the ages of technologies are read out of what people write, by the data that the program brings.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use groma_c4::age::{self, Age, Status, Technologies};
use groma_model::Date;
use proptest::prelude::*;
use std::sync::LazyLock;

/// The day that the expectations below are for.
fn today() -> Date {
    Date::constant(2026, 11, 22)
}

fn data() -> &'static Technologies {
    static DATA: LazyLock<Technologies> = LazyLock::new(|| Technologies::builtin().unwrap());
    &DATA
}

fn found(text: &str) -> Vec<String> {
    age::of(text, data(), today()).iter().map(|age| format!("{} {} {:?}", age.product, age.cycle, age.status)).collect()
}

#[test]
fn products_and_versions_are_found_as_people_write_them() {
    let expected: &[(&str, &[&str])] = &[
        ("Node.js 20", &["Node.js 20 Ended"]),
        ("NodeJS v22.3.1", &["Node.js 22 EndsSoon"]),
        ("node:24-alpine3.21", &["Node.js 24 Supported", "Alpine Linux 3.21 Ended"]),
        ("PostgreSQL 15.4", &["PostgreSQL 15 EndsSoon"]),
        ("PostgreSQL 16 (Amazon RDS)", &["PostgreSQL 16 Supported"]),
        ("postgres:13-alpine", &["PostgreSQL 13 Ended"]),
        ("Postgres9.6", &["PostgreSQL 9.6 Ended"]),
        ("Java 11, Spring Boot 2.7", &["Java 11 EndsSoon", "Spring Boot 2.7 Ended"]),
        ("Java and Spring Boot 3.5.4", &["Spring Boot 3.5 Ended"]),
        ("OpenJDK 1.8.0_292", &["Java 8 Supported"]),
        ("Java 8u292", &["Java 8 Supported"]),
        ("Java (OpenJDK) 17", &["Java 17 EndsSoon"]),
        ("Oracle JDK 17", &["Oracle JDK 17 Ended"]),
        ("eclipse-temurin:21-jre", &["Java 21 Supported"]),
        ("Amazon Corretto 11", &["Amazon Corretto 11 Supported"]),
        ("Java 8/11", &["Java 8 Supported", "Java 11 EndsSoon"]),
        ("ASP.NET Core 6", &[".NET 6 Ended"]),
        ("mcr.microsoft.com/dotnet/aspnet:10.0", &[".NET 10 Supported"]),
        (".NET Core 3.1", &[".NET 3.1 Ended"]),
        (".NET Framework 4.7.2", &[".NET Framework 4.7.2 Supported"]),
        ("ASP.NET 4.5.2", &[".NET Framework 4.5.2 Ended"]),
        (".NET 8, C#", &[".NET 8 Ended"]),
        ("Debian 12 (bookworm)", &["Debian 12 Ended"]),
        ("Debian Bookworm", &["Debian 12 Ended"]),
        ("Debian GNU/Linux 13", &["Debian 13 Supported"]),
        ("ubuntu:jammy", &["Ubuntu 22.04 EndsSoon"]),
        ("Ubuntu Server 20.04 LTS", &["Ubuntu 20.04 Ended"]),
        ("Python3.9", &["Python 3.9 Ended"]),
        ("Python 3", &["Python 3 Unknown"]),
        ("Python 2", &["Python 2.7 Ended"]),
        ("MS SQL Server 2016", &["Microsoft SQL Server 2016 Ended"]),
        ("SQL Server 2008 R2", &["Microsoft SQL Server 2008 R2 Ended"]),
        ("Microsoft SQL Server 15.0", &["Microsoft SQL Server 2019 Supported"]),
        ("Windows Server 2012 R2", &["Windows Server 2012 R2 Ended"]),
        ("Oracle 19c", &["Oracle Database 19 Supported"]),
        ("Oracle Database 12c Release 2", &["Oracle Database 12.2 Ended"]),
        ("Oracle 12c Release 1", &["Oracle Database 12.1 Ended"]),
        ("Oracle 11g R2", &["Oracle Database 11.2 Ended"]),
        ("Java™ 11", &["Java 11 EndsSoon"]),
        ("MariaDB Galera Cluster 10.6", &["MariaDB 10.6 Ended"]),
        ("docker.io/bitnami/kafka:3.6.1-debian-11-r0", &["Apache Kafka 3.6 Ended", "Debian 11 Ended"]),
        ("Postgres 12/13", &["PostgreSQL 12 Ended", "PostgreSQL 13 Ended"]),
        ("Go 1.21", &["Go 1.21 Ended"]),
        ("Go 1.26", &["Go 1.26 Supported"]),
        ("Kafka 4.0", &["Apache Kafka 4.0 Unknown"]),
        ("nginx 1.28", &["nginx 1.28 Ended"]),
        ("Keycloak 26.5.1", &["Keycloak 26.5 Ended"]),
        ("Vue 3.5", &["Vue 3.5 Supported"]),
        ("Django 4", &["Django 4.2 Ended"]),
        ("Django 5", &["Django 5 Unknown"]),
        ("MySQL Community Server 8.0.34", &["MySQL 8.0 Ended"]),
        ("Apache/2.4.41 (Ubuntu)", &["Apache HTTP Server 2.4 Supported"]),
        ("Apache Kafka 3.6, apache-tomcat-9.0.65", &["Apache Kafka 3.6 Ended", "Apache Tomcat 9.0 EndsSoon"]),
        ("nginx/1.18.0", &["nginx 1.18 Ended"]),
        ("RHEL 7.9", &["Red Hat Enterprise Linux 7 Ended"]),
        ("CentOS 7", &["CentOS Linux 7 Ended"]),
        ("SLES 15 SP5", &["SUSE Linux Enterprise Server 15.5 Ended"]),
        ("K8s 1.29", &["Kubernetes 1.29 Ended"]),
        ("Kubernetes v1.50", &["Kubernetes 1.50 Unknown"]),
        ("Redis 6.2 (cluster of 6 nodes)", &["Redis 6.2 EndsSoon"]),
        ("PHP 8.1 / Laravel 10 / MariaDB 10.6", &["PHP 8.1 Ended", "Laravel 10 Ended", "MariaDB 10.6 Ended"]),
        ("@angular/core 16.2", &["Angular 16 Ended"]),
        ("Vue.js 2.7, Express 4.18", &["Vue 2.7 Ended", "Express 4 Supported"]),
        ("Hibernate 5.6", &["Hibernate ORM 5.6 Ended"]),
        ("PostgreSQL ≥ 14, PostgreSQL 14.2", &["PostgreSQL 14 Ended"]),
    ];
    for (text, ages) in expected {
        assert_eq!(found(text), *ages, "{text}");
    }
}

#[test]
fn what_is_no_version_of_a_product_is_left_alone() {
    for text in [
        "",
        "PostgreSQL",
        "Java",
        "JavaScript 17",
        "Java EE 8",
        "Spring Cloud 2021",
        "React Native 0.72",
        "Oracle Linux 9",
        "CentOS Stream 9",
        "Apache License 2.0",
        "Redis Enterprise 7.2",
        "Spring Security 5.8",
        "IIS 10, ASP.NET MVC 5",
        "Redis 6 replicas",
        "Apache Camel 3.20",
        "django-redis 5",
        "node-postgres 8.11",
        "Node-RED 3",
        "Worker node 3",
        "Kafka, 3 brokers",
        "Kafka 3 brokers",
        "Redis 6-node cluster",
        "Redis 6 GB",
        "Redis 6gb",
        "PostgreSQL 100 GB",
        "PostgreSQL:5432",
        "SQL Server 1433",
        "nginx:80/443",
        "MongoDB 27017",
        "Tomcat on port 8080",
        "PostgreSQL 80%",
        "Java 99999999999999999999",
        "HTTPS/JSON",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(found("Node.js Express 4.18"), ["Express 4 Supported"]);
    assert_eq!(found("Django 3.2 on PostgreSQL"), ["Django 3.2 Ended"]);
}

#[test]
fn an_age_carries_its_dates() {
    let ages = age::of("MariaDB 10.6.12", data(), today());
    let expected = Age {
        product: "MariaDB".into(),
        cycle: "10.6".into(),
        released: Some(Date::constant(2021, 7, 6)),
        ends: Some(Date::constant(2026, 7, 6)),
        extended: Some(Date::constant(2029, 8, 23)),
        status: Status::Ended,
        checked: Date::constant(2026, 8, 25),
    };
    assert_eq!(ages, [expected]);
    assert_eq!(
        serde_json::to_value(&ages[0]).unwrap(),
        serde_json::json!({
            "product": "MariaDB", "cycle": "10.6", "released": "2021-07-06", "ends": "2026-07-06",
            "extended": "2029-08-23", "status": "ended", "checked": "2026-08-25",
        })
    );
}

#[test]
fn a_status_turns_with_the_day() {
    let on = |year, month, day| age::of("PostgreSQL 15", data(), Date::constant(year, month, day))[0].status;
    assert_eq!(on(2026, 11, 10), Status::Supported);
    assert_eq!(on(2026, 11, 11), Status::EndsSoon);
    assert_eq!(on(2027, 11, 10), Status::EndsSoon);
    assert_eq!(on(2027, 11, 11), Status::Ended);
    let rolling = |year, month, day| age::of("Go 1.26", data(), Date::constant(year, month, day))[0].status;
    assert_eq!(rolling(2027, 2, 21), Status::Supported);
    assert_eq!(rolling(2027, 2, 22), Status::Unknown);
}

#[test]
fn the_worst_is_what_has_ended_longest() {
    let ages = age::of("Python 3, PostgreSQL 16, Node.js 16, PHP 7.4, Java 17", data(), today());
    assert_eq!(ages.len(), 5);
    assert_eq!(age::worst(&ages).map(|age| age.product.as_str()), Some("PHP"));
    assert_eq!(age::worst(&ages[..2]).map(|age| age.status), Some(Status::Unknown));
    assert_eq!(age::worst(&[]), None);
}

#[test]
fn every_name_is_found_with_every_version() {
    let data = data();
    for product in data.products() {
        for name in product.names.iter().chain(&product.weak_names) {
            for cycle in &product.cycles {
                for text in [format!("{name} {}", cycle.cycle), format!("x, {}:{} y", name.to_uppercase(), cycle.cycle)]
                {
                    let ages = age::of(&text, data, today());
                    assert!(ages.len() == 1, "{text}: {ages:?}");
                    assert_eq!(ages[0].cycle, cycle.cycle, "{text}");
                    let shared = data.products().iter().filter(|other| other.names.contains(name)).count() > 1;
                    assert!(shared || ages[0].product == product.name, "{text}: {ages:?}");
                }
            }
        }
        for cycle in &product.cycles {
            for also in &cycle.also {
                let ages = age::of(&format!("{} {also}", product.names[0]), data, today());
                assert_eq!(
                    ages.iter().map(|age| &age.cycle).collect::<Vec<_>>(),
                    [&cycle.cycle],
                    "{} {also}",
                    product.name
                );
            }
        }
    }
}

#[test]
fn the_data_are_well_formed() {
    let data = data();
    assert!(data.products().len() >= 60, "{}", data.products().len());
    for product in data.products() {
        assert!(product.checked <= today(), "{}", product.name);
        for cycle in &product.cycles {
            let place = format!("{} {}", product.name, cycle.cycle);
            assert!(
                cycle.released.is_none_or(|released| released <= product.checked),
                "{place}: released after it was checked"
            );
            assert!(cycle.released.is_some() || cycle.ends.is_some() || product.rolling, "{place}: says nothing");
        }
    }
}

#[test]
fn data_that_are_wrong_are_refused_with_their_place() {
    let with = |product: &str, cycle: &str| {
        Technologies::parse(&format!("[[product]]\nname = \"X\"\n{product}\nchecked = 2026-01-01\ncycles = [{cycle}]"))
            .map_err(|error| error.to_string())
    };
    let names = "names = [\"x\"]";
    assert!(with(names, "{ cycle = \"1\", ends = 2026-01-01 }").is_ok());
    for (product, cycle, message) in [
        (names, "", "X: give it at least one name and one cycle"),
        ("names = [\"X\"]", "{ cycle = \"1\" }", "small letters"),
        ("names = [\"x\", \"x\"]", "{ cycle = \"1\" }", "\"x\" is there twice"),
        (names, "{ cycle = \"1\" }, { cycle = \"1\" }", "X: the cycle 1 is there twice"),
        (names, "{ cycle = \"one\" }", "must begin with its number"),
        (
            names,
            "{ cycle = \"1\", released = 2026-02-01, ends = 2026-01-01 }",
            "X: cycle 1: released, ends and extended",
        ),
        (names, "{ cycle = \"1\", ends = 2026-01-01T10:00:00 }", "must be a day"),
        (names, "{ cycle = \"1\", ends = 2026-01-01, ended = true }", "leave it out"),
        (names, "{ cycle = \"1\", end = 2026-01-01 }", "unknown field"),
    ] {
        let error = with(product, cycle).unwrap_err();
        assert!(error.starts_with("technologies.toml: ") && error.contains(message), "{cycle}: {error}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in ".{0,200}", year in 1i16..9999) {
        age::of(&text, data(), Date::constant(year, 12, 31));
    }

    #[test]
    fn no_text_of_names_and_numbers_is_too_strange(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "java", "Node.js", ".NET", "asp", "Go", "sql server", "Debian", "-", ".", "/", " ", "v", "r2", "sp", "1",
                "22", "4294967296", "é", "\u{a0}", "3.", "x", "gb", "LTS", "bookworm", "and ", "(", "u292", "−", "٣", "İ",
            ]),
            0..40,
        )
    ) {
        age::of(&parts.concat(), data(), Date::MAX);
    }
}
