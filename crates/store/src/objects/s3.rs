//! Objects in a bucket of a server that speaks S3.
//!
//! Requests are signed in their addresses, so that the body need not be hashed. Every request may be repeated
//! without harm, and is, where the server or the way to it failed.

use super::{MOST_OBJECT_BYTES, ObjectError, ObjectKey, Objects, S3Place};
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use std::fmt;
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body};

/// How long the address of a request can be used.
const SIGNED_FOR: Duration = Duration::from_secs(300);

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Times that a request is made until its failure is believed.
const TRIES: usize = 3;

/// Bytes of a list or of an error that are read.
const MOST_TEXT_BYTES: u64 = 8 << 20;

/// Who asks.
#[derive(Clone)]
pub struct S3Credentials {
    /// The public half.
    pub key: String,
    /// The secret half.
    pub secret: String,
    /// Of credentials that end.
    pub token: Option<String>,
}

impl fmt::Debug for S3Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("S3Credentials(..)")
    }
}

/// Objects in a bucket.
pub struct S3Objects {
    bucket: Bucket,
    credentials: Credentials,
    /// What the keys begin with, with a slash at the end unless it is empty.
    prefix: String,
    /// As messages name it.
    place: String,
    agent: Agent,
}

impl fmt::Debug for S3Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("S3Objects").field(&self.place).finish()
    }
}

/// What a server answered.
struct Answer {
    status: u16,
    response: Response<Body>,
}

impl S3Objects {
    /// Objects in a place whose bucket is there. Asks nobody yet.
    ///
    /// # Errors
    /// [`ObjectError::Failed`] where bucket and server make no address.
    pub fn new(place: &S3Place, credentials: S3Credentials) -> Result<S3Objects, ObjectError> {
        let style = match place.virtual_host {
            true => UrlStyle::VirtualHost,
            false => UrlStyle::Path,
        };
        let name = format!("s3://{}/{}", place.bucket, place.prefix);
        let (endpoint, region) = (place.endpoint.clone(), place.region.clone());
        let bucket = Bucket::new(endpoint, style, place.bucket.clone(), region);
        let bucket = bucket.map_err(|error| ObjectError::Failed {
            place: name.clone(),
            source: Box::new(error),
        })?;
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        let S3Credentials { key, secret, token } = credentials;
        Ok(S3Objects {
            bucket,
            credentials: match token {
                Some(token) => Credentials::new_with_token(key, secret, token),
                None => Credentials::new(key, secret),
            },
            prefix: match place.prefix.as_str() {
                "" => String::new(),
                prefix => format!("{prefix}/"),
            },
            place: name,
            agent: config.into(),
        })
    }

    fn name_of(&self, key: &ObjectKey) -> String {
        format!("{}{key}", self.prefix)
    }

    /// Makes a request until it is answered with something other than a passing failure.
    fn ask(
        &self,
        request: impl Fn(&Agent) -> Result<Response<Body>, ureq::Error>,
    ) -> Result<Answer, ObjectError> {
        let mut tries = 1;
        loop {
            let answer = request(&self.agent);
            let is_passing = match &answer {
                Ok(response) => matches!(response.status().as_u16(), 500 | 502..=504),
                Err(_) => true,
            };
            if !is_passing || tries == TRIES {
                let response = answer.map_err(|error| self.failed(error))?;
                let status = response.status().as_u16();
                return Ok(Answer { status, response });
            }
            tries += 1;
        }
    }

    fn failed(&self, source: impl std::error::Error + Send + Sync + 'static) -> ObjectError {
        ObjectError::Failed {
            place: self.place.clone(),
            source: Box::new(source),
        }
    }

