//! Where the books are, who may open them, and what keeps them apart.

use super::Books;
use std::fs;
use store::sqlite::SqliteDriver;

#[test]
fn without_books_every_command_says_how_to_begin() {
    let books = Books::none();
    for words in [
        "account list",
        "account show 100001",
        "account suspend 100001",
        "top-up --account 100001 --amount 5",
        "activity list --account 100001",
        "usage --account 100001",
        "month close",
        "catalogue editions",
        "webhook deliver",
    ] {
        let (code, document) = books.json(words);
        assert_eq!(
            (code, &document["error"]["kind"]),
            (9, &"no_books".into()),
            "{words}"
        );
        let message = document["error"]["message"].as_str().unwrap();
        assert!(message.contains("mien account create NAME"), "{message}");
    }
    assert_eq!(books.folder.names(), ["t.jpg", "u.jpg"]);
    // Prices can be looked at all the same.
    let shown = books.text("catalogue show").expect(0);
    assert!(shown.stdout.contains("pack-30m"), "{}", shown.stdout);
    assert!(shown.stderr.contains("no books yet"), "{}", shown.stderr);
}

#[cfg(unix)]
#[test]
fn the_first_account_makes_a_folder_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let books = Books::none();
    books.did("account create Harbour --data deep/books");
    let mode = |name: &str| {
        let metadata = fs::metadata(books.folder.path(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("deep/books"), 0o700);
    assert_eq!(mode("deep/books/operator.key"), 0o600);
    assert!(books.folder.path("deep/books/mien.db").exists());
    let mut command = books.folder.command("account list --json");
    let listed = command.env("MIEN_DATA", "deep/books").output().unwrap();
    assert!(listed.status.success());
}

#[test]
fn a_bad_zone_makes_no_folder() {
    let books = Books::none();
    let (code, _) = books.json("account create Harbour --zone Mars/Olympus");
    assert_eq!(code, 2);
    assert_eq!(books.folder.names(), ["t.jpg", "u.jpg"]);
}

#[test]
fn one_process_changes_while_any_look() {
    let books = Books::with_activity("5", 10);
    let holder = SqliteDriver::open(&books.folder.path("mien-data/mien.db")).unwrap();
    for words in [
        "top-up --account 100001 --amount 5",
        "account create Rival",
        "key create --account 100001",
        "month close",
        "buy licence --account 100001 --activity 300100 --pay",
    ] {
        let error = books.refused(words, 9);
        assert_eq!(error["kind"], "in_use", "{words}");
        let message = error["message"].as_str().unwrap();
        let process = format!("process {}", std::process::id());
        assert!(message.contains(&process), "{message}");
    }
    assert_eq!(books.did("account show 100001")["balance"], "5.00");
    assert_eq!(
        books.did("buy licence --account 100001 --activity 300100")["balance"],
        "5.00"
    );
    drop(holder);
    assert_eq!(
        books.did("top-up --account 100001 --amount 5")["balance"],
        "10.00"
    );
}

#[test]
fn a_lost_operator_key_is_not_replaced_by_a_new_one() {
    let books = Books::with_activity("0", 10);
    let key = books.folder.get("mien-data/operator.key");
    let path = books.folder.path("mien-data/operator.key");
    fs::remove_file(&path).unwrap();
    let error = books.refused("key create --account 100001", 9);
    assert_eq!(error["kind"], "operator_key");
    assert!(!path.exists());
    // From the environment it is as good.
    let create = "key create --account 100001 --json";
    let mut command = books.folder.command(create);
    command.env("MIEN_OPERATOR_KEY", String::from_utf8(key).unwrap());
    assert!(command.output().unwrap().status.success());
    let mut command = books.folder.command(create);
    command.env("MIEN_OPERATOR_KEY", "1".repeat(64));
    assert_eq!(command.output().unwrap().status.code(), Some(9));
    let mut command = books.folder.command(create);
    command.env("MIEN_OPERATOR_KEY", "no key");
    assert_eq!(command.output().unwrap().status.code(), Some(9));
}

#[test]
fn books_stay_in_their_zone() {
    let books = Books::none();
    books.did("account create Harbour --zone Europe/Berlin");
    let error = books.refused("top-up --account 100001 --amount 5 --zone Asia/Shanghai", 2);
    assert!(
        error["message"].as_str().unwrap().contains("Europe/Berlin"),
        "{error}"
    );
    books.did("top-up --account 100001 --amount 5 --zone Europe/Berlin");
    books.did("top-up --account 100001 --amount 5");
    // 09:00 in Shanghai; looking with other clocks is allowed.
    for (zone, at) in [
        ("", "2027-01-10 02:00:00"),
        ("--zone UTC", "2027-01-10 01:00:00"),
    ] {
        let text = books
            .text(&format!("ledger --account 100001 {zone}"))
            .expect(0)
            .stdout;
        assert!(text.contains(at), "{zone}: {text}");
    }
}

#[test]
fn what_is_no_database_is_told() {
    let books = Books::none();
    fs::create_dir(books.folder.path("mien-data")).unwrap();
    books.folder.put("mien-data/mien.db", &[b'x'; 8192]);
    for words in ["account list", "top-up --account 100001 --amount 1"] {
        let (code, document) = books.json(words);
        assert_eq!(
            (code, &document["error"]["kind"]),
            (9, &"data_unavailable".into()),
            "{document}"
        );
    }
}

#[test]
fn a_secret_is_shown_once() {
    let books = Books::with_activity("0", 10);
    let key = books.did("key create --account 100001 --label page");
    let (id, secret) = (
        key["secret_id"].as_str().unwrap(),
        key["secret_key"].as_str().unwrap(),
    );
    let text = books.text("key create --account 100001").expect(0).stdout;
    assert!(
        text.contains("the only time the SecretKey is shown"),
        "{text}"
    );
    for state in ["disable", "enable", "disable"] {
        books.did(&format!("key {state} {id} --account 100001"));
    }
    let list = books.text("key list --account 100001").expect(0).stdout;
    assert!(list.contains(id) && !list.contains(secret), "{list}");
    assert!(list.contains("disabled"), "{list}");
    books.did(&format!("key delete {id} --account 100001"));
    assert_eq!(
        books.refused(&format!("key enable {id} --account 100001"), 8)["kind"],
        "not_found"
    );
    let database = books.folder.get("mien-data/mien.db");
    let log = books.folder.get("mien-data/mien.db-wal");
    for bytes in [database, log] {
        assert!(
            !bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes())
        );
    }
}
