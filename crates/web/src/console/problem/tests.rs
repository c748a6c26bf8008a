//! Whatever is wrong is told in one language: Chinese without English words, English without Chinese.

use super::Problem;
use crate::codes::refusal_chinese::tests::every_refusal;
use axum::http::StatusCode;
use billing::CalendarError;
use billing::catalogue::{CatalogueError, Fault};
use billing::plan::PlanRefusal;
use engine::{FaceBoxError, PixelBox, TemplateError, UserError};
use pixel::{DecodeError, Format};
use service::fetch::FetchError;
use service::outbound::HttpUrlError;
use service::{
    CallFailure, CampaignFault, ParameterError, PeopleFault, PictureFault, PictureRole,
    ServiceError,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use store::objects::{ObjectError, ObjectKey};

fn is_chinese(letter: char) -> bool {
    ('一'..='龥').contains(&letter)
}

/// Two English words, one behind the other: names and units stand alone.
fn has_english_words(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    words
        .windows(2)
        .any(|two| two.iter().all(|word| is_word(word)))
}

#[track_caller]
fn check(problem: impl Into<Problem>) {
    let problem = problem.into();
    let (chinese, english) = (&problem.0.chinese, &problem.0.english);
    assert!(chinese.contains(is_chinese), "no Chinese: {chinese}");
    assert!(!has_english_words(chinese), "English words: {chinese}");
    assert!(!english.contains(is_chinese), "Chinese: {english}");
    assert!(!english.is_empty());
}

#[test]
fn english_words_are_recognised() {
    for (text, has) in [
        ("请求无法解析：expected value at line 1", true),
        ("地址应为 https:// 或 http://", false),
        ("写成 xn-- 的形式", false),
        ("用户名 ann 已被使用", false),
        ("无法解码：the file is empty", true),
    ] {
        assert_eq!(has_english_words(text), has, "{text}");
    }
}

#[test]
fn problems_of_requests() {
    for problem in [
        Problem::not_signed_in(),
        Problem::csrf(),
        Problem::not_allowed(),
        Problem::malformed("expected value at line 1 column 2"),
        Problem::too_large(7),
        Problem::unavailable("the disk is full"),
        Problem::busy(),
        Problem::internal("the disk is broken"),
    ] {
        check(problem);
    }
}

#[test]
fn refusals() {
    every_refusal().into_iter().for_each(check);
    let (months, days, contact) = (37, 365, "ops@faces.example".to_owned());
    for refusal in [
        PlanRefusal::MonthsOutOfRange {
            asked: months,
            most: 36,
        },
        PlanRefusal::PeakDaysOutOfRange {
            asked: 32,
            most: 31,
        },
        PlanRefusal::TooManyCalls { asked: 2, most: 1 },
        PlanRefusal::TooManyMaterials {
            asked: 1001,
            most: 1000,
            contact: contact.clone(),
        },
        PlanRefusal::AboveCeiling {
            asked: 1001,
            ceiling: 1000,
            contact,
        },
        PlanRefusal::LongerThanLicences { months, days },
        PlanRefusal::TooMuch,
    ] {
        check(refusal);
    }
}

#[test]
fn faults_with_people() {
    for fault in [
        PeopleFault::WrongLogin,
        PeopleFault::CodeNeeded,
        PeopleFault::WrongCode,
        PeopleFault::TooManyAttempts { retry_after_s: 8 },
        PeopleFault::WrongPassword,
        PeopleFault::LoginTaken {
            login: "ann".to_owned(),
        },
        PeopleFault::BadLogin { least: 2, most: 64 },
        PeopleFault::PasswordLength {
            length: 3,
            least: 12,
            most: 128,
        },
        PeopleFault::PasswordIsLogin,
        PeopleFault::AlreadyMember {
            login: "ann".to_owned(),
        },
        PeopleFault::LastOwner,
        PeopleFault::LastOperator,
        PeopleFault::TotpActive,
        PeopleFault::NoTotp,
        PeopleFault::EndsInThePast,
    ] {
        check(fault);
    }
}

#[test]
fn faults_with_campaign_pages() {
    let fields = [
        "title",
        "subtitle",
        "consent_text",
        "buttons.choose",
        "buttons.fuse",
        "buttons.save",
        "buttons.again",
        "share.title",
        "share.description",
        "attempt",
    ];
    for field in fields {
        check(CampaignFault::TextLength {
            field,
            length: 0,
            least: 1,
            most: 40,
        });
        check(CampaignFault::TextControl {
            field,
            character: 7,
        });
    }
    for field in ["colours.primary", "colours.background", "colours.text"] {
        check(CampaignFault::BadColour { field });
    }
    for field in ["hourly_limit", "keep_result_hours"] {
        check(CampaignFault::OutOfRange {
            field,
            given: 0,
            least: 1,
            most: 9,
        });
    }
    for fault in [
        CampaignFault::BadSlug { least: 3, most: 40 },
        CampaignFault::SlugTaken {
            slug: "spring".to_owned(),
        },
        CampaignFault::TooManyChosen {
            count: 1001,
            most: 1000,
        },
        CampaignFault::NotOfActivity {
            material: "qc_300100_154001_1".parse().unwrap(),
        },
        CampaignFault::NothingToShow,
        CampaignFault::NothingPays,
        CampaignFault::NoConsent,
        CampaignFault::ConsentOutdated,
        CampaignFault::TooManyVisits { retry_after_s: 61 },
    ] {
        check(fault);
    }
}

fn every_url_error() -> [HttpUrlError; 5] {
    [
        HttpUrlError::Long {
            characters: 501,
            most: 500,
        },
        HttpUrlError::Form,
        HttpUrlError::Scheme {
            scheme: "ftp".to_owned(),
        },
        HttpUrlError::Credentials,
        HttpUrlError::Port {
            port: "x".to_owned(),
        },
    ]
}

fn every_decode_error() -> Vec<DecodeError> {
    let (format, width, height, limit) = (Format::Png, 9, 9, 8);
    vec![
        DecodeError::Empty,
        DecodeError::TooManyBytes { found: 9, limit },
        DecodeError::NotAPicture,
        DecodeError::OtherKind { kind: "GIF" },
        DecodeError::NoPixels {
            format,
            width: 0,
            height,
        },
        DecodeError::SideTooLong {
            width,
            height,
            limit,
        },
        DecodeError::TooManyPixels {
            width,
            height,
            limit,
        },
        DecodeError::TooMuchMemory {
            format,
            needed: 9,
            limit,
        },
        DecodeError::Truncated { format },
        DecodeError::Unsupported {
            format,
            feature: "arithmetic coding",
        },
        DecodeError::Damaged {
            format,
            reason: "a chunk has a wrong sum".to_owned(),
        },
    ]
}

#[test]
fn errors_of_use_cases() {
    let day = "2027-01-10".parse().unwrap();
    let key = ObjectKey::parse("materials/1").unwrap();
    for error in [
        ServiceError::CatalogueVersionTaken("2027-01".to_owned()),
        ServiceError::Catalogue(CatalogueError {
            faults: vec![Fault {
                line: 3,
                problem: "a price must be a number".to_owned(),
                problem_zh: "价格须为数字".to_owned(),
            }],
        }),
        ServiceError::FutureMonth("2027-02".parse().unwrap()),
        ServiceError::TooManyPeriods { most: 1000 },
        ServiceError::DaysReversed {
            first: day,
            last: day,
        },
        ServiceError::Calendar(CalendarError::UnknownZone("Mars".to_owned())),
        ServiceError::Calendar(CalendarError::NotADay("x".to_owned())),
        ServiceError::Calendar(CalendarError::NotAMonth("x".to_owned())),
        ServiceError::Template("no face".to_owned()),
        ServiceError::Engine("out of memory".to_owned()),
        ServiceError::Statement("no key at all".to_owned()),
        ServiceError::Object(ObjectError::NotFound { key: key.clone() }),
        ServiceError::Object(ObjectError::TooLarge { key, bytes: 7 }),
    ] {
        check(error);
    }
    for error in every_url_error() {
        check(ServiceError::WebhookUrl(error));
    }
    for error in every_decode_error() {
        check(ServiceError::Undecodable(error));
    }
}

/// The names of what is asked for by `function`, as the sources of the use cases and of the console write them.
fn named_by(function: &str) -> BTreeSet<&'static str> {
    fn read(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, text);
            } else {
                *text += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let mut text = String::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["service/src", "web/src/console", "web/src/campaign"] {
        read(&crates.join(folder), &mut text);
    }
    let text: &'static str = text.leak();
    let call = format!("{function}(");
    let calls = text.split(call.as_str()).skip(1);
    calls
        .filter_map(|rest| Some(rest.trim_start().strip_prefix('"')?.split_once('"')?.0))
        .collect()
}