    /// The error of an answer that is none of those expected.
    fn refused(&self, mut answer: Answer) -> ObjectError {
        let body = answer
            .response
            .body_mut()
            .with_config()
            .limit(MOST_TEXT_BYTES);
        let text = body.read_to_string().unwrap_or_default();
        let code = element(&text, "Code").unwrap_or("no code");
        let place = self.place.clone();
        let source = format!("the server answered {} ({code})", answer.status).into();
        match (answer.status, code) {
            (507, _) | (_, "QuotaExceeded" | "XMinioStorageFull" | "InsufficientStorage") => {
                ObjectError::Full { place, source }
            }
            (401 | 403, _) => ObjectError::Denied { place, source },
            _ => ObjectError::Failed { place, source },
        }
    }

    /// A page of the keys that begin with a text, and by which token the next one comes.
    fn page(
        &self,
        prefix: &str,
        token: Option<&str>,
    ) -> Result<(Vec<ObjectKey>, Option<String>), ObjectError> {
        let mut list = ListObjectsV2::new(&self.bucket, Some(&self.credentials));
        list.with_prefix(prefix);
        if let Some(token) = token {
            list.with_continuation_token(token);
        }
        let url = list.sign(SIGNED_FOR);
        let mut answer = self.ask(|agent| agent.get(url.as_str()).call())?;
        if answer.status != 200 {
            return Err(self.refused(answer));
        }
        let body = answer
            .response
            .body_mut()
            .with_config()
            .limit(MOST_TEXT_BYTES);
        let text = body.read_to_string().map_err(|error| self.failed(error))?;
        let page = ListObjectsV2::parse_response(&text).map_err(|error| self.failed(error))?;
        let names = page.contents.into_iter().map(|object| object.key);
        // What has another name than a key of ours was put here by somebody else.
        let keys = names.filter_map(|name| ObjectKey::parse(name.strip_prefix(&self.prefix)?).ok());
        Ok((keys.collect(), page.next_continuation_token))
    }
}

impl Objects for S3Objects {
    fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), ObjectError> {
        if bytes.len() > MOST_OBJECT_BYTES {
            return Err(too_large(key, bytes.len() as u64));
        }
        let name = self.name_of(key);
        let url = self
            .bucket
            .put_object(Some(&self.credentials), &name)
            .sign(SIGNED_FOR);
        let answer = self.ask(|agent| agent.put(url.as_str()).send(bytes))?;
        match answer.status {
            200 => Ok(()),
            _ => Err(self.refused(answer)),
        }
    }

    fn get(&self, key: &ObjectKey) -> Result<Vec<u8>, ObjectError> {
        let name = self.name_of(key);
        let url = self
            .bucket
            .get_object(Some(&self.credentials), &name)
            .sign(SIGNED_FOR);
        let mut answer = self.ask(|agent| agent.get(url.as_str()).call())?;
        match answer.status {
            200 => {}
            404 => return Err(self.absent(key, answer)),
            _ => return Err(self.refused(answer)),
        }
        let most = MOST_OBJECT_BYTES as u64;
        let told = answer.response.body().content_length();
        if let Some(bytes) = told.filter(|&bytes| bytes > most) {
            return Err(too_large(key, bytes));
        }
        let body = answer.response.body_mut().with_config().limit(most + 1);
        body.read_to_vec().map_err(|error| self.failed(error))
    }

    fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        let name = self.name_of(key);
        let url = self
            .bucket
            .delete_object(Some(&self.credentials), &name)
            .sign(SIGNED_FOR);
        let answer = self.ask(|agent| agent.delete(url.as_str()).call())?;
        match answer.status {
            200 | 204 => Ok(()),
            404 => match self.absent(key, answer) {
                ObjectError::NotFound { .. } => Ok(()),
                error => Err(error),
            },
            _ => Err(self.refused(answer)),
        }
    }

    fn exists(&self, key: &ObjectKey) -> Result<bool, ObjectError> {
        let name = self.name_of(key);
        let url = self
            .bucket
            .head_object(Some(&self.credentials), &name)
            .sign(SIGNED_FOR);
        let answer = self.ask(|agent| agent.head(url.as_str()).call())?;
        match answer.status {
            200 => Ok(true),
            // The answer to HEAD has no body, so it cannot be told from a missing bucket.
            404 => Ok(false),
            _ => Err(self.refused(answer)),
        }
    }

    fn list(&self, prefix: &str) -> Result<Vec<ObjectKey>, ObjectError> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        if !prefix.chars().all(allowed) {
            return Ok(Vec::new());
        }
        let prefix = format!("{}{prefix}", self.prefix);
        let (mut keys, mut next) = self.page(&prefix, None)?;
        while let Some(token) = next {
            let (more, after) = self.page(&prefix, Some(&token))?;
            keys.extend(more);
            next = after;
        }
        keys.sort_unstable();
        Ok(keys)
    }
}

