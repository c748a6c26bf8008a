//! Where objects are, as one address.

use percent_encoding::percent_decode_str;
use std::path::PathBuf;
use thiserror::Error;
use url::Url;

/// The region that servers of one's own mostly go by.
const USUAL_REGION: &str = "us-east-1";

/// A place for objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `file:///srv/pictures`
    Folder(PathBuf),
    /// `s3://bucket/prefix?endpoint=https%3A%2F%2Fs3.example&region=eu-1`
    S3(S3Place),
}

/// A part of a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Place {
    /// The bucket; it must be there.
    pub bucket: String,
    /// What all keys begin with, without a slash at the end; may be empty.
    pub prefix: String,
    /// The server.
    pub endpoint: Url,
    /// The region that requests are signed for.
    pub region: String,
    /// Whether the bucket is a part of the host's name, and not of the path.
    pub virtual_host: bool,
}

/// Why a text is no [`Location`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LocationError {
    /// It begins with something else.
    #[error("{0} is no place for pictures; write file:///folder or s3://bucket/prefix")]
    Scheme(String),
    /// A folder that is not named from the root.
    #[error("{0} names no folder; write all of its path, as file:///srv/pictures")]
    Folder(String),
    /// No bucket.
    #[error("{0} names no bucket; write s3://bucket/prefix")]
    Bucket(String),
    /// A prefix that no key can begin with.
    #[error("the prefix {0:?} cannot be; use letters, digits, and . _ - between slashes")]
    Prefix(String),
    /// A field of the query that there is not.
    #[error("there is no {0}; endpoint, region and style=virtual can be given")]
    Field(String),
    /// An endpoint that cannot be.
    #[error("the endpoint {0} is no http or https address; write one as https://s3.example:9000")]
    Endpoint(String),
}

impl Location {
    /// Reads an address.
    ///
    /// # Errors
    /// [`LocationError`] says what cannot be.
    pub fn parse(text: &str) -> Result<Location, LocationError> {
        if let Some(path) = text.strip_prefix("file://") {
            let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
            return match path.starts_with('/') && path.len() > 1 {
                true => Ok(Location::Folder(PathBuf::from(path))),
                false => Err(LocationError::Folder(text.to_owned())),
            };
        }
        match text.strip_prefix("s3://") {
            Some(rest) => S3Place::parse(text, rest).map(Location::S3),
            None => Err(LocationError::Scheme(text.to_owned())),
        }
    }
}

impl S3Place {
    fn parse(text: &str, rest: &str) -> Result<S3Place, LocationError> {
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let prefix = prefix.trim_end_matches('/');
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if bucket.is_empty() || !bucket.chars().all(allowed) {
            return Err(LocationError::Bucket(text.to_owned()));
        }
        if !prefix.is_empty() && super::ObjectKey::parse(prefix).is_err() {
            return Err(LocationError::Prefix(prefix.to_owned()));
        }
        let (mut endpoint, mut region, mut virtual_host) = (None, USUAL_REGION.to_owned(), false);
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match (name.as_ref(), value.as_ref()) {
                ("endpoint", value) => endpoint = Some(value.to_owned()),
                ("region", value) if !value.is_empty() => value.clone_into(&mut region),
                ("style", "virtual") => virtual_host = true,
                (name, value) => return Err(LocationError::Field(format!("{name}={value}"))),
            }
        }
        let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let is_http = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        // Credentials stand in the environment, where no process list shows them.
        let is_bare = |url: &Url| url.username().is_empty() && url.password().is_none();
        let url = Url::parse(&endpoint).ok();
        let url = url.filter(|url| is_http(url) && is_bare(url));
        Ok(S3Place {
            bucket: bucket.to_owned(),
            prefix: prefix.to_owned(),
            endpoint: url.ok_or(LocationError::Endpoint(endpoint))?,
            region,
            virtual_host,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let folder = Location::Folder(PathBuf::from("/srv/our pictures"));
        assert_eq!(Location::parse("file:///srv/our%20pictures"), Ok(folder));
        let place = |text: &str| match Location::parse(text) {
            Ok(Location::S3(place)) => place,
            other => panic!("{text}: {other:?}"),
        };
        let usual = place("s3://faces");
        assert_eq!(
            (usual.bucket.as_str(), usual.prefix.as_str()),
            ("faces", "")
        );
        assert_eq!(
            usual.endpoint.as_str(),
            "https://s3.us-east-1.amazonaws.com/"
        );
        let own = place("s3://faces/a/b/?endpoint=http://127.0.0.1:9000&region=eu-1&style=virtual");
        assert_eq!(own.prefix, "a/b");
        assert_eq!(own.endpoint.as_str(), "http://127.0.0.1:9000/");
        assert_eq!((own.region.as_str(), own.virtual_host), ("eu-1", true));
    }

    #[test]
    fn texts_that_are_no_places() {
        use LocationError::*;
        let text = str::to_owned;
        for (place, error) in [
            ("", Scheme(text(""))),
            ("/srv", Scheme(text("/srv"))),
            ("ftp://x", Scheme(text("ftp://x"))),
            ("file://srv", Folder(text("file://srv"))),
            ("file:///", Folder(text("file:///"))),
            ("s3:///x", Bucket(text("s3:///x"))),
            ("s3://a b", Bucket(text("s3://a b"))),
            ("s3://a/../b", Prefix(text("../b"))),
            ("s3://a?colour=red", Field(text("colour=red"))),
            ("s3://a?endpoint=ftp://x", Endpoint(text("ftp://x"))),
            (
                "s3://a?endpoint=http://k:s@x",
                Endpoint(text("http://k:s@x")),
            ),
        ] {
            assert_eq!(Location::parse(place), Err(error), "{place}");
        }
    }
}
