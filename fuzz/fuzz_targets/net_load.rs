//! Any bytes are a net or a refusal: no panic, bounded memory; what loads, runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use net::Net;

/// Where the tables of the short-range detector start; before them lie weights.
const TABLES: usize = 205_000;

/// Random bytes hardly ever look like a net. So an even first byte takes the rest as a file; an odd
/// one takes it as edits of a real file, six bytes each: where, what is added to the word there.
fn file(bytes: &[u8]) -> Option<Vec<u8>> {
    let (choice, rest) = bytes.split_first()?;
    if choice % 2 == 0 {
        return Some(rest.to_vec());
    }
    let mut file = models::DETECTOR_SHORT_RANGE.to_vec();
    let room = file.len() - TABLES - 4;
    for edit in rest.as_chunks::<6>().0.iter().take(64) {
        let place = TABLES + usize::from(u16::from_le_bytes([edit[0], edit[1]])) % room;
        let added = u32::from_le_bytes([edit[2], edit[3], edit[4], edit[5]]);
        let word = &mut file[place..place + 4];
        let sum = u32::from_le_bytes([word[0], word[1], word[2], word[3]]).wrapping_add(added);
        word.copy_from_slice(&sum.to_le_bytes());
    }
    Some(file)
}

fuzz_target!(|bytes: &[u8]| {
    let Some(file) = file(bytes) else { return };
    let Ok(net) = Net::load(&file) else { return };
    // Running takes longer than loading by far.
    if bytes[0] & 2 == 0 {
        return;
    }
    let mut scratch = net.scratch();
    scratch.input_mut().fill(0.5);
    net.run(&mut scratch);
    for (index, output) in net.outputs().iter().enumerate() {
        assert_eq!(scratch.output(index).len(), output.length);
    }
});
