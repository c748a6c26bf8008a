use crate::ServiceError;
use pixel::{DecodeOptions, decode, encode_jpeg, resize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that small pictures may take together: some thousand of them.
const MOST_BYTES: usize = 32 << 20;

/// Good enough that nobody sees it at these sizes, at a third of what a material takes.
const QUALITY: u8 = 82;

/// How wide a small picture is, in pixels; a few widths only, so that few are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThumbnailWidth(u32);

impl ThumbnailWidth {
    /// All there are.
    pub const ALL: [u32; 3] = [160, 320, 640];

    /// One of them; `None` for any other number.
    pub fn new(pixels: u32) -> Option<ThumbnailWidth> {
        ThumbnailWidth::ALL
            .contains(&pixels)
            .then_some(ThumbnailWidth(pixels))
    }

    /// In pixels.
    pub fn pixels(self) -> u32 {
        self.0
    }
}

/// The picture of a file, no wider than asked and never enlarged, as a JPEG.
pub(super) fn make(file: &[u8], width: ThumbnailWidth) -> Result<Vec<u8>, ServiceError> {
    let header = pixel::probe(file, &pixel::Limits::default())?;
    let (full_width, full_height) = (header.width, header.height);
    let width = full_width.min(width.0 as usize);
    let height = (full_height * width).div_ceil(full_width).max(1);
    let options = DecodeOptions {
        least_long_side: u32::try_from(width.max(height)).ok(),
        ..DecodeOptions::default()
    };
    let decoded = decode(file, &options)?;
    let small = resize(decoded.pixels.view(), width, height);
    let mut bytes = Vec::new();
    encode_jpeg(small.view(), QUALITY, &[], &mut bytes)
        .map_err(|error| ServiceError::Engine(error.to_string()))?;
    Ok(bytes)
}

/// Small pictures that were made, as long as there is room; what was not asked for longest goes first.
#[derive(Debug, Default)]
pub(crate) struct Thumbnails(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    places: HashMap<(String, ThumbnailWidth), Place>,
    bytes: usize,
    /// Counts the requests, to tell which place was used last.
    requests: u64,
}

#[derive(Debug)]
struct Place {
    picture: Arc<[u8]>,
    last_request: u64,
}

impl Thumbnails {
    pub(super) fn get(&self, object: &str, width: ThumbnailWidth) -> Option<Arc<[u8]>> {
        let mut shelf = self.lock();
        shelf.requests += 1;
        let now = shelf.requests;
        let place = shelf.places.get_mut(&(object.to_owned(), width))?;
        place.last_request = now;
        Some(Arc::clone(&place.picture))
    }

    pub(super) fn keep(&self, object: &str, width: ThumbnailWidth, picture: &Arc<[u8]>) {
        let mut shelf = self.lock();
        shelf.requests += 1;
        let place = Place {
            picture: Arc::clone(picture),
            last_request: shelf.requests,
        };
        shelf.bytes += picture.len();
        let before = shelf.places.insert((object.to_owned(), width), place);
        shelf.bytes -= before.map_or(0, |before| before.picture.len());
        shelf.make_room(MOST_BYTES);
    }

    /// Forgets all small pictures of one that is gone.
    pub(super) fn forget(&self, object: &str) {
        let mut shelf = self.lock();
        for pixels in ThumbnailWidth::ALL {
            shelf.remove(&(object.to_owned(), ThumbnailWidth(pixels)));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn make_room(&mut self, most_bytes: usize) {
        while self.bytes > most_bytes {
            let oldest = self.places.iter();
            let oldest = oldest.min_by_key(|(_, place)| place.last_request);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            self.remove(&key);
        }
    }

    fn remove(&mut self, key: &(String, ThumbnailWidth)) {
        if let Some(place) = self.places.remove(key) {
            self.bytes -= place.picture.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixel::{Format, Image, Srgb8, encode_png};

    fn png(width: usize, height: usize) -> Vec<u8> {
        let pixels = (0..width * height).map(|index| Srgb8([(index % 251) as u8, 90, 200]));
        let image = Image::from_pixels(width, height, pixels.collect()).unwrap();
        let mut bytes = Vec::new();
        encode_png(image.view(), None, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_small_picture_keeps_its_form_and_is_never_enlarged() {
        for ((width, height), asked, (wide, high)) in [
            ((960, 1280), 160, (160, 214)),
            ((960, 1280), 640, (640, 854)),
            ((100, 300), 320, (100, 300)),
            ((2000, 9), 160, (160, 1)),
        ] {
            let made = make(&png(width, height), ThumbnailWidth::new(asked).unwrap()).unwrap();
            let small = decode(&made, &DecodeOptions::default()).unwrap();
            let size = (small.pixels.width(), small.pixels.height());
            assert_eq!((size, small.format), ((wide, high), Format::Jpeg));
        }
        assert_eq!(ThumbnailWidth::new(161), None);
        let none = make(b"no picture", ThumbnailWidth(160));
        assert!(
            matches!(none, Err(ServiceError::Undecodable(_))),
            "{none:?}"
        );
    }

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let thumbnails = Thumbnails::default();
        let wide = ThumbnailWidth(640);
        let picture: Arc<[u8]> = vec![0; MOST_BYTES / 4].into();
        for name in ["a", "b", "c", "d"] {
            thumbnails.keep(name, wide, &picture);
        }
        thumbnails.keep("a", wide, &picture);
        assert!(thumbnails.get("b", wide).is_some());
        thumbnails.keep("e", wide, &picture);
        let left: Vec<bool> = ["a", "b", "c", "d", "e"]
            .map(|name| thumbnails.get(name, wide).is_some())
            .to_vec();
        assert_eq!(left, [true, true, false, true, true]);
        thumbnails.forget("a");
        assert!(thumbnails.get("a", wide).is_none());
        assert_eq!(thumbnails.lock().bytes, 3 * picture.len());
        assert!(thumbnails.get("e", ThumbnailWidth(160)).is_none());
    }
}
