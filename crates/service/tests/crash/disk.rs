//! A disk that gets full while calls run: they are refused in plain words, nothing is half done, and as
//! soon as there is room the same process goes on by itself.

use crate::world::audit::audit;
use crate::world::clock::WorldClock;
use crate::world::ports::{ports, quick_settings};
use billing::{
    AccountId, ActivityId, AlgorithmVersion, CallId, ChargedTo, Moment, Money, Outcome, Purchase,
};
use service::random::SeededRandom;
use service::{ChargeError, Ended, NewActivity, Service, ServiceError};
use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use store::objects::ObjectError;
use store::{Store, StoreError};

const NAME: &str = "disk::a_full_disk_refuses_calls_until_there_is_room";
const FOLDER: &str = "MIEN_DISK_FOLDER";
const CALLERS: u64 = 8;
const NEEDS: &str =
    "unshare(1) and mount(8), and either root with CAP_SYS_ADMIN or user name spaces";

#[test]
fn a_full_disk_refuses_calls_until_there_is_room() {
    match env::var_os(FOLDER) {
        Some(folder) => on_the_small_disk(&PathBuf::from(folder)),
        None => again_on_a_small_disk(),
    }
}

/// Runs the test again in a name space of its own, where a disk of 8 MiB lies at the folder.
fn again_on_a_small_disk() {
    let folder = tempfile::tempdir().unwrap();
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let script = r#"mount -t tmpfs -o size=8m,mode=700 tmpfs "$0" && exec "$@""#;
    let output = Command::new("unshare")
        .arg(if is_root { "-m" } else { "-rm" })
        .args(["sh", "-c", script])
        .arg(folder.path())
        .arg(env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(FOLDER, folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{error}; this test needs {NEEDS}"));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "the child failed ({}); it needs {NEEDS}\n{told}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// What became of a call.
type Told = (CallId, Result<(u64, ChargedTo), ChargeError>);

/// What was told so far.
#[derive(Default)]
struct Answers {
    answered: BTreeMap<CallId, (u64, ChargedTo)>,
    refused: BTreeMap<CallId, ChargeError>,
}

impl Answers {
    /// Listens until `enough`.
    fn listen(&mut self, told: &Receiver<Told>, enough: impl Fn(&Answers) -> bool) {
        while !enough(self) {
            let (id, result) = told.recv().unwrap();
            match result {
                Ok(answer) => assert_eq!(self.answered.insert(id, answer), None),
                Err(error) => assert!(self.refused.insert(id, error).is_none()),
            }
        }
    }
}

fn on_the_small_disk(folder: &Path) {
    let (service, store) = open(folder);
    let (account, activity) = licensed(&service);
    let mut answers = Answers::default();
    let stop = AtomicBool::new(false);
    let (tell, told) = sync_channel(0);
    thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (service, stop, tell) = (&service, &stop, tell.clone());
            scope.spawn(move || call(service, (account, activity), caller, stop, &tell));
        }
        drop(tell);
        for round in 1..=3 {
            let answered = answers.answered.len();
            answers.listen(&told, |so_far| so_far.answered.len() >= answered + 100);
            fill(folder);
            let refused = answers.refused.len();
            answers.listen(&told, |so_far| so_far.refused.len() >= refused + 50);
            nothing_else_is_done(&service, (account, activity), round);
            fs::remove_file(folder.join("filler")).unwrap();
        }
        // Nobody did anything to the service: it goes on by itself.
        let answered = answers.answered.len();
        answers.listen(&told, |so_far| so_far.answered.len() >= answered + 500);
        stop.store(true, Ordering::SeqCst);
        for (id, result) in told {
            if let Ok(answer) = result {
                answers.answered.insert(id, answer);
            }
        }
    });
    agree(&answers, &service, &store, account);
    drop((service, store));
    let (service, store) = open(folder);
    agree(&answers, &service, &store, account);
}

