use crate::PreparedTemplate;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(test)]
mod tests;

/// Prepared templates, kept for the next call as long as there is room.
///
/// All threads share one. It is bounded by the bytes that the templates take
/// ([`PreparedTemplate::memory_bytes`]); what was not used for longest goes first. A template that is
/// in use lives on after it went, so the memory in use can be more by the templates that are being
/// prepared or fused at the moment.
#[derive(Debug)]
pub struct TemplateCache<K> {
    most_bytes: usize,
    shelf: Mutex<Shelf<K>>,
}

/// All slots. Whoever holds it takes no other lock.
#[derive(Debug)]
struct Shelf<K> {
    places: HashMap<K, Place>,
    /// Bytes of all places.
    bytes: usize,
    /// Counts the requests, to tell which place was used last.
    requests: u64,
}

/// A slot on the shelf.
#[derive(Debug)]
struct Place {
    slot: Arc<Slot>,
    /// 0 until the slot is filled. An empty slot is never evicted: someone is about to fill it.
    bytes: usize,
    last_request: u64,
}

/// Where the template of one key comes; its lock is held while it is prepared, so that others who
/// want it wait.
type Slot = Mutex<Option<Arc<PreparedTemplate>>>;

impl<K: Eq + Hash + Clone> TemplateCache<K> {
    /// An empty cache for templates of `most_bytes` in all.
    pub fn new(most_bytes: usize) -> TemplateCache<K> {
        TemplateCache {
            most_bytes,
            shelf: Mutex::new(Shelf {
                places: HashMap::new(),
                bytes: 0,
                requests: 0,
            }),
        }
    }

    /// The template of `key`, prepared where it is missing.
    ///
    /// Of all who ask for a missing key at once, one prepares and the others wait for it. An error
    /// goes to who prepared, and the next who waits tries with their own `prepare`. A template larger
    /// than the whole cache goes to all who wait and is not kept. `prepare` must not ask the cache
    /// for the same key.
    pub fn get_or_prepare<E>(
        &self,
        key: &K,
        prepare: impl FnOnce() -> Result<PreparedTemplate, E>,
    ) -> Result<Arc<PreparedTemplate>, E> {
        let slot = lock(&self.shelf).slot(key);
        let mut content = lock(&slot);
        if let Some(template) = &*content {
            return Ok(Arc::clone(template));
        }
        match prepare() {
            Ok(template) => {
                let template = Arc::new(template);
                let bytes = template.memory_bytes();
                *content = Some(Arc::clone(&template));
                lock(&self.shelf).fill(key, &slot, bytes, self.most_bytes);
                Ok(template)
            }
            Err(error) => {
                lock(&self.shelf).forget_empty(key, &slot);
                Err(error)
            }
        }
    }

    /// Forgets the template of `key`, for when the material changes. One that is being prepared at
    /// the moment goes to those who already wait for it and is not kept.
    pub fn remove(&self, key: &K) {
        lock(&self.shelf).remove(key);
    }

    /// Bytes that the templates in it take, as they count.
    pub fn bytes(&self) -> usize {
        lock(&self.shelf).bytes
    }

    /// How many templates are in it.
    pub fn count(&self) -> usize {
        let shelf = lock(&self.shelf);
        shelf
            .places
            .values()
            .filter(|place| place.bytes > 0)
            .count()
    }
}

impl<K: Eq + Hash + Clone> Shelf<K> {
    /// The slot of `key`, a new one where there is none.
    fn slot(&mut self, key: &K) -> Arc<Slot> {
        self.requests += 1;
        if let Some(place) = self.places.get_mut(key) {
            place.last_request = self.requests;
            return Arc::clone(&place.slot);
        }
        let slot = Arc::new(Slot::default());
        let place = Place {
            slot: Arc::clone(&slot),
            bytes: 0,
            last_request: self.requests,
        };
        self.places.insert(key.clone(), place);
        slot
    }

    /// Counts what was put into a slot, and makes room for it.
    fn fill(&mut self, key: &K, slot: &Arc<Slot>, bytes: usize, most_bytes: usize) {
        // The key may have been removed meanwhile, and even have a new slot.
        let Some(place) = self.places.get_mut(key) else {
            return;
        };
        if !Arc::ptr_eq(&place.slot, slot) {
            return;
        }
        if bytes > most_bytes {
            self.places.remove(key);
            return;
        }
        self.requests += 1;
        place.last_request = self.requests;
        place.bytes = bytes;
        self.bytes += bytes;
        while self.bytes > most_bytes && self.evict() {}
    }

    /// Drops the template that was not used for longest; false when there is none.
    ///
    /// It looks at all places: that is nothing beside the preparing that went before.
    fn evict(&mut self) -> bool {
        let filled = self.places.iter().filter(|(_, place)| place.bytes > 0);
        let oldest = filled.min_by_key(|(_, place)| place.last_request);
        let Some(key) = oldest.map(|(key, _)| key.clone()) else {
            return false;
        };
        self.remove(&key);
        true
    }

    /// Takes away the slot of a preparing that failed, unless others wait at it.
    fn forget_empty(&mut self, key: &K, slot: &Arc<Slot>) {
        // One is the shelf's and one the caller's; more come only from under the shelf's lock.
        let is_awaited = Arc::strong_count(slot) > 2;
        let is_same = |place: &Place| Arc::ptr_eq(&place.slot, slot);
        if !is_awaited && self.places.get(key).is_some_and(is_same) {
            self.places.remove(key);
        }
    }

    fn remove(&mut self, key: &K) {
        if let Some(place) = self.places.remove(key) {
            self.bytes -= place.bytes;
        }
    }
}

/// A panic while it was held left the content whole: a slot is filled by a single assignment, and
/// nothing on the shelf panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
