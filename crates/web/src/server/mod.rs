//! The HTTP server: sockets in front, the cores behind a bounded queue, chores beside.
//!
//! Only this module is asynchronous, and it does nothing but move bytes: signatures, JSON and the books
//! are worked on by blocking threads, pictures by the workers of a [`Pool`].

mod api;
pub(crate) mod body;
mod chores;
mod connections;
mod door;
pub(crate) mod explorer;
mod fetching;
mod fusions;
mod limits;
mod marks;
mod materials;
mod order;
mod pages;
mod range;
mod reply;
mod results;
#[cfg(test)]
pub(crate) mod scene;
#[cfg(test)]
mod tests;
pub(crate) mod turns;
mod ultra;
pub mod watch;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use body::UploadRoom;
use chores::Chores;
use door::Door;
pub use limits::Limits;
use materials::Addresses;
use service::clock::{Clock, SystemClock};
use service::couriers::Couriers;
use service::fetch::Fetcher;
use service::pool::{Pool, PoolSize};
use service::webhook::Courier;
use service::{Login, Service};
use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use watch::Watch;

/// Calls that may wait for a core, for each core.
const WAITING_PER_WORKER: usize = 64;

/// Couriers for each worker: as many as have something on its way where a place of results takes a tenth of
/// a second for each.
const COURIERS_PER_WORKER: usize = 8;

/// What a call takes until that is known better.
const USUAL_NS: u64 = 60_000_000;

/// How long requests that were taken may take to end once the server stops.
const DRAIN: Duration = Duration::from_secs(30);

/// What an operator sets.
#[derive(Clone)]
pub struct Config {
    /// What the addresses of results begin with, such as `https://faces.example`; `None` for what
    /// clients write into `Host`.
    pub public_url: Option<String>,
    /// Fetches marks that are given by URL; without one they are refused.
    pub fetcher: Option<Arc<dyn Fetcher>>,
    /// Carries notices to webhooks.
    pub courier: Arc<dyn Courier + Send + Sync>,
    /// Where `/metrics` is answered to whoever asks; `None` for the main address, to callers of this
    /// machine or with the token.
    pub metrics_listen: Option<SocketAddr>,
    /// What a caller of `/metrics` on the main address has to show.
    pub metrics_token: Option<String>,
    /// The collector of traces, such as `http://127.0.0.1:4318`.
    pub otlp: Option<String>,
    /// Whether the log tells where requests come from.
    pub log_clients: bool,
    /// How much clients may take together.
    pub limits: Limits,
    /// What anybody may sign in to the console with; none unless this is a demo.
    pub demo_logins: Vec<Login>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}

/// A server that has its address and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    /// Where the numbers are answered.
    metrics: Option<TcpListener>,
    shared: Arc<Shared>,
    runtime: Runtime,
    signals: Signals,
}

/// What all requests use.
pub(crate) struct Shared {
    service: Arc<Service>,
    pool: Pool,
    /// Threads that fetch what calls give by URL, and the lines before them.
    fetching: Pool,
    /// Who keep and charge what the workers made.
    couriers: Couriers,
    /// Turns large requests away unread.
    door: Door,
    stopwatch: Arc<SystemClock>,
    watch: Arc<Watch>,
    config: Config,
    addresses: Addresses,
    /// The memory that request bodies share.
    uploads: UploadRoom,
    /// Turns to decode a caller's own mark.
    decoding: Semaphore,
    /// Turns to make a small picture for a list.
    shrinking: Semaphore,
    /// Where results are when a client does not say by which name it knows us.
    address: SocketAddr,
}

