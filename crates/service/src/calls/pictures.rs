//! The files of a call's pictures: those that came with it, and those that are fetched for it.

use super::{ParameterError, PhotoSource, PictureFault, PictureRole, Unmade, parameters};
use crate::course::{Stage, measure};
use crate::fetch::{FetchError, FetchLimits, Fetcher};
use crate::service::Service;
use engine::{TemplateError, UserError};
use pixel::{Limits, probe};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Pixels that either side of a picture has at least.
const LEAST_SIDE: usize = 64;

/// What was fetched for a call, one for each of its pictures: `None` for one that came with it. Empty where
/// all came with it.
#[derive(Debug, Default)]
pub(super) struct Fetched(Vec<Option<Result<Vec<u8>, Unfetched>>>);

impl Fetched {
    /// Bytes of all files.
    pub(super) fn bytes(&self) -> usize {
        let files = self.0.iter().flatten().flatten();
        files.map(Vec::len).sum()
    }
}

/// Why nothing came of a fetch.
#[derive(Debug)]
enum Unfetched {
    Failed(FetchError),
    /// The fetcher broke down, or there was no thread for it.
    Broken(String),
}

impl Service {
    pub(super) fn check_source(
        &self,
        picture: PictureRole,
        source: &PhotoSource<'_>,
    ) -> Result<(), ParameterError> {
        parameters::check_source(picture, source, self.ports.fetcher.is_some())
    }

    /// Fetches all that is given by URL at once, so that a call waits for the slowest and not for the sum.
    pub(super) fn fetch_pictures(
        &self,
        sources: &[(PictureRole, PhotoSource<'_>)],
        limits: &Limits,
    ) -> Fetched {
        if !sources.iter().any(|(_, source)| source.is_url()) {
            return Fetched::default();
        }
        let limits = FetchLimits {
            max_bytes: limits.max_bytes,
            ..FetchLimits::default()
        };
        let fetcher = self.ports.fetcher.as_deref();
        let fetch_all = || {
            thread::scope(|scope| {
                let started: Vec<_> = sources
                    .iter()
                    .map(|(_, source)| match *source {
                        PhotoSource::Bytes(_) => None,
                        PhotoSource::Url(url) => Some(
                            thread::Builder::new()
                                .name("fetch".to_owned())
                                .spawn_scoped(scope, move || fetch(fetcher, url, limits)),
                        ),
                    })
                    .collect();
                let ended = started.into_iter().map(|source| match source? {
                    Ok(thread) => Some(thread.join().unwrap_or_else(|_| Err(broken()))),
                    Err(error) => Some(Err(Unfetched::Broken(format!(
                        "no thread to fetch: {error}"
                    )))),
                });
                ended.collect()
            })
        };
        Fetched(measure(Stage::Fetch, fetch_all))
    }

    /// The files of pictures, in their order, all of a size that can be read; what is given by URL is `fetched`.
    /// The first that fails is told.
    pub(super) fn pictures<'a>(
        &self,
        sources: &[(PictureRole, PhotoSource<'a>)],
        fetched: Fetched,
        limits: &Limits,
    ) -> Result<Vec<Cow<'a, [u8]>>, Unmade> {
        let mut fetched = fetched.0.into_iter();
        let mut files = Vec::with_capacity(sources.len());
        for &(picture, source) in sources {
            let fetched = fetched.next().flatten();
            let file = match (source, fetched) {
                (PhotoSource::Bytes(bytes), _) => Cow::Borrowed(bytes),
                (PhotoSource::Url(_), Some(Ok(file))) => Cow::Owned(file),
                (PhotoSource::Url(_), Some(Err(Unfetched::Failed(error)))) => {
                    return Err(Unmade::Picture(picture, error.into()));
                }
                (PhotoSource::Url(_), Some(Err(Unfetched::Broken(reason)))) => {
                    return Err(Unmade::Broken(reason));
                }
                (PhotoSource::Url(_), None) => {
                    return Err(Unmade::Broken("a picture was not fetched".to_owned()));
                }
            };
            check_size(picture, &file, limits).map_err(|fault| Unmade::Picture(picture, fault))?;
            files.push(file);
        }
        Ok(files)
    }
}

fn fetch(
    fetcher: Option<&dyn Fetcher>,
    url: &str,
    limits: FetchLimits,
) -> Result<Vec<u8>, Unfetched> {
    let Some(fetcher) = fetcher else {
        return Err(Unfetched::Broken("there is no fetcher".to_owned()));
    };
    let fetched = catch_unwind(AssertUnwindSafe(|| fetcher.fetch(url, limits)));
    let fetched = fetched.map_err(|_| broken())?;
    fetched.map_err(Unfetched::Failed)
}

fn broken() -> Unfetched {
    Unfetched::Broken("fetching a picture broke down".to_owned())
}

/// Whether a picture's own header tells that it can be read and is large enough.
fn check_size(picture: PictureRole, file: &[u8], limits: &Limits) -> Result<(), PictureFault> {
    let header = probe(file, limits).map_err(|error| match picture {
        PictureRole::Photo(_) => PictureFault::from(UserError::from(error)),
        PictureRole::Template => PictureFault::from(TemplateError::from(error)),
    })?;
    let (width, height) = (header.width, header.height);
    if width.min(height) < LEAST_SIDE {
        let least = LEAST_SIDE;
        return Err(PictureFault::SideTooShort {
            width,
            height,
            least,
        });
    }
    Ok(())
}
