//! A server without a socket, for tests, and browsers that ask it.

use super::{Config, Shared, router};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use billing::{AccountId, ActivityId, AlgorithmVersion, CallId, MaterialId, Moment, Outcome};
use serde_json::{Value, json};
use service::clock::ManualClock;
use service::random::SeededRandom;
use service::vault::{OperatorKey, Vault};
use service::webhook::{Courier, DeliveryError, Letter, Receipt};
use service::{
    Actor, AuditFilter, Ended, NewActivity, NewUser, PasswordCost, Ports, Role, Service, Settings,
};
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use store::objects::FileObjects;
use store::sqlite::SqliteDriver;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// 2027-01-10 08:00 in Shanghai.
const START_MS: i64 = 1_799_539_200_000;

/// A server on a folder of its own, with a clock that stands.
pub(crate) struct Scene {
    pub(crate) service: Arc<Service>,
    pub(crate) clock: Arc<ManualClock>,
    shared: Arc<Shared>,
    router: Router,
    runtime: tokio::runtime::Runtime,
    _folder: TempDir,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Null where it is no JSON.
    pub(crate) body: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Told {
    /// Status and code of a problem, such as `404 not_found`; the status alone of anything else.
    pub(crate) fn verdict(&self) -> String {
        match self.body["error"]["code"].as_str() {
            Some(code) => format!("{} {code}", self.status.as_u16()),
            None => self.status.as_u16().to_string(),
        }
    }

    /// The body of what was done.
    #[track_caller]
    pub(crate) fn done(self) -> Value {
        assert!(self.status.is_success(), "{self:?}");
        self.body
    }
}

/// Takes no letter anywhere.
struct NoCourier;

impl Courier for NoCourier {
    fn deliver(&self, _: &Letter) -> Result<Receipt, DeliveryError> {
        Ok(Receipt {
            status: 200,
            answer: String::new(),
        })
    }
}

/// A portrait's file.
pub(crate) fn portrait() -> Vec<u8> {
    portraits().swap_remove(0)
}

/// The files of all portraits.
pub(crate) fn portraits() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/portraits");
    let paths = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = paths
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read(path).unwrap();
    paths.into_iter().map(read).collect()
}

impl Scene {
    pub(crate) fn new() -> Scene {
        Scene::with(|_| ())
    }

