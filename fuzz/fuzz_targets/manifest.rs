//! Any bytes carry a manifest, none, or are refused in words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provenance::read_manifest;

fuzz_target!(|bytes: &[u8]| {
    if let Err(error) = read_manifest(bytes, None) {
        assert!(!error.to_string().is_empty());
    }
});