/// Calls until it is told to stop.
fn call(
    service: &Service,
    (account, activity): (AccountId, ActivityId),
    caller: u64,
    stop: &AtomicBool,
    tell: &SyncSender<Told>,
) {
    let mut number = 0_u64;
    while !stop.load(Ordering::SeqCst) {
        number += 1;
        let mut id = [0; 16];
        id[..8].copy_from_slice(&caller.to_be_bytes());
        id[8..].copy_from_slice(&number.to_be_bytes());
        let id = CallId(id);
        // Admission reads from memory, so that it works on a full disk.
        let admission = service.meter().admit(account, activity, None).unwrap();
        let ended = Ended {
            id,
            material: None,
            outcome: Outcome::Fused,
        };
        let charged = service.meter().charge(admission, ended);
        let told = charged.map(|charged| (charged.seq, charged.charged_to));
        tell.send((id, told)).unwrap();
    }
}

/// Money, orders and pictures are refused on a full disk as well, in words of their own.
fn nothing_else_is_done(
    service: &Service,
    (account, activity): (AccountId, ActivityId),
    round: u64,
) {
    let before = service.account(account).unwrap();
    let is_full = |error: &ServiceError| match error {
        ServiceError::Store(error) => matches!(**error, StoreError::Full(_)),
        ServiceError::Object(error) => matches!(error, ObjectError::Full { .. }),
        _ => false,
    };
    let picture = vec![round as u8; 300_000];
    let added = service.add_material(account, activity, "lantern", &picture);
    assert!(is_full(&added.unwrap_err()));
    let after = service.account(account).unwrap();
    assert_eq!(after, before);
    assert_eq!(service.materials(account, activity).unwrap(), []);
}

/// What was answered is in the log, once and with its payer; what was refused is not.
fn agree(answers: &Answers, service: &Service, store: &Store, account: AccountId) {
    let log = &audit(service, store)[&account];
    let rows: BTreeMap<_, _> = log
        .iter()
        .map(|row| (row.id, (row.seq, row.charged_to)))
        .collect();
    assert_eq!(rows.len(), log.len(), "a call was charged twice");
    assert_eq!(rows, answers.answered);
    assert!(answers.refused.len() >= 150);
    for error in answers.refused.values() {
        let ChargeError::Store(cause) = error else {
            panic!("{error}");
        };
        assert!(matches!(**cause, StoreError::Full(_)), "{cause:?}");
        let text = error.to_string();
        assert!(text.contains("is not") && text.contains("full"), "{text}");
    }
}

fn licensed(service: &Service) -> (AccountId, ActivityId) {
    let account = service.create_account("Lanterns Ltd").unwrap().id;
    let money = Money::from_fen(1_000_000);
    service.top_up(account, money, "start", "").unwrap();
    let new = NewActivity {
        name: "Lantern feast".to_owned(),
        details: String::new(),
        algorithm: AlgorithmVersion::Natural,
        quota: None,
    };
    let activity = service.create_activity(account, &new).unwrap().id;
    let purchase = Purchase::Licence {
        activity,
        renew: false,
        qps: Vec::new(),
    };
    service.order(account, &purchase, "licence", None).unwrap();
    (account, activity)
}

fn open(folder: &Path) -> (Service, Store) {
    let now: Moment = "2027-01-10T08:00:00+08:00".parse().unwrap();
    let clock = Arc::new(WorldClock::at(now));
    let random = Arc::new(SeededRandom::new(1));
    let (ports, _) = ports(folder, &clock, &random);
    let store = ports.store.clone();
    let service = Service::open(ports, quick_settings()).unwrap();
    (service, store)
}

/// Takes all room there is.
fn fill(folder: &Path) {
    let mut file = File::create(folder.join("filler")).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        let bytes = vec![0; size];
        loop {
            match file.write_all(&bytes) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("{error}"),
            }
        }
    }
}
