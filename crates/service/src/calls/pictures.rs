//! The files of a call's pictures.

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

/// Why nothing came of a fetch.
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

    /// The files of pictures, in their order, fetched where they did not come with the call, all of a
    /// size that can be read. The first that fails is told.
    pub(super) fn pictures<'a>(
        &self,
        sources: &[(PictureRole, PhotoSource<'a>)],
        limits: &Limits,
    ) -> Result<Vec<Cow<'a, [u8]>>, Unmade> {
        let any_url = (sources.iter()).any(|(_, source)| matches!(source, PhotoSource::Url(_)));
        let fetched = if any_url {
            measure(Stage::Fetch, || self.fetch_all(sources, limits))
        } else {
            self.fetch_all(sources, limits)
        };
        let mut files = Vec::with_capacity(sources.len());
        for (&(picture, _), file) in sources.iter().zip(fetched) {
            let file = file.map_err(|unfetched| match unfetched {
                Unfetched::Failed(error) => Unmade::Picture(picture, error.into()),
                Unfetched::Broken(reason) => Unmade::Broken(reason),
            })?;
            check_size(picture, &file, limits).map_err(|fault| Unmade::Picture(picture, fault))?;
            files.push(file);
        }
        Ok(files)
    }

    /// Fetches all at once, so that a call waits for the slowest and not for the sum.
    fn fetch_all<'a>(
        &self,
        sources: &[(PictureRole, PhotoSource<'a>)],
        limits: &Limits,
    ) -> Vec<Result<Cow<'a, [u8]>, Unfetched>> {
        let limits = FetchLimits {
            max_bytes: limits.max_bytes,
            ..FetchLimits::default()
        };
        let fetcher = self.ports.fetcher.as_deref();
        thread::scope(|scope| {
            let started: Vec<_> = sources
                .iter()
                .map(|(_, source)| match *source {
                    PhotoSource::Bytes(bytes) => Ok(bytes),
                    PhotoSource::Url(url) => Err(thread::Builder::new()
                        .name("fetch".to_owned())
                        .spawn_scoped(scope, move || fetch(fetcher, url, limits))),
                })
                .collect();
            let ended = started.into_iter().map(|source| match source {
                Ok(bytes) => Ok(Cow::Borrowed(bytes)),
                Err(Ok(thread)) => thread.join().unwrap_or_else(|_| Err(broken())),
                Err(Err(error)) => Err(Unfetched::Broken(format!("no thread to fetch: {error}"))),
            });
            ended.collect()
        })
    }
}

fn fetch<'a>(
    fetcher: Option<&dyn Fetcher>,
    url: &str,
    limits: FetchLimits,
) -> Result<Cow<'a, [u8]>, Unfetched> {
    let Some(fetcher) = fetcher else {
        return Err(Unfetched::Broken("there is no fetcher".to_owned()));
    };
    let fetched = catch_unwind(AssertUnwindSafe(|| fetcher.fetch(url, limits)));
    let fetched = fetched.map_err(|_| broken())?;
    fetched.map(Cow::Owned).map_err(Unfetched::Failed)
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