    /// With some settings of the operator's own.
    pub(crate) fn with(set: impl FnOnce(&mut Config)) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(Moment::from_unix_ms(START_MS)));
        let driver = SqliteDriver::open(&folder.path().join("mien.db")).unwrap();
        let objects = FileObjects::open(folder.path().join("objects")).unwrap();
        let key = OperatorKey::parse(&"5a".repeat(32)).unwrap();
        let ports = Ports {
            store: Store::new(Arc::new(driver)),
            objects: Arc::new(objects),
            vault: Arc::new(Vault::new(key)),
            clock: Arc::<ManualClock>::clone(&clock),
            random: Arc::new(SeededRandom::new(7)),
            fetcher: None,
            signer: None,
        };
        let settings = Settings {
            password_cost: PasswordCost::FOR_TESTS,
            ..Settings::default()
        };
        let service = Arc::new(Service::open(ports, settings).unwrap());
        let mut config = Config {
            public_url: None,
            fetcher: None,
            courier: Arc::new(NoCourier),
            metrics_listen: None,
            metrics_token: None,
            otlp: None,
            log_clients: false,
            limits: super::Limits::default(),
            demo_logins: Vec::new(),
        };
        set(&mut config);
        let address = SocketAddr::from(([127, 0, 0, 1], 8670));
        let shared = Arc::new(Shared::new(Arc::clone(&service), address, config).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        Scene {
            service,
            clock,
            router: router(Arc::clone(&shared)),
            shared,
            runtime,
            _folder: folder,
        }
    }

    /// What all requests use.
    pub(crate) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    /// Lets so much time pass.
    pub(crate) fn pass_s(&self, seconds: i64) {
        self.clock.set(self.service.now().plus_ms(seconds * 1000));
    }

    pub(crate) fn account(&self, name: &str) -> AccountId {
        self.service.create_account(name).unwrap().id
    }

    /// A new activity of the smallest quota.
    pub(crate) fn activity(&self, account: AccountId, name: &str) -> ActivityId {
        let new = NewActivity {
            name: name.to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota: None,
        };
        self.service.create_activity(account, &new).unwrap().id
    }

    /// A new material that calls may use.
    pub(crate) fn material(&self, account: AccountId, activity: ActivityId) -> MaterialId {
        let added = self
            .service
            .add_material(account, activity, "poster", &portrait());
        added.unwrap().id
    }

    /// A new material that the machine refused.
    pub(crate) fn refused_material(&self, account: AccountId, activity: ActivityId) -> MaterialId {
        let added = self.service.add_material(account, activity, "text", b"no");
        added.unwrap().id
    }

    /// A call that ends so, without a picture being made.
    pub(crate) fn call(&self, account: AccountId, activity: ActivityId, outcome: Outcome) {
        let meter = self.service.meter();
        let admission = meter.admit(account, activity, None).unwrap();
        let ended = Ended {
            id: CallId([7; 16]),
            material: None,
            outcome,
        };
        meter.charge(admission, ended).unwrap();
    }

    /// Has an account told of something: that the machine decided on a material.
    pub(crate) fn notice(&self, account: AccountId) {
        let activity = match self.service.activities(account).unwrap().first() {
            Some(activity) => activity.id,
            None => self.activity(account, "Spring"),
        };
        self.refused_material(account, activity);
    }

    /// What was done in an account by its users, by the audit log.
    pub(crate) fn audited(&self, account: AccountId) -> Vec<String> {
        let filter = AuditFilter {
            account: Some(account),
            ..AuditFilter::default()
        };
        let lines = self.service.audit_log(&filter, 500).unwrap();
        let of_users = lines.into_iter().filter(|line| line.login.is_some());
        of_users.map(|line| line.action).collect()
    }

    /// A browser in which a user is signed in whose session ended.
    pub(crate) fn signed_in_again(&self, login: &str) -> Browser<'_> {
        let id = self.service.user_by_login(login).unwrap().id;
        let reset = self.service.reset_password(Actor::CommandLine, id).unwrap();
        self.signed_in(login, &reset.password)
    }

    /// Creates a user; its password.
    pub(crate) fn user(&self, login: &str, operator: bool) -> String {
        let new = NewUser {
            login,
            name: "",
            operator,
        };
        let made = self.service.create_user(Actor::CommandLine, &new).unwrap();
        made.password
    }

    /// A browser in which a new member of the account is signed in.
    pub(crate) fn member(&self, account: AccountId, login: &str, role: Role) -> Browser<'_> {
        let added = self
            .service
            .add_member(Actor::CommandLine, account, login, "", role)
            .unwrap();
        self.signed_in(login, &added.password.unwrap())
    }

    /// A browser in which a new operator is signed in.
    pub(crate) fn operator(&self) -> Browser<'_> {
        let password = self.user("operator", true);
        self.signed_in("operator", &password)
    }

    /// A browser in which a user is signed in.
    #[track_caller]
    pub(crate) fn signed_in(&self, login: &str, password: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let told = browser.sign_in(login, password, None);
        assert_eq!(told.verdict(), "200", "{told:?}");
        browser
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser {
            scene: self,
            cookie: None,
            csrf: None,
            language: "zh-CN",
            address: "203.0.113.9:50000",
        }
    }

    pub(crate) fn ask(&self, request: Request<Body>) -> Told {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            Told {
                status: parts.status,
                headers: parts.headers,
                body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
                bytes: bytes.to_vec(),
            }
        })
    }
}

/// Keeps cookie and token, as the console does.
#[derive(Clone)]
pub(crate) struct Browser<'a> {
    pub(crate) scene: &'a Scene,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf: Option<String>,
    pub(crate) language: &'static str,
    pub(crate) address: &'static str,
}

impl Browser<'_> {
    pub(crate) fn sign_in(&mut self, login: &str, password: &str, code: Option<&str>) -> Told {
        let body = json!({ "login": login, "password": password, "code": code });
        let told = self.send("POST", "/session", &body);
        if told.status.is_success() {
            let cookie = told.headers["set-cookie"].to_str().unwrap();
            self.cookie = cookie.split(';').next().map(str::to_owned);
            self.csrf = told.body["csrf"].as_str().map(str::to_owned);
        }
        told
    }

    pub(crate) fn get(&self, path: &str) -> Told {
        self.scene.ask(self.request("GET", path, Body::empty()))
    }

    /// Sends JSON; null for no body.
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Told {
        let mut request = match body {
            Value::Null => self.request(method, path, Body::empty()),
            body => self.request(method, path, Body::from(body.to_string())),
        };
        let kind = "application/json".parse().unwrap();
        request.headers_mut().insert("content-type", kind);
        self.scene.ask(request)
    }

    /// Sends a picture.
    pub(crate) fn upload(&self, method: &str, path: &str, picture: Vec<u8>) -> Told {
        let length = picture.len();
        let mut request = self.request(method, path, Body::from(picture));
        let headers = request.headers_mut();
        headers.insert("content-type", "image/jpeg".parse().unwrap());
        headers.insert("content-length", length.into());
        self.scene.ask(request)
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: Body) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("accept-language", self.language);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", format!("other=1; {cookie}"));
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-mien-csrf", csrf);
        }
        let mut request = request.body(body).unwrap();
        let address: SocketAddr = self.address.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        request
    }
}
