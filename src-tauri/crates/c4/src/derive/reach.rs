//! From a setting to a relationship: whom an address means.

use super::address::{self, Address};
use super::draft::{At, Draft, Source};
use super::setting;
use super::technology;

/// A setting of a container.
pub(crate) struct Reach<'a> {
    /// The system that an unknown neighbour is put in.
    pub(crate) system: At,
    pub(crate) from: At,
    pub(crate) setting: &'a str,
    pub(crate) value: &'a str,
    pub(crate) found_by: &'static str,
}

/// Relates the container to every host that its setting names. `find` knows the hosts of these files; of others, a full
/// name becomes a system of somebody else, a short one a container that the files do not define.
pub(crate) fn follow(draft: &mut Draft, reach: &Reach<'_>, source: &Source, find: impl Fn(&Address) -> Option<At>) {
    for address in address::of_setting(reach.setting, reach.value) {
        let to = match find(&address) {
            Some(to) => to,
            None => match stranger(draft, reach, &address, source) {
                Some(to) => to,
                None => continue,
            },
        };
        let technology = protocol(&address).map(str::to_owned);
        let technology = technology.or_else(|| spoken_to(draft, to)).unwrap_or_default();
        draft.relate(reach.from, to, reach.found_by, &technology, source);
    }
}

fn stranger(draft: &mut Draft, reach: &Reach<'_>, address: &Address, source: &Source) -> Option<At> {
    if !address.sure {
        return None;
    }
    let told =
        address.told || address.scheme.is_some() || (address.port.is_some() && setting::says_host(reach.setting));
    if !(told || address.host.contains('.') && setting::says_host(reach.setting)) {
        return None;
    }
    // Of a connection string the host is written out, whatever else is to be filled in.
    if setting::is_own(reach.setting) || (reach.value.contains("${") && !address.told) {
        return None;
    }
    if is_nobody(&address.host) {
        return None;
    }
    let cluster =
        address.host.contains(".svc") || address.host.ends_with(".local") || address.host.ends_with(".internal");
    if !address.host.contains('.') || cluster {
        let name = address.host.split('.').next().unwrap_or(&address.host).to_owned();
        let at = draft.mention(reach.system, &name, source);
        if let Some((label, role)) = address.scheme.as_deref().and_then(technology::product) {
            draft.technology(at, label);
            draft.of(at).add_tags(role.tag());
        }
        return Some(at);
    }
    let last = address.host.rsplit('.').next().unwrap_or_default();
    let public = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
    // A file name or a Java package has the form of a host name: a scheme, a port or the setting must say more.
    let address_like = public
        && (address.told || address.scheme.is_some() || address.port.is_some() || setting::says_host(reach.setting));
    address_like.then(|| draft.external(&address.host, source))
}

/// Hosts that stand in the names of vocabularies and that nobody calls, and the cluster's own interface.
fn is_nobody(host: &str) -> bool {
    let vocabulary = ["www.w3.org", "schemas.xmlsoap.org", "schemas.microsoft.com", "json-schema.org", "xmlns.jcp.org"];
    vocabulary.contains(&host) || host == "kubernetes.default" || host.starts_with("kubernetes.default.svc")
}

/// What is spoken, by scheme and else by port.
pub(crate) fn protocol(address: &Address) -> Option<&'static str> {
    address.scheme.as_deref().and_then(technology::of_scheme).or_else(|| address.port.and_then(technology::of_port))
}

/// What a data store is spoken to in: its own name, without the version.
fn spoken_to(draft: &Draft, to: At) -> Option<String> {
    let element = &draft.boxes[to].element;
    let store = element.has_tag("Database") || element.has_tag("Queue");
    let name = element.technology.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end();
    (store && !name.is_empty()).then(|| name.to_owned())
}
