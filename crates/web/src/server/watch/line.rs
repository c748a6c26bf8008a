//! One line of the log for each request.

use super::request::{Ended, OK};
use service::course::Stage;
use std::borrow::Cow;

/// Writes it.
pub(super) fn write(ended: &Ended<'_>) {
    let ms = |stage| ended.took_us(stage).map(|us| us as f64 / 1000.0);
    tracing::info!(
        target: "mien::request",
        request = ended.id,
        action = ended.operation.map(|operation| operation.action()),
        version = ended.version.name(),
        account = ended.account.map(tracing::field::display),
        activity = ended.activity.map(tracing::field::display),
        code = ended.code,
        charged = ended.charged_to,
        client = ended.client.map(tracing::field::display),
        bytes_in = ended.bytes_in,
        bytes_out = ended.bytes_out,
        read_ms = ms(Stage::Read),
        verify_ms = ms(Stage::Verify),
        admit_ms = ms(Stage::Admit),
        queue_ms = ms(Stage::Queue),
        fetch_ms = ms(Stage::Fetch),
        template_ms = ms(Stage::Template),
        decode_ms = ms(Stage::Decode),
        find_ms = ms(Stage::Find),
        fuse_ms = ms(Stage::Fuse),
        encode_ms = ms(Stage::Encode),
        label_ms = ms(Stage::Label),
        sign_ms = ms(Stage::Sign),
        keep_ms = ms(Stage::Keep),
        charge_ms = ms(Stage::Charge),
        total_ms = ms(Stage::Total),
        "{}", if ended.code == OK { "answered" } else { "refused" }
    );
}

/// A text without the names of results, which are keys to them.
pub(in crate::server) fn without_keys(text: &str) -> Cow<'_, str> {
    const FOLDER: &str = "results/";
    if !text.contains(FOLDER) {
        return text.into();
    }
    let mut parts = text.split(FOLDER);
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
        clean.push_str(FOLDER);
        clean.push('…');
        clean.push_str(part.trim_start_matches(is_name));
    }
    clean.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_results_are_cut_out() {
        for (text, clean) in [
            ("no space left", "no space left"),
            (
                "cannot write objects/results/20833/07/j6b0ed10caaaa.jpg: no space",
                "cannot write objects/results/…: no space",
            ),
            ("results/a and results/b", "results/… and results/…"),
        ] {
            assert_eq!(without_keys(text), clean);
        }
    }
}
