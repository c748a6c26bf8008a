//! Which network addresses may be connected to.

use super::AddressRange;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whom a courier or a fetcher may connect to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AddressPolicy {
    /// Public addresses only: customers' addresses cannot lead to the operator's own network.
    #[default]
    PublicOnly,
    /// Public addresses, and those in some ranges of the operator's own network.
    PublicAnd(Vec<AddressRange>),
    /// Any address: for an operator whose customers are in the same network.
    Any,
}

impl AddressPolicy {
    /// Whether `address` may be connected to.
    pub fn allows(&self, address: IpAddr) -> bool {
        match self {
            AddressPolicy::PublicOnly => is_public(address),
            AddressPolicy::PublicAnd(ranges) => {
                is_public(address) || ranges.iter().any(|range| range.contains(address))
            }
            AddressPolicy::Any => true,
        }
    }
}

/// Whether `address` is one of a single host on the public internet.
///
/// It is not when it lies in a range that the IANA registries of special-purpose addresses
/// (RFC 6890, 2013, as kept since) list as other than globally reachable or for protocols, is
/// multicast, or embeds an IPv4 address (mapped, 6to4, Teredo, NAT64): that could be any.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4
            .iter()
            .any(|(start, prefix)| shares_prefix(address.to_bits(), start, *prefix)),
        IpAddr::V6(address) => {
            in_range(address, GLOBAL_UNICAST)
                && !NOT_PUBLIC_V6.iter().any(|range| in_range(address, *range))
        }
    }
}

/// Ranges as their first address and the bits that all of a range have in common.
const NOT_PUBLIC_V4: [([u8; 4], u32); 14] = [
    ([0, 0, 0, 0], 8),       // this network; 0.0.0.0 reaches the host itself
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared by carriers (CGNAT)
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local, with the clouds' metadata services
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 3),     // multicast, reserved, broadcast
];

/// All public IPv6 addresses are in here; loopback, mapped, NAT64, local, multicast are not.
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments, with Teredo
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

fn shares_prefix(address: u32, start: &[u8; 4], prefix: u32) -> bool {
    (address ^ Ipv4Addr::from(*start).to_bits()) >> (32 - prefix) == 0
}

fn in_range(address: Ipv6Addr, (start, prefix): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ start.to_bits()) >> (128 - prefix) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses() {
        for text in [
            "1.0.0.0",
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.255",
            "198.51.101.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2001:200::",
            "2001:4860:4860::8888",
            "2001:db7:ffff::",
            "2001:db9::",
            "2003::1",
            "2400:3200::1",
            "2606:4700:4700::1111",
            "3ffe:ffff::",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn addresses_that_are_not_public() {
        for text in [
            "0.0.0.0",
            "0.255.255.255",
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "169.254.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.0",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.0",
            "192.168.255.255",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.0",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.255",
            "::",
            "::1",
            "::8.8.8.8",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:0:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "100:0:0:1::",
            "1fff:ffff::",
            "2001::1",
            "2001:1ff:ffff::",
            "2001:db8::1",
            "2001:db8:ffff::",
            "2002:7f00:1::",
            "3fff::1",
            "3fff:fff:ffff::",
            "4000::",
            "5f00::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn policies() {
        let (public, private) = ([1, 1, 1, 1].into(), [10, 0, 0, 1].into());
        assert!(AddressPolicy::PublicOnly.allows(public));
        assert!(!AddressPolicy::PublicOnly.allows(private));
        assert!(AddressPolicy::Any.allows(public));
        assert!(AddressPolicy::Any.allows(private));
        let some = |range: &str| AddressPolicy::PublicAnd(vec![range.parse().unwrap()]);
        assert!(some("10.0.0.0/24").allows(public));
        assert!(some("10.0.0.0/24").allows(private));
        assert!(!some("10.0.1.0/24").allows(private));
        assert!(!AddressPolicy::PublicAnd(Vec::new()).allows(private));
        assert_eq!(AddressPolicy::default(), AddressPolicy::PublicOnly);
    }
}
