//! Codes and texts of every reason and finding.

use crate::{FaceFinding, Reason};

fn every_reason() -> Vec<Reason> {
    let [width, height] = [30, 50];
    vec![
        Reason::FileEmpty,
        Reason::FileTooLarge {
            bytes: (10 << 20) + 1,
            most_bytes: 10 << 20,
        },
        Reason::NotAPicture,
        Reason::OtherFormat {
            kind: "GIF".to_owned(),
        },
        Reason::FileCutOff,
        Reason::FileDamaged {
            detail: "a marker is missing".to_owned(),
        },
        Reason::UnsupportedCoding {
            feature: "arithmetic coding".to_owned(),
        },
        Reason::TooMuchMemory {
            bytes: 9,
            most_bytes: 8,
        },
        Reason::PictureTooSmall {
            width,
            height,
            least: 64,
        },
        Reason::PictureTooLarge {
            width,
            height,
            most: 40,
        },
        Reason::TooManyPixels {
            width,
            height,
            most: 1000,
        },
        Reason::NoFace,
        Reason::NoUsableFace {
            faces: 2,
            largest: every_finding()[0],
        },
    ]
}

fn every_finding() -> [FaceFinding; 7] {
    [
        FaceFinding::TooSmall {
            width: 80,
            least: 100,
        },
        FaceFinding::TurnedAside {
            yaw: -50.5,
            most: 45.0,
        },
        FaceFinding::TurnedUpOrDown {
            pitch: -40.0,
            most: 35.0,
        },
        FaceFinding::CutByBorder {
            outside_percent: 12,
        },
        FaceFinding::OneTooMany { most: 6 },
        FaceFinding::Dark {
            luma: 12,
            least: 20,
        },
        FaceFinding::Blurred {
            sharpness_percent: 10,
            least_percent: 24,
        },
    ]
}

#[test]
fn the_codes_in_json_are_those_for_programs() {
    for reason in every_reason() {
        let json = serde_json::to_value(&reason).unwrap();
        assert_eq!(json["code"], reason.code());
        assert_eq!(serde_json::from_value::<Reason>(json).unwrap(), reason);
    }
    for finding in every_finding() {
        let json = serde_json::to_value(finding).unwrap();
        assert_eq!(json["code"], finding.code());
        assert_eq!(
            serde_json::from_value::<FaceFinding>(json).unwrap(),
            finding
        );
    }
}

#[test]
fn every_text_says_something_in_its_language() {
    let reasons = every_reason();
    let reasons = reasons
        .iter()
        .map(|reason| (reason.text_en(), reason.text_zh()));
    let findings = every_finding();
    let findings = findings
        .iter()
        .map(|finding| (finding.text_en(), finding.text_zh()));
    for (english, chinese) in reasons.chain(findings) {
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(
            !english.contains(is_chinese) && english.ends_with('.'),
            "{english}"
        );
        assert!(!english.contains("  "), "{english}");
        assert!(
            chinese.contains(is_chinese) && chinese.ends_with('。'),
            "{chinese}"
        );
    }
}

#[test]
fn texts_carry_the_numbers() {
    let reasons = every_reason();
    for (text, expected) in [
        (
            reasons[1].text_en(),
            "The file has 10.1 MB; at most 10 MB is allowed. Scale the picture down or compress it \
             more.",
        ),
        (
            reasons[8].text_zh(),
            "图片尺寸为 30×50 像素，每边至少需要 64 像素。请换用更大的图片。",
        ),
        (
            reasons[12].text_en(),
            "None of the 2 faces can be used. The largest: The face is too small: it is 80 pixels \
             wide and needs at least 100. Use a picture in which the face is larger.",
        ),
        (
            every_finding()[1].text_en(),
            "The face is turned 50.5° to the side; at most 45° is allowed. Use a picture that shows \
             the face more from the front.",
        ),
        (
            every_finding()[2].text_zh(),
            "人脸上仰 40°，最多允许 35°。请换用平视的图片。",
        ),
    ] {
        assert_eq!(text, expected);
    }
}