#[test]
fn what_is_not_found_or_named_badly_has_a_chinese_name() {
    let missing = named_by("not_found");
    assert!(missing.len() > 10, "{missing:?}");
    for what in missing {
        check(Problem::not_found(what, "7"));
        check(ServiceError::ChangedMeanwhile { what });
        let noun = super::from_service::noun(what);
        assert!(noun.contains(is_chinese) || noun == "API", "{what}: {noun}");
    }
    let named = named_by("check_name");
    assert!(named.len() > 3, "{named:?}");
    for what in named {
        check(ServiceError::BadName {
            what,
            length: 0,
            most: 40,
        });
        let noun = super::from_service::noun(what);
        assert!(noun.contains(is_chinese), "{what}: {noun}");
    }
}

fn every_picture_fault() -> Vec<PictureFault> {
    let face_box = PixelBox {
        x: 0,
        y: 0,
        width: 30,
        height: 30,
    };
    let host = || "img.example".to_owned();
    let outside = FaceBoxError::Outside {
        face_box,
        width: 9,
        height: 9,
    };
    let mut faults = vec![
        PictureFault::SideTooShort {
            width: 9,
            height: 9,
            least: 64,
        },
        PictureFault::Photo(UserError::NoFace),
        PictureFault::Photo(outside.into()),
        PictureFault::Template(FaceBoxError::NoFace { face_box }.into()),
        PictureFault::Template(TemplateError::NoFace),
        PictureFault::SameFace {
            first: 1,
            second: 2,
        },
        PictureFault::Fetch(FetchError::Status {
            host: host(),
            status: 404,
        }),
        PictureFault::Fetch(FetchError::Address {
            host: host(),
            address: [10, 0, 0, 1].into(),
        }),
        PictureFault::Fetch(FetchError::Redirect {
            host: host(),
            source: None,
        }),
        PictureFault::Fetch(FetchError::TooManyRedirects { most: 3 }),
        PictureFault::Fetch(FetchError::TooLarge {
            host: host(),
            limit: 7,
        }),
        PictureFault::Fetch(FetchError::TooSlow {
            host: host(),
            limit_ms: 7,
        }),
    ];
    let urls = every_url_error().into_iter();
    faults.extend(urls.map(|error| PictureFault::Fetch(FetchError::Url(error))));
    for error in every_decode_error() {
        faults.push(PictureFault::Photo(error.clone().into()));
        faults.push(PictureFault::Template(error.into()));
    }
    faults
}

#[test]
fn trials_that_give_no_picture() {
    for picture in [PictureRole::Photo(1), PictureRole::Template] {
        for fault in every_picture_fault() {
            let fault = Box::new(fault);
            check(CallFailure::Trial { picture, fault });
        }
    }
    for error in [
        ParameterError::PhotoCount { count: 7, most: 6 },
        ParameterError::NoSuchFace { face: 9, faces: 1 },
        ParameterError::FaceNotUsable { face: 1 },
        ParameterError::FaceTwice { face: Some(1) },
        ParameterError::UrlsNotTaken {
            picture: PictureRole::Photo(1),
        },
    ] {
        check(CallFailure::BadParameter(error));
    }
    check(CallFailure::MaterialNotPassed {
        material: "qc_300100_154001_1".parse().unwrap(),
        status: 22,
    });
    check(Problem::new(StatusCode::CONFLICT, "x", "中文", "English"));
}
