//! Proxies that learn from labels and variables of the others whom to lead to: Traefik, Caddy, nginx-proxy.

use super::definition::Definition;
use crate::derive::draft::{At, Draft, Source};
use crate::derive::technology;

/// Whether an image is that of a proxy.
type Is = fn(&str) -> bool;
/// What a proxy is told, and what is spoken.
type Tells = fn(&Definition) -> Option<&'static str>;

/// Relates each proxy, where there is one of its kind, to those that are told to it.
pub(super) fn relate(draft: &mut Draft, services: &[Definition], places: &[At]) {
    let kinds: [(Is, Tells); 3] = [(is_traefik, by_traefik), (is_caddy, by_caddy), (is_nginx, by_nginx)];
    for (is_proxy, told) in kinds {
        let image = |service: &Definition| service.image.clone().unwrap_or_default().to_lowercase();
        let mut proxies = (0..services.len()).filter(|at| is_proxy(&image(&services[*at])));
        let (Some(proxy), None) = (proxies.next(), proxies.next()) else { continue };
        for (service, to) in services.iter().zip(places) {
            let Some(spoken) = told(service) else { continue };
            let source = Source::new(&service.file, &service.place);
            if let Some(line) = draft.relate(places[proxy], *to, "labels", spoken, &source)
                && line.description.is_empty()
            {
                line.description = "Routes requests to".to_owned();
            }
        }
    }
}

fn is_traefik(image: &str) -> bool {
    technology::image(image).last == "traefik"
}

fn is_caddy(image: &str) -> bool {
    technology::image(image).last.starts_with("caddy-docker-proxy")
}

fn is_nginx(image: &str) -> bool {
    technology::image(image).last == "nginx-proxy"
}

fn by_traefik(service: &Definition) -> Option<&'static str> {
    let enabled =
        service.labels.iter().find(|(name, _)| name == "traefik.enable").map(|(_, value)| value.trim() == "true");
    let begins = |start: &str| service.labels.iter().any(|(name, _)| name.starts_with(start));
    let http = begins("traefik.http.routers.") || begins("traefik.http.services.") || begins("traefik.frontend.");
    match enabled {
        Some(false) => None,
        _ if http => Some("HTTP"),
        _ if begins("traefik.tcp.") => Some("TCP"),
        _ if begins("traefik.udp.") => Some("UDP"),
        Some(true) => Some("HTTP"),
        None => None,
    }
}

fn by_caddy(service: &Definition) -> Option<&'static str> {
    service.labels.iter().any(|(name, _)| name == "caddy" || name.starts_with("caddy_")).then_some("HTTP")
}

fn by_nginx(service: &Definition) -> Option<&'static str> {
    service.environment.iter().any(|(name, ..)| name == "VIRTUAL_HOST").then_some("HTTP")
}
