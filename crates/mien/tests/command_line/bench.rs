//! `mien bench`: what it tells, not how quick this machine is.

use crate::run::Folder;

/// The most memory a process that fuses a photo of 12 megapixels may take.
const MOST_MEMORY: u64 = 150_000_000;

#[test]
fn both_cases_are_measured_within_the_memory_allowed() {
    let folder = Folder::new();
    let (code, document) = folder.json("bench --runs 1 --seconds 0");
    assert_eq!(code, 0, "{document}");
    let cases = document["cases"].as_array().unwrap();
    let selfies: Vec<_> = cases.iter().map(|case| case["selfie"].as_str()).collect();
    assert_eq!(selfies, [Some("1080×1440"), Some("3000×4000")]);
    for case in cases {
        for stage in ["decode", "find", "fuse", "encode"] {
            assert!(
                case["milliseconds"][stage].as_f64().unwrap() > 0.0,
                "{case}"
            );
        }
        assert!(case["fusions_per_second"].as_f64().unwrap() > 0.0, "{case}");
        if cfg!(target_os = "linux") {
            let peak = case["peak_bytes"].as_u64().unwrap();
            assert!((1..=MOST_MEMORY).contains(&peak), "{case}");
        }
    }
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn the_table_names_stages_and_totals() {
    let text = Folder::new()
        .mien("bench --runs 1 --seconds 0")
        .expect(0)
        .stdout;
    for word in [
        "share",
        "decode",
        "find",
        "fuse",
        "encode",
        "fusions/s",
        "memory",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn the_meter_is_measured_and_what_is_killed_comes_back() {
    let folder = Folder::new();
    let (code, document) =
        folder.json("bench meter --seconds 1 --log-calls 5000 --disk-calls 5000 --folder .");
    assert_eq!(code, 0, "{document}");
    let callers: Vec<_> = document["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| {
            for figure in ["charges_per_second", "naive_charges_per_second", "ratio"] {
                assert!(case[figure].as_f64().unwrap() > 0.0, "{case}");
            }
            case["callers"].as_u64().unwrap()
        })
        .collect();
    assert_eq!(callers, [1, 8, 64, 256, 256]);
    assert_eq!(document["recovery"]["log_calls"], 5000);
    let bytes = &document["bytes_per_call"];
    for kind in ["plain", "with_client_token"] {
        let bytes = bytes[kind].as_f64().unwrap();
        assert!((40.0..=200.0).contains(&bytes), "{kind}: {bytes}");
    }
    assert_eq!(folder.names(), [""; 0]);
}
