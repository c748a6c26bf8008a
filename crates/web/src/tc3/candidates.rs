//! What the client libraries may have signed, given the request as it came.

use super::SERVICE;
use crate::request::Headers;

/// Signed headers in the order of signing: names and values.
pub(super) type HeaderBlock<'a> = Vec<(&'a str, Vec<u8>)>;

/// Whether a scope's service stands for ours: `facefusion`, or the first label of the host, as the
/// libraries derive it from their endpoint, with and without the port.
pub(super) fn is_our_service(service: &str, host: &str) -> bool {
    let names = [host, without_port(host)].map(first_label);
    service == SERVICE
        || names
            .iter()
            .any(|name| !name.is_empty() && service.eq_ignore_ascii_case(name))
}

fn first_label(host: &str) -> &str {
    host.split('.').next().unwrap_or(host)
}

/// A host without its `:port`, if it has one. The colons inside `[::1]` are not one.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty()
                && port.bytes().all(|byte| byte.is_ascii_digit())
                && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

/// The signed headers with their values, once for each way to write them: host with and without the
/// port, values as received and in lower case. At most four; `None` when a signed header is absent or
/// occurs twice.
pub(super) fn header_blocks<'a>(
    signed: &'a [String],
    headers: &Headers,
    host: &str,
) -> Option<Vec<HeaderBlock<'a>>> {
    let mut received = Vec::with_capacity(signed.len());
    for name in signed {
        let value = headers.one(name).ok().flatten()?;
        received.push((name.as_str(), value.to_vec()));
    }
    let mut blocks = vec![received];
    let bare = without_port(host);
    if bare != host {
        let mut block = blocks[0].clone();
        for (name, value) in &mut block {
            if *name == "host" {
                *value = bare.as_bytes().to_vec();
            }
        }
        blocks.push(block);
    }
    for index in 0..blocks.len() {
        let mut block = blocks[index].clone();
        for (_, value) in &mut block {
            value.make_ascii_lowercase();
        }
        if block != blocks[index] {
            blocks.push(block);
        }
    }
    Some(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_without_their_port() {
        for (host, bare) in [
            ("facefusion.example.com", "facefusion.example.com"),
            ("facefusion.example.com:8443", "facefusion.example.com"),
            ("127.0.0.1:8080", "127.0.0.1"),
            ("[::1]:8080", "[::1]"),
            ("[::1]", "[::1]"),
            ("::1", "::1"),
            ("host:", "host:"),
            ("host:http", "host:http"),
            ("", ""),
        ] {
            assert_eq!(without_port(host), bare, "{host}");
        }
    }

    #[test]
    fn services_that_are_ours() {
        for (service, host, ours) in [
            ("facefusion", "127.0.0.1:8080", true),
            ("127", "127.0.0.1:8080", true),
            ("localhost:8080", "localhost:8080", true),
            ("localhost", "localhost:8080", true),
            ("facefusion", "facefusion.corp.example:8443", true),
            ("fusion", "Fusion.corp.example", true),
            ("corp", "facefusion.corp.example", false),
            ("cvm", "facefusion.corp.example", false),
            ("", ".example", false),
            ("", "", false),
        ] {
            assert_eq!(is_our_service(service, host), ours, "{service} at {host}");
        }
    }

    #[test]
    fn at_most_four_ways_to_write_the_headers() {
        let headers: Headers = [
            ("host", "Fusion.Example:8080"),
            ("content-type", "application/json"),
            ("x-tc-action", "FuseFace"),
        ]
        .into_iter()
        .collect();
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let signed = names(&["content-type", "host", "x-tc-action"]);
        let blocks = header_blocks(&signed, &headers, "Fusion.Example:8080").unwrap();
        let hosts: Vec<&[u8]> = blocks.iter().map(|block| block[1].1.as_slice()).collect();
        assert_eq!(
            hosts,
            [
                &b"Fusion.Example:8080"[..],
                b"Fusion.Example",
                b"fusion.example:8080",
                b"fusion.example"
            ]
        );
        assert_eq!(blocks[3][2], ("x-tc-action", b"fuseface".to_vec()));
        assert_eq!(header_blocks(&names(&["x-none"]), &headers, ""), None);
    }
}
