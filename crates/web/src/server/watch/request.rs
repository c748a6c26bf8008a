use super::Watch;
use crate::dispatch::{Operation, Version};
use crate::request::RequestHead;
use crate::server::reply::Manner;
use crate::wire::payer_name;
use billing::{AccountId, ActivityId, ChargedTo};
use service::course::{Course, Passage, Stage};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use store::Charged;

/// The code of a request that was answered as asked.
pub(super) const OK: &str = "OK";

/// The code of a request whose client went away before its answer.
pub(super) const CLIENT_GONE: &str = "ClientGone";

/// A request under way, from its head to its answer. Dropped without an answer, its client went away.
#[derive(Debug)]
pub(in crate::server) struct Request {
    watch: Arc<Watch>,
    course: Arc<Course>,
    began_ns: u64,
    id: String,
    version: Version,
    operation: Option<Operation>,
    trace_parent: Option<String>,
    client: Option<SocketAddr>,
    caller: Arc<Caller>,
    bytes_in: usize,
    is_over: bool,
}

/// Whose request it is, as far as that was found out.
#[derive(Debug, Default)]
pub(in crate::server) struct Caller {
    account: OnceLock<AccountId>,
    activity: OnceLock<ActivityId>,
}

impl Caller {
    pub(in crate::server) fn is(&self, account: AccountId) {
        // It is found out once.
        let _ = self.account.set(account);
    }

    pub(in crate::server) fn pays_with(&self, activity: Option<ActivityId>) {
        if let Some(activity) = activity {
            let _ = self.activity.set(activity);
        }
    }
}

/// A request that is over.
#[derive(Debug)]
pub(super) struct Ended<'a> {
    pub(super) id: &'a str,
    pub(super) version: Version,
    pub(super) operation: Option<Operation>,
    pub(super) account: Option<AccountId>,
    pub(super) activity: Option<ActivityId>,
    pub(super) trace_parent: Option<&'a str>,
    pub(super) client: Option<SocketAddr>,
    pub(super) code: &'static str,
    pub(super) charged_to: &'static str,
    pub(super) is_charged: bool,
    pub(super) bytes_in: usize,
    pub(super) bytes_out: usize,
    pub(super) passages: Vec<Passage>,
}

impl Ended<'_> {
    /// Microseconds in a stage; `None` where it did not come to it.
    pub(super) fn took_us(&self, stage: Stage) -> Option<u64> {
        let passages = self.passages.iter();
        let took = passages.filter(|passage| passage.stage == stage);
        took.map(|passage| passage.took_ns() / 1000)
            .reduce(|a, b| a + b)
    }
}

impl Watch {
    /// Begins to watch a request; `client` is where it comes from, if that is to be told.
    pub(in crate::server) fn begin(
        self: &Arc<Self>,
        head: &RequestHead,
        manner: &Manner,
        client: Option<SocketAddr>,
    ) -> Request {
        let text = |name| {
            let value = head.headers.one(name).ok().flatten()?;
            std::str::from_utf8(value).ok()
        };
        let action = text("x-tc-action").unwrap_or_default();
        let clock = Arc::clone(&self.clock);
        let course = Course::new(clock);
        Request {
            watch: Arc::clone(self),
            began_ns: course.now_ns(),
            course,
            id: manner.request_id.clone(),
            version: manner.version,
            operation: Operation::find(manner.version.name().as_bytes(), action.as_bytes()).ok(),
            trace_parent: text("traceparent").map(str::to_owned),
            client,
            caller: Arc::default(),
            bytes_in: 0,
            is_over: false,
        }
    }
}

impl Request {
    /// Its stages.
    pub(in crate::server) fn course(&self) -> &Arc<Course> {
        &self.course
    }

    /// Whose it is.
    pub(in crate::server) fn caller(&self) -> &Arc<Caller> {
        &self.caller
    }

    /// Its body was read to its end.
    pub(in crate::server) fn was_read(&mut self, bytes: usize) {
        self.bytes_in = bytes;
        self.course
            .note(Stage::Read, self.began_ns, self.course.now_ns());
    }

    /// It was answered: with the code of an error, or as asked.
    pub(in crate::server) fn end(
        mut self,
        error: Option<&'static str>,
        charged: Option<&Charged>,
        bytes_out: usize,
    ) {
        self.over(error.unwrap_or(OK), charged, bytes_out);
    }

    fn over(&mut self, code: &'static str, charged: Option<&Charged>, bytes_out: usize) {
        self.is_over = true;
        self.course
            .note(Stage::Total, self.began_ns, self.course.now_ns());
        let charged_to = payer_name(charged);
        self.watch.keep(&Ended {
            id: &self.id,
            version: self.version,
            operation: self.operation,
            account: self.caller.account.get().copied(),
            activity: self.caller.activity.get().copied(),
            trace_parent: self.trace_parent.as_deref(),
            client: self.client,
            code,
            charged_to,
            is_charged: charged.is_some_and(|charged| {
                !charged.repeated && charged.charged_to != ChargedTo::Nobody
            }),
            bytes_in: self.bytes_in,
            bytes_out,
            passages: self.course.passages(),
        });
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        if !self.is_over {
            self.over(CLIENT_GONE, None, 0);
        }
    }
}
