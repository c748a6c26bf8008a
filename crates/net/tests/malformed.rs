//! Damaged files are refused or load as something that runs; never a panic.

use net::{InstructionSet, LoadError, Net};
use proptest::prelude::*;

const NETS: [&[u8]; 4] = [
    models::DETECTOR_SHORT_RANGE,
    models::DETECTOR_FULL_RANGE,
    models::LANDMARK,
    models::LANDMARK_ATTENTION,
];

/// How many bytes at the end of each file are tables; before them lie weights.
const TABLE_BYTES: [usize; 4] = [24_000, 299_000, 29_000, 103_000];

#[test]
fn no_truncation_loads() {
    for file in NETS {
        // Near the end, where the tables are, every length; before, in steps.
        let dense = file.len().saturating_sub(600)..file.len();
        for length in (0..file.len()).step_by(file.len() / 300).chain(dense) {
            assert!(Net::load(&file[..length]).is_err(), "{length}");
        }
    }
}

#[test]
fn what_is_no_net_is_refused() {
    for file in [&b""[..], b"TFL3", b"\0\0\0\0TFL2", &[0; 64], &[255; 64]] {
        assert_eq!(Net::load(file).unwrap_err(), LoadError::NotTflite);
    }
    let mut root_outside = vec![255; 64];
    root_outside[4..8].copy_from_slice(b"TFL3");
    assert!(matches!(
        Net::load(&root_outside).unwrap_err(),
        LoadError::Damaged { offset: 0, .. }
    ));
}

/// Loads what it can; what loads must run.
fn load_and_run(file: &[u8]) {
    if let Ok(net) = Net::load_with(file, InstructionSet::detect()) {
        let mut scratch = net.scratch();
        scratch.input_mut().fill(0.5);
        net.run(&mut scratch);
        let lengths = net.outputs().iter().map(|output| output.length);
        for (index, length) in lengths.enumerate() {
            assert_eq!(scratch.output(index).len(), length);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn flipped_bits_never_panic(
        net in 0..NETS.len(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..6),
    ) {
        let mut file = NETS[net].to_vec();
        for (place, bit) in flips {
            let place = place.index(file.len());
            file[place] ^= 1 << bit;
        }
        load_and_run(&file);
    }

    #[test]
    fn overwritten_words_in_the_tables_never_panic(
        net in 0..NETS.len(),
        words in prop::collection::vec((any::<prop::sample::Index>(), any::<u32>(), 0..4_u8), 1..4),
    ) {
        let mut file = NETS[net].to_vec();
        let tables = file.len() - TABLE_BYTES[net];
        for (place, word, kind) in words {
            let place = tables + place.index(file.len() - tables - 4);
            let word = match kind {
                0 => word,
                1 => word % 64,
                2 => 0u32.wrapping_sub(word % 64),
                _ => 1 << (word % 32),
            };
            file[place..place + 4].copy_from_slice(&word.to_le_bytes());
        }
        load_and_run(&file);
    }
}
