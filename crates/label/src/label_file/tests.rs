use super::*;
use crate::{ImplicitLabel, MetaData};
use pixel::{DecodeOptions, Image, Segment, Srgb8, decode, encode_jpeg, encode_png};
use proptest::prelude::*;

fn picture() -> Image<Srgb8> {
    let pixels = (0..24 * 16).map(|index| Srgb8([(index % 24 * 10) as u8, (index / 24) as u8, 99]));
    Image::from_pixels(24, 16, pixels.collect()).unwrap()
}

fn jpeg_with(segments: &[Segment<'_>]) -> Vec<u8> {
    let mut file = Vec::new();
    encode_jpeg(picture().view(), 92, segments, &mut file).unwrap();
    file
}

fn png() -> Vec<u8> {
    let mut file = Vec::new();
    encode_png(picture().view(), None, &mut file).unwrap();
    file
}

fn label() -> Label {
    Label {
        implicit: ImplicitLabel {
            reserved_code_1: "签名".to_owned(),
            ..ImplicitLabel::ai_made("mien <&>\"'", "0c2f")
        },
        metadata: vec![
            MetaData {
                key: "campaign".to_owned(),
                value: "]]> \0\u{1}\r\n\t\u{7f}\u{85}\u{2028}\u{fffe}\u{ffff} 🙂 \\u0041"
                    .to_owned(),
            },
            MetaData::default(),
        ],
    }
}

fn found(label: Label) -> FoundLabel {
    FoundLabel {
        implicit: Some(label.implicit),
        metadata: label.metadata,
    }
}

fn written(file: &[u8], label: &Label) -> Vec<u8> {
    let mut out = vec![1, 2, 3];
    write_label(file, label, &mut out).unwrap();
    out
}

#[test]
fn a_label_is_read_as_it_was_written() {
    for file in [jpeg_with(&[]), png()] {
        assert!(read_label(&file).unwrap().is_empty());
        let labelled = written(&file, &label());
        assert_eq!(read_label(&labelled).unwrap(), found(label()));
        let pixels = |file: &[u8]| decode(file, &DecodeOptions::default()).unwrap().pixels;
        assert!(pixels(&labelled) == pixels(&file));
    }
}

#[test]
fn another_label_takes_the_place_of_the_first() {
    let other = Label {
        implicit: ImplicitLabel::ai_made("other", "2"),
        metadata: Vec::new(),
    };
    for file in [jpeg_with(&[]), png()] {
        let twice = written(&written(&file, &label()), &other);
        assert_eq!(twice, written(&file, &other));
    }
}

/// The JFIF header of `pixel`'s files takes 20 bytes.
#[test]
fn in_a_jpeg_the_label_stands_behind_jfif_and_exif() {
    let segment = |number, payload: &'static [u8]| Segment { number, payload };
    let exif = segment(1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0");
    let comment = segment(13, b"Photoshop");
    let old = segment(1, b"http://ns.adobe.com/xap/1.0/\0<old/>");
    let more = segment(1, b"http://ns.adobe.com/xmp/extension/\0more");
    let file = jpeg_with(&[exif, old, comment, more]);
    let labelled = written(&file, &label());
    let at = 20 + 4 + exif.payload.len();
    assert_eq!(labelled[..at], file[..at]);
    assert_eq!(labelled[at..at + 2], [0xff, 0xe1]);
    assert!(labelled[at + 4..].starts_with(b"http://ns.adobe.com/xap/1.0/\0<?xpacket"));
    let length = usize::from(u16::from_be_bytes([labelled[at + 2], labelled[at + 3]]));
    let without = [&labelled[..at], &labelled[at + 2 + length..]].concat();
    assert_eq!(without, jpeg_with(&[exif, comment]));
}

#[test]
fn a_label_that_no_segment_can_hold_is_refused() {
    let of = |length: usize| Label {
        implicit: ImplicitLabel::ai_made(&"x".repeat(length), ""),
        metadata: Vec::new(),
    };
    let spare = jpeg::MOST_PACKET - xmp::write(&of(0)).unwrap().len();
    assert!(check_label(&of(spare)).is_ok());
    assert!(check_label(&of(spare + 1)).is_err());
    for file in [jpeg_with(&[]), png()] {
        let labelled = written(&file, &of(spare));
        assert_eq!(read_label(&labelled).unwrap(), found(of(spare)));
        assert!(decode(&labelled, &DecodeOptions::default()).is_ok());
        let error = write_label(&file, &of(spare + 1), &mut Vec::new()).unwrap_err();
        assert!(
            matches!(error, LabelError::TooLong { found, most } if found == most + 1),
            "{error}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let (jpeg, png) = (jpeg_with(&[]), png());
    let labelled = written(&png, &label());
    let text = labelled
        .windows(4)
        .position(|kind| kind == b"iTXt")
        .unwrap();
    let changed = |at: usize| {
        let mut file = labelled.clone();
        file[at] ^= 1;
        file
    };
    for (name, file, wanted) in [
        ("nothing", Vec::new(), "neither"),
        ("a GIF", b"GIF89a".to_vec(), "neither"),
        ("a cut JPEG", jpeg[..30].to_vec(), "ends within its header"),
        (
            "a JPEG without a picture",
            b"\xff\xd8\xff\xd9".to_vec(),
            "without a picture",
        ),
        (
            "a segment of length 1",
            b"\xff\xd8\xff\xe0\0\x01".to_vec(),
            "shorter",
        ),
        ("a cut PNG", png[..40].to_vec(), "ends within a chunk"),
        ("a changed text", changed(text + 90), "checksum"),
        (
            "a compressed text",
            png_with_text(b"\x01\0\0\0x"),
            "compressed",
        ),
        ("a text without a head", png_with_text(b"\0\0en"), "head"),
        ("a text in Latin-1", png_with_text(b"\0\0\0\0\xe9"), "UTF-8"),
        (
            "a long text",
            png_with_text(&vec![0; (1 << 20) + 5]),
            "too long",
        ),
    ] {
        let error = read_label(&file).unwrap_err();
        assert!(error.to_string().contains(wanted), "{name}: {error}");
    }
    for file in [b"GIF89a".to_vec(), jpeg[..30].to_vec(), png[..40].to_vec()] {
        assert!(write_label(&file, &label(), &mut Vec::new()).is_err());
    }
    let headless = [png::MAGIC, &png[33..]].concat();
    assert!(write_label(&headless, &label(), &mut Vec::new()).is_err());
}

/// A PNG whose XMP chunk has these bytes behind its keyword and a right checksum.
fn png_with_text(behind: &[u8]) -> Vec<u8> {
    let data = [b"XML:com.adobe.xmp\0", behind].concat();
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(b"iTXt");
    chunk.extend(&data);
    chunk.extend(png::crc(&[b"iTXt", &data]).to_be_bytes());
    let mut file = png();
    file.splice(33..33, chunk);
    file
}

fn any_label() -> impl Strategy<Value = Label> {
    let text = || prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter);
    let pair = (text(), text()).prop_map(|(key, value)| MetaData { key, value });
    let pairs = prop::collection::vec(pair, 0..4);
    (prop::array::uniform7(text()), pairs).prop_map(|(texts, metadata)| {
        let [
            label,
            content_producer,
            produce_id,
            reserved_code_1,
            rest @ ..,
        ] = texts;
        let [content_propagator, propagate_id, reserved_code_2] = rest;
        Label {
            implicit: ImplicitLabel {
                label,
                content_producer,
                produce_id,
                reserved_code_1,
                content_propagator,
                propagate_id,
                reserved_code_2,
            },
            metadata,
        }
    })
}

proptest! {
    #[test]
    fn any_characters_come_back(label in any_label()) {
        for file in [jpeg_with(&[]), png()] {
            prop_assert_eq!(read_label(&written(&file, &label)).unwrap(), found(label.clone()));
        }
    }

    #[test]
    fn a_file_cut_anywhere_gives_no_other_label(share in 0.0..1.0_f64) {
        for file in [jpeg_with(&[]), png()] {
            let labelled = written(&file, &label());
            let cut = (labelled.len() as f64 * share) as usize;
            if let Ok(read) = read_label(&labelled[..cut]) {
                prop_assert_eq!(read, found(label()));
            }
        }
    }

    /// No panic: that is all that can be said of a file somebody tampered with.
    #[test]
    fn hostile_bytes_are_answered(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        for file in [jpeg_with(&[]), png()] {
            let mut labelled = written(&file, &label());
            // Most changes go into the head, where there is more to misread.
            let head = labelled.len().min(1200);
            for (at, value) in &changes {
                let at = at.index(head);
                labelled[at] = *value;
            }
            let _ = read_label(&labelled);
            let _ = write_label(&labelled, &label(), &mut Vec::new());
            labelled.truncate(cut.index(labelled.len()));
            let _ = read_label(&labelled);
        }
    }

    #[test]
    fn hostile_packets_are_answered(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<", ">", "</", "/>", "&", ";", "&lt;", "&#65;", "\"", "'", "=", " ", ":", "x",
                "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "xmlns:t", "t:AIGC", "<a ", "</a>",
                "'http://www.tc260.org.cn/ns/AIGC/1.0/'", "{}", "成",
            ]),
            0..60,
        ),
    ) {
        let _ = xmp::read(pieces.concat().as_bytes());
    }
}
