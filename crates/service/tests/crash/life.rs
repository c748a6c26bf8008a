//! The child: it does as much as it can until it is killed.

use crate::world::clock::{SECOND_NS, WorldClock};
use crate::world::ports::{ports, quick_settings};
use billing::{
    AccountId, ActivityId, CallId, Day, Moment, Money, Outcome, Purchase, UpgradeRequest,
};
use service::random::SeededRandom;
use service::{ChargeError, Ended, Service};
use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use store::ClientToken;

/// Threads that call.
const CALLERS: u64 = 16;

/// How far the buyer sets the clock on with each of its first steps.
pub(crate) const STEP_MS: i64 = 3_600_000;
pub(crate) const STEPS: i64 = 8;

/// What a top-up of the buyer brings.
pub(crate) const TOP_UP: Money = Money::from_fen(30_000);

const VARIABLE: &str = "MIEN_CRASH_PART";

/// What a child is told.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) folder: PathBuf,
    pub(crate) round: u64,
    pub(crate) begins: Moment,
    /// Activities to call, with their accounts. The first is licensed and buys.
    pub(crate) activities: Vec<(AccountId, ActivityId)>,
}

impl Part {
    /// The part that the parent gave this process, if it is a child.
    pub(crate) fn from_environment() -> Option<Part> {
        let text = env::var(VARIABLE).ok()?;
        let mut words = text.split(' ');
        let mut word = || words.next().unwrap();
        let folder = PathBuf::from(env::var_os("MIEN_CRASH_FOLDER").unwrap());
        let (round, begins) = (word().parse().unwrap(), word().parse().unwrap());
        let activities = words
            .map(|pair| pair.split_once(':').unwrap())
            .map(|(account, activity)| (account.parse().unwrap(), activity.parse().unwrap()))
            .collect();
        Some(Part {
            folder,
            round,
            begins,
            activities,
        })
    }

    pub(crate) fn to_environment(&self, command: &mut Command) {
        let mut text = format!("{} {}", self.round, self.begins);
        for (account, activity) in &self.activities {
            text += &format!(" {account}:{activity}");
        }
        command
            .env(VARIABLE, text)
            .env("MIEN_CRASH_FOLDER", &self.folder);
    }

    /// Lives until it is killed.
    pub(crate) fn play(self) -> ! {
        let clock = Arc::new(WorldClock::at(self.begins));
        // Slow enough that the licensed are hardly ever too quick, and the others often.
        clock.set_step_ns(SECOND_NS / 20);
        let service = open(&self.folder, &clock, self.round);
        thread::scope(|scope| {
            for caller in 0..CALLERS {
                let (part, service) = (&self, &service);
                scope.spawn(move || part.call(service, caller));
            }
            self.buy(&service, &clock);
        });
        unreachable!("it lives until it is killed");
    }

    /// Calls, again and again; every seventh time the call before once more.
    fn call(&self, service: &Service, caller: u64) {
        let mut id = CallId([0; 16]);
        let mut activity = self.activities[0];
        for number in 0_u32.. {
            if number % 7 != 6 {
                id = call_id(self.round, caller, number);
                let pick = (caller + u64::from(number)) as usize % self.activities.len();
                activity = self.activities[pick];
            }
            say(&format!("call {id} {} {}", activity.0, activity.1));
            match charge(service, activity, id) {
                Some((seq, payer)) => say(&format!("answered {id} {seq} {payer}")),
                None => say(&format!("refused {id}")),
            }
        }
    }

    /// Buys, tops up and closes months, each order and top-up twice, while time goes on.
    fn buy(&self, service: &Service, clock: &WorldClock) {
        let account = self.activities[0].0;
        for number in 0.. {
            let steps = i64::min(number, STEPS);
            clock.set(self.begins.plus_ms(steps * STEP_MS));
            service.catch_up().unwrap();
            let key = format!("{}-{number}", self.round);
            for _ in 0..2 {
                say(&format!("top-up {key}"));
                service.top_up(account, TOP_UP, &key, "").unwrap();
                say(&format!("credited {key}"));
            }
            let today = service.calendar().day_of(self.begins);
            let purchase = purchase(number % 2 == 1, self.activities[0].1, today);
            for _ in 0..2 {
                say(&format!("order {key}"));
                match service.order(account, &purchase, &key, None) {
                    Ok(paid) => say(&format!("paid {key} {}", paid.order.id)),
                    Err(service::ServiceError::Refused(_)) => {
                        say(&format!("not-paid {key}"));
                        break;
                    }
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }
}

/// What is bought: a small pack, or QPS for a day.
pub(crate) fn purchase(qps: bool, activity: ActivityId, day: Day) -> Purchase {
    if qps {
        // Far enough ahead to be on sale whenever the child comes to it.
        let day = day.plus_days(2);
        let request = UpgradeRequest {
            first_day: day,
            last_day: day,
            extra: 10,
        };
        Purchase::Qps { activity, request }
    } else {
        Purchase::Pack {
            pack: "pack-100k".to_owned(),
        }
    }
}

/// A call under a token that its id stands for, let in and charged; `None` where it was refused.
pub(crate) fn charge(
    service: &Service,
    (account, activity): (AccountId, ActivityId),
    id: CallId,
) -> Option<(u64, billing::ChargedTo)> {
    let token = ClientToken {
        token: id.0,
        body: id.0,
    };
    let admission = service.meter().admit(account, activity, Some(token));
    let ended = Ended {
        id,
        material: None,
        outcome: if id.0[15].is_multiple_of(5) {
            Outcome::NoFace
        } else {
            Outcome::Fused
        },
    };
    match service.meter().charge(admission.ok()?, ended) {
        Ok(charged) => Some((charged.seq, charged.charged_to)),
        Err(ChargeError::Refused(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

fn call_id(round: u64, caller: u64, number: u32) -> CallId {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&round.to_be_bytes());
    id[8..12].copy_from_slice(&(caller as u32).to_be_bytes());
    id[12..].copy_from_slice(&number.to_be_bytes());
    CallId(id)
}

/// Writes a line at once: a pipe takes it in whole or not at all.
fn say(line: &str) {
    // The line before may be the test's own, and unfinished.
    io::stdout()
        .lock()
        .write_all(format!("\n{line}\n").as_bytes())
        .unwrap();
}

/// A service on the folder, with randomness of its own for each round.
pub(crate) fn open(folder: &Path, clock: &Arc<WorldClock>, round: u64) -> Service {
    let random = Arc::new(SeededRandom::new(round));
    let (ports, _) = ports(folder, clock, &random);
    Service::open(ports, quick_settings()).unwrap()
}