impl S3Objects {
    /// There is no such object; or there is no such bucket, which is another thing.
    fn absent(&self, key: &ObjectKey, mut answer: Answer) -> ObjectError {
        let body = answer
            .response
            .body_mut()
            .with_config()
            .limit(MOST_TEXT_BYTES);
        let text = body.read_to_string().unwrap_or_default();
        match element(&text, "Code") {
            Some("NoSuchBucket") => ObjectError::Failed {
                place: self.place.clone(),
                source: "there is no such bucket; make it first".into(),
            },
            _ => ObjectError::NotFound { key: key.clone() },
        }
    }
}

fn too_large(key: &ObjectKey, bytes: u64) -> ObjectError {
    ObjectError::TooLarge {
        key: key.clone(),
        bytes,
    }
}

/// The text of the first element of a name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    Some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::Location;
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    /// What comes of a server that gives these answers, one for each connection.
    fn got(answers: &'static [&'static str]) -> Result<Vec<u8>, ObjectError> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut head = [0; 4096];
                assert!(stream.read(&mut head).unwrap() > 0);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        let text = format!("s3://b/p?endpoint=http://{address}");
        let Ok(Location::S3(place)) = Location::parse(&text) else {
            panic!("{text}")
        };
        let credentials = S3Credentials {
            key: "k".to_owned(),
            secret: "hidden".to_owned(),
            token: None,
        };
        assert_eq!(format!("{credentials:?}"), "S3Credentials(..)");
        let objects = S3Objects::new(&place, credentials).unwrap();
        let got = objects.get(&ObjectKey::parse("a").unwrap());
        server.join().unwrap();
        got
    }

    #[test]
    fn causes_are_told_apart_and_passing_failures_are_tried_again() {
        const BUSY: &str = "HTTP/1.1 503 x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        const FINE: &str = "HTTP/1.1 200 x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        const ABSENT: &str = "HTTP/1.1 404 x\r\nConnection: close\r\nContent-Length: 22\r\n\r\n<Code>NoSuchKey</Code>";
        const NO_BUCKET: &str = "HTTP/1.1 404 x\r\nConnection: close\r\nContent-Length: 25\r\n\r\n<Code>NoSuchBucket</Code>";
        const DENIED: &str = "HTTP/1.1 403 x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        const FULL: &str = "HTTP/1.1 507 x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        const LARGE: &str =
            "HTTP/1.1 200 x\r\nConnection: close\r\nContent-Length: 33554433\r\n\r\n";
        assert_eq!(got(&[BUSY, BUSY, FINE]).unwrap(), b"ok");
        assert!(matches!(got(&[BUSY; 3]), Err(ObjectError::Failed { .. })));
        assert!(matches!(got(&[ABSENT]), Err(ObjectError::NotFound { .. })));
        assert!(matches!(got(&[NO_BUCKET]), Err(ObjectError::Failed { .. })));
        assert!(matches!(got(&[DENIED]), Err(ObjectError::Denied { .. })));
        assert!(matches!(got(&[FULL]), Err(ObjectError::Full { .. })));
        assert!(matches!(
            got(&[LARGE]),
            Err(ObjectError::TooLarge {
                bytes: 33_554_433,
                ..
            })
        ));
    }
}