impl Shared {
    /// Starts a worker for each core.
    fn new(service: Arc<Service>, address: SocketAddr, config: Config) -> io::Result<Shared> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let size = PoolSize {
            workers,
            most_waiting: workers * WAITING_PER_WORKER,
            most_per_group: usize::MAX,
        };
        let stopwatch = Arc::new(SystemClock::new());
        let clock = Arc::clone(&stopwatch);
        let now_ns = Arc::new(move || clock.monotonic_ns());
        let pool = Pool::start(size, Arc::<_>::clone(&now_ns) as _, USUAL_NS)?;
        let watch = Watch::new(Arc::clone(&stopwatch), config.otlp.as_deref());
        let watch = watch.map_err(io::Error::other)?;
        Ok(Shared {
            service,
            pool,
            fetching: fetching::start(workers, now_ns)?,
            couriers: Couriers::start(workers * COURIERS_PER_WORKER)?,
            door: Door::default(),
            stopwatch,
            watch: Arc::new(watch),
            uploads: UploadRoom::new(config.limits.upload_bytes),
            config,
            decoding: Semaphore::new(workers),
            shrinking: Semaphore::new(workers.div_ceil(2)),
            addresses: Addresses::draw().map_err(io::Error::other)?,
            address,
        })
    }

    /// The use cases.
    pub(crate) fn service(&self) -> &Arc<Service> {
        &self.service
    }

    /// The cores and the lines before them.
    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Turns to make a small picture.
    pub(crate) fn shrinking(&self) -> &Semaphore {
        &self.shrinking
    }

    /// Seconds since it was started.
    pub(crate) fn uptime_s(&self) -> u64 {
        self.stopwatch.monotonic_ns() / 1_000_000_000
    }

    /// A clock that never goes back, in nanoseconds.
    pub(crate) fn monotonic_ns(&self) -> u64 {
        self.stopwatch.monotonic_ns()
    }

    /// What happened in the last minutes.
    pub(crate) fn summary(&self) -> watch::Summary {
        self.watch.summary(&self.pool)
    }

    /// What the operator set.
    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// Tells what an operator should know and a caller should not.
    pub(crate) fn log(&self, text: &str) {
        tracing::error!("{}", watch::without_keys(text));
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Takes the address (port 0 for any that is free) and starts a worker for each core. From now on
    /// connections wait, and so do signals to stop; [`Server::run`] answers them.
    pub fn bind(service: Arc<Service>, listen: SocketAddr, config: Config) -> io::Result<Server> {
        let listener = bound(listen)?;
        let metrics = config.metrics_listen.map(bound).transpose()?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_name("http")
            .build()?;
        let signals = {
            let _inside = runtime.enter();
            Signals::listen()?
        };
        Ok(Server {
            listener,
            address,
            metrics,
            runtime,
            signals,
            shared: Arc::new(Shared::new(service, address, config)?),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the process is told to stop (SIGINT, SIGTERM), then takes no more connections and
    /// finishes what was taken.
    pub fn run(self) -> io::Result<()> {
        let chores = Chores::start(Arc::clone(&self.shared))?;
        let shared = Arc::clone(&self.shared);
        let served = serve(self.listener, self.metrics, self.signals, shared);
        let served = self.runtime.block_on(served);
        chores.stop();
        self.shared.fetching.stop();
        self.shared.pool.stop();
        self.shared.couriers.stop();
        self.runtime.shutdown_timeout(DRAIN);
        self.shared.watch.stop();
        served
    }
}

fn bound(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

async fn serve(
    listener: TcpListener,
    metrics: Option<TcpListener>,
    mut signals: Signals,
    shared: Arc<Shared>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    if let Some(metrics) = metrics {
        let metrics = tokio::net::TcpListener::from_std(metrics)?;
        let page = Router::new().route("/metrics", get(watch::open_metrics));
        let page = page.with_state(Arc::clone(&shared));
        // It ends with the runtime.
        tokio::spawn(axum::serve(metrics, page).into_future());
    }
    let (told, mut stopping) = tokio::sync::watch::channel(false);
    let stop = async move {
        signals.next().await;
        // Nobody is left to tell when the server ended by itself.
        let _ = told.send(true);
    };
    let served = connections::serve(listener, router(Arc::clone(&shared)), &shared, stop);
    let too_late = async {
        // An error says that the sender is gone, and the server with it.
        let _ = stopping.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        served = served => served,
        () = too_late => Ok(()),
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .merge(crate::console::router(&shared))
        .merge(pages::routes())
        .route("/results/{key}", get(results::get).fallback(api::answer))
        .route(
            "/materials/{account}/{material}/{expires}/{code}",
            get(materials::picture).fallback(api::answer),
        )
        .route("/metrics", get(watch::metrics).fallback(api::answer))
        .route("/healthz", get(|| async { "ok\n" }).fallback(api::answer))
        .route("/readyz", get(ready).fallback(api::answer))
        .fallback(api::answer)
        .with_state(shared)
}

/// Whether calls can be answered.
async fn ready(State(shared): State<Arc<Shared>>) -> (StatusCode, &'static str) {
    let service = Arc::clone(&shared.service);
    let ready = tokio::task::spawn_blocking(move || service.check_ready()).await;
    match ready {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!("not ready: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}

/// The signals that tell a server to stop.
#[derive(Debug)]
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn listen() -> io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => (),
            _ = self.interrupt.recv() => (),
        }
    }

    #[cfg(not(unix))]
    fn listen() -> io::Result<Signals> {
        Ok(Signals {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
