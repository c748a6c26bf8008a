//! Portraits from upload to deletion.

use super::Books;
use crate::pictures::{SELFIE_PIXELS, pixels, png, tiles};
use pixel::{Image, Srgb8, resize};

const ADD: &str = "material add --account 100001 --activity 300100";

#[test]
fn what_no_face_can_be_fused_into_is_kept_for_an_appeal_only() {
    let books = Books::with_activity("0", 10);
    let plain = Image::new(640, 480, Srgb8([200, 180, 160]));
    let tiny = resize(SELFIE_PIXELS.view(), 54, 72);
    for (name, bytes, reason) in [
        ("notes.jpg", b"Dear diary,\n".to_vec(), "not_a_picture"),
        ("empty.png", Vec::new(), "file_empty"),
        (
            "wave.gif",
            b"GIF89a\x10\0\x10\0\0\0\0".to_vec(),
            "other_format",
        ),
        (
            "cut.jpg",
            crate::pictures::TEMPLATE[..20_000].to_vec(),
            "file_cut_off",
        ),
        ("plain.png", png(&plain), "no_face"),
        ("tiny.png", png(&tiny), "picture_too_small"),
    ] {
        books.folder.put(name, &bytes);
        let (code, document) = books.json(&format!("{ADD} {name}"));
        assert_eq!(
            (code, &document["usable"]),
            (1, &false.into()),
            "{name}: {document}"
        );
        assert_eq!(document["status_code"], 22, "{name}");
        assert_eq!(
            document["review"]["verdict"]["reason"]["code"], reason,
            "{name}"
        );
        assert_eq!(document["faces"].as_array().unwrap().len(), 0, "{name}");
        let call = format!(
            "call --account 100001 --activity 300100 --material {} --face u.jpg --out r.jpg",
            document["id"].as_str().unwrap()
        );
        let error = books.refused(&call, 7);
        assert_eq!(error["kind"], "material_not_passed", "{name}");
    }
    let text = books.text(&format!("{ADD} notes.jpg")).expect(1).stdout;
    assert!(text.contains("The file is not a picture"), "{text}");
    assert!(text.contains("mien material appeal qc_"), "{text}");
    for (name, code) in [("none.jpg", 5), ("mien-data", 5)] {
        books.refused(&format!("{ADD} {name}"), code);
    }
}

