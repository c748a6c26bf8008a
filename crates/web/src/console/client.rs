use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Where a request comes from, as far as that is known: an IPv4 address, or the network of an IPv6 one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Client, Infallible> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = connected.map(|ConnectInfo(address)| address.ip());
        Ok(Client(name_of(peer, &parts.headers)))
    }
}

/// A peer on this machine is the server that speaks TLS before us, and says for whom it asks.
fn name_of(peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer else {
        return "unknown".to_owned();
    };
    let address = match peer.to_canonical().is_loopback() {
        true => forwarded_for(headers).unwrap_or(peer),
        false => peer,
    };
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => network(address).to_string(),
    }
}

/// The last address is the one that our own neighbour saw; what stands before it anybody can write.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").into_iter().next_back()?;
    let last = last.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
}

/// One customer of a network provider has at least 64 bits of addresses.
fn network(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_tells_for_whom_it_asks() {
        for (peer, header, name) in [
            (None, "198.51.100.7", "unknown"),
            (Some("203.0.113.9"), "198.51.100.7", "203.0.113.9"),
            (Some("127.0.0.1"), "198.51.100.7", "198.51.100.7"),
            (Some("127.0.0.1"), "1.2.3.4, 198.51.100.7", "198.51.100.7"),
            (Some("127.0.0.1"), "nonsense", "127.0.0.1"),
            (Some("127.0.0.1"), "", "127.0.0.1"),
            (Some("::ffff:127.0.0.1"), "198.51.100.7", "198.51.100.7"),
            (Some("2001:db8:1:2:3:4:5:6"), "", "2001:db8:1:2::"),
            (Some("::1"), "2001:db8::9", "2001:db8::"),
        ] {
            let mut headers = HeaderMap::new();
            if !header.is_empty() {
                headers.insert("x-forwarded-for", header.parse().unwrap());
            }
            let peer = peer.map(|peer| peer.parse().unwrap());
            assert_eq!(name_of(peer, &headers), name, "{peer:?} {header}");
        }
    }
}
