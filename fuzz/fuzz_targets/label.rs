//! Any bytes carry a label, none, or are refused; and what can be labelled gives its label back.
#![no_main]

use label::{ImplicitLabel, Label, read_label, write_label};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_label(bytes);
    let label = Label {
        implicit: ImplicitLabel::ai_made("mien", "1"),
        metadata: Vec::new(),
    };
    let mut labelled = Vec::new();
    if write_label(bytes, &label, &mut labelled).is_ok() {
        let found = read_label(&labelled).expect("what was written can be read");
        assert_eq!(found.implicit, Some(label.implicit));
    }
});
