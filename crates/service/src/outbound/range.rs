//! Ranges of network addresses, as operators write them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use thiserror::Error;

/// Addresses that have their first bits in common, such as `10.1.0.0/16` or `fd00::/8`; an address
/// alone is a range of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressRange {
    start: IpAddr,
    prefix: u8,
}

impl AddressRange {
    /// Takes `text` as a range.
    ///
    /// # Errors
    /// [`AddressRangeError`] says why it is none. A range whose address has bits beyond its prefix is
    /// refused: one of the two numbers is not what was meant.
    pub fn parse(text: &str) -> Result<AddressRange, AddressRangeError> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let start: IpAddr = address.parse().map_err(|_| AddressRangeError::Address {
            text: text.to_owned(),
        })?;
        let bits = if start.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => bits,
            // `parse` would take a sign.
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits
                .parse()
                .ok()
                .filter(|prefix| *prefix <= bits)
                .ok_or_else(|| prefix_error(text, bits))?,
            Some(_) => return Err(prefix_error(text, bits)),
        };
        let first = first_address(start, prefix);
        if first != start {
            return Err(AddressRangeError::Bits {
                text: text.to_owned(),
                meant: format!("{first}/{prefix}"),
            });
        }
        Ok(AddressRange { start, prefix })
    }

    /// Whether `address` lies in it. An IPv4 address mapped into IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.start.is_ipv4()
            && first_address(address, self.prefix) == self.start
    }
}

/// The address with all bits beyond the prefix 0.
fn first_address(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            Ipv4Addr::from_bits(address.to_bits() & mask).into()
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            Ipv6Addr::from_bits(address.to_bits() & mask).into()
        }
    }
}

fn prefix_error(text: &str, most: u8) -> AddressRangeError {
    AddressRangeError::Prefix {
        text: text.to_owned(),
        most,
    }
}

impl FromStr for AddressRange {
    type Err = AddressRangeError;

    fn from_str(text: &str) -> Result<AddressRange, AddressRangeError> {
        AddressRange::parse(text)
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.prefix)
    }
}

/// Why a text is no [`AddressRange`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressRangeError {
    /// It does not begin with an address.
    #[error("{text:?} is no range of addresses; write it as 10.1.0.0/16, fd00::/8 or one address")]
    Address {
        /// The text.
        text: String,
    },
    /// What follows the slash is no number of bits of such an address.
    #[error("the range {text:?} has no length; write a number from 0 to {most} after the slash")]
    Prefix {
        /// The text.
        text: String,
        /// Bits of the address.
        most: u8,
    },
    /// The address has bits beyond the length.
    #[error(
        "the range {text:?} does not begin at its address; write {meant} if you mean that range"
    )]
    Bits {
        /// The text.
        text: String,
        /// The range that its address lies in.
        meant: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_shares_their_bits() {
        for (range, inside, outside) in [
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"),
            ("10.1.2.0/23", "10.1.3.255", "10.1.4.0"),
            ("192.168.1.7", "192.168.1.7", "192.168.1.6"),
            ("192.168.1.7/32", "192.168.1.7", "192.168.1.8"),
            ("0.0.0.0/0", "255.255.255.255", "::1"),
            ("10.0.0.0/8", "::ffff:10.0.0.1", "::10.0.0.1"),
            ("fd00::/8", "fdff::1", "fc00::1"),
            ("fd12:3456::/33", "fd12:3456:7fff::", "fd12:3456:8000::"),
            ("::1", "::1", "::2"),
            ("::/0", "2001:db8::1", "10.0.0.1"),
            // Else all of IPv4 would be in all of IPv6.
            ("::/0", "64:ff9b::1", "::ffff:10.0.0.1"),
        ] {
            let parsed = AddressRange::parse(range).unwrap();
            assert!(parsed.contains(inside.parse().unwrap()), "{range} {inside}");
            assert!(
                !parsed.contains(outside.parse().unwrap()),
                "{range} {outside}"
            );
        }
    }

    #[test]
    fn ranges_are_written_as_they_are_read() {
        for (text, written) in [
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("10.0.0.1", "10.0.0.1/32"),
            ("FD00:0::/8", "fd00::/8"),
        ] {
            let range: AddressRange = text.parse().unwrap();
            assert_eq!(range.to_string(), written);
            assert_eq!(written.parse(), Ok(range));
        }
    }

    #[test]
    fn texts_that_are_no_ranges() {
        use AddressRangeError::{Address, Bits, Prefix};
        let owned = str::to_owned;
        for (text, error) in [
            ("", Address { text: owned("") }),
            (
                "10.0.0/8",
                Address {
                    text: owned("10.0.0/8"),
                },
            ),
            (
                "host/8",
                Address {
                    text: owned("host/8"),
                },
            ),
            (
                " 10.0.0.0/8",
                Address {
                    text: owned(" 10.0.0.0/8"),
                },
            ),
            (
                "10.0.0.0/",
                Prefix {
                    text: owned("10.0.0.0/"),
                    most: 32,
                },
            ),
            (
                "10.0.0.0/33",
                Prefix {
                    text: owned("10.0.0.0/33"),
                    most: 32,
                },
            ),
            (
                "10.0.0.0/+8",
                Prefix {
                    text: owned("10.0.0.0/+8"),
                    most: 32,
                },
            ),
            (
                "10.0.0.0/8/8",
                Prefix {
                    text: owned("10.0.0.0/8/8"),
                    most: 32,
                },
            ),
            (
                "::/129",
                Prefix {
                    text: owned("::/129"),
                    most: 128,
                },
            ),
            (
                "::/999",
                Prefix {
                    text: owned("::/999"),
                    most: 128,
                },
            ),
            (
                "10.1.2.3/8",
                Bits {
                    text: owned("10.1.2.3/8"),
                    meant: owned("10.0.0.0/8"),
                },
            ),
            (
                "fd00::1/64",
                Bits {
                    text: owned("fd00::1/64"),
                    meant: owned("fd00::/64"),
                },
            ),
        ] {
            assert_eq!(AddressRange::parse(text), Err(error), "{text}");
        }
    }
}