#[test]
fn several_pictures_fail_each_for_itself() {
    let books = Books::with_activity("0", 10);
    books.folder.put("notes.txt", b"Dear diary,\n");
    let (code, document) = books.json(&format!("{ADD} t.jpg none.jpg notes.txt u.jpg"));
    assert_eq!(code, 1, "{document}");
    let states = document["materials"].as_array().unwrap().iter();
    let states: Vec<_> = states
        .map(|material| material["usable"].as_bool().unwrap())
        .collect();
    assert_eq!(states, [true, false, true]);
    assert_eq!(document["failed"][0]["file"], "none.jpg");
    assert_eq!(document["failed"][0]["error"]["kind"], "unreadable");
    let run = books.text(&format!("{ADD} t.jpg none.jpg")).expect(1);
    assert!(
        run.stdout.contains("1 passed, 0 refused, 1 not added"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.starts_with("mien: none.jpg: "), "{}", run.stderr);
}

#[test]
fn the_quota_is_kept() {
    let books = Books::with_activity("0", 10);
    let files = ["t.jpg"; 11].join(" ");
    let (code, document) = books.json(&format!("{ADD} {files}"));
    assert_eq!(code, 1);
    assert_eq!(document["materials"].as_array().unwrap().len(), 10);
    assert_eq!(document["failed"][0]["error"]["code"], "quota_full");
    assert_eq!(
        books.refused(&format!("{ADD} t.jpg"), 7)["code"],
        "quota_full"
    );
    let first = document["materials"][0]["id"].as_str().unwrap();
    books.did(&format!("material delete {first} --account 100001"));
    books.did(&format!("{ADD} t.jpg"));
}

#[test]
fn a_material_is_tuned_shown_replaced_appealed_and_decided() {
    let books = Books::with_activity("0", 10);
    books.folder.put("notes.txt", b"Dear diary,\n");
    let added = books.did(&format!("{ADD} t.jpg --name Harbour"));
    let id = added["id"].as_str().unwrap();
    assert_eq!(added["name"], "Harbour");
    assert_eq!(added["faces"][0], format!("{id}_1"));
    let tuned = books.did(&format!(
        "material tune {id} --account 100001 --shape-degree 30"
    ));
    assert_eq!(
        (&tuned["feature_degree"], &tuned["shape_degree"]),
        (&50.into(), &30.into())
    );

    let shown = books.text(&format!("material show {id} --account 100001 --draw d.png"));
    let shown = shown.expect(0).stdout;
    for part in [
        format!("{id}_1"),
        "passed (21)".into(),
        "1080 × 1080, jpg".into(),
        "good".into(),
    ] {
        assert!(shown.contains(&part), "{part}: {shown}");
    }
    assert_eq!(pixels(&books.folder.get("d.png")).width(), 1080);

    let (code, replaced) = books.json(&format!("material replace {id} notes.txt --account 100001"));
    assert_eq!((code, &replaced["status_code"]), (1, &22.into()));
    assert_eq!(replaced["shape_degree"], 30);
    assert_eq!(
        books.did(&format!("material appeal {id} --account 100001"))["status_code"],
        3
    );
    let appeals = books.did("material appeals");
    assert_eq!(appeals["materials"][0]["id"], id);
    let error = books.refused(&format!("material appeal {id} --account 100001"), 7);
    assert_eq!(error["code"], "wrong_review_state");
    let decided = books.did(&format!("material decide {id} --reject --reason blurred"));
    assert_eq!(
        (&decided["status_code"], &decided["reason"]),
        (&12.into(), &"blurred".into())
    );
    assert_eq!(
        books.did("material appeals")["materials"]
            .as_array()
            .unwrap()
            .len(),
        0
    );

    let again = books.did(&format!("material replace {id} t.jpg --account 100001"));
    assert_eq!(again["usable"], true);
    books.did(&format!("material delete {id} --account 100001"));
    books.refused(&format!("material show {id} --account 100001"), 8);
}

#[test]
fn users_go_onto_the_faces_they_are_given() {
    let books = Books::with_activity("0", 10);
    books.folder.put(
        "two.png",
        &png(&tiles(
            &resize(pixels(crate::pictures::TEMPLATE).view(), 540, 540),
            2,
            1,
        )),
    );
    let added = books.did(&format!("{ADD} two.png"));
    let id = added["id"].as_str().unwrap();
    assert_eq!(added["faces"].as_array().unwrap().len(), 2, "{added}");
    let try_out = format!("try --account 100001 --activity 300100 --material {id}");
    let done = books.did(&format!(
        "{try_out} --face u.jpg=2 --face u.jpg=1 --out r.png"
    ));
    assert_eq!(done["counted"], false);
    assert_eq!(pixels(&books.folder.get("r.png")).width(), 1080);
    for (words, code, kind) in [
        ("--face u.jpg=3 --out s.png", 2, "bad_parameter"),
        ("--face u.jpg --face u.jpg --out s.png", 2, "bad_parameter"),
        ("--face u.jpg=0 --out s.png", 2, "usage"),
        ("--face u.jpg --out s.jpg", 2, "usage"),
        ("--face none.jpg --out s.png", 5, "unreadable"),
        ("--face u.jpg --out none/s.png", 5, "unwritable"),
        ("--face u.jpg --out u.jpg", 2, "usage"),
    ] {
        for command in ["try", "call"] {
            let words = format!("{} {words}", try_out.replacen("try", command, 1));
            assert_eq!(books.refused(&words, code)["kind"], kind, "{words}");
        }
    }
    assert!(!books.folder.path("s.png").exists());
    let usage = books.did("usage --account 100001");
    assert_eq!(usage["usage"].as_array().unwrap().len(), 0);
}
