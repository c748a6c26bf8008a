use super::*;
use crate::portraits::{collage, png};
use crate::{Engine, TemplateOptions};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// Prepares small templates, all of one size.
struct Preparer {
    engine: Engine,
    portrait: Vec<u8>,
    prepared: AtomicUsize,
}

impl Preparer {
    fn new() -> Preparer {
        Preparer {
            engine: Engine::new().unwrap(),
            portrait: png(&collage([260, 260], &[("T1", 260, [0, 0])])),
            prepared: AtomicUsize::new(0),
        }
    }

    fn prepare(&self) -> Result<PreparedTemplate, Infallible> {
        self.prepared.fetch_add(1, Ordering::SeqCst);
        let (options, mut workspace) = (TemplateOptions::default(), self.engine.workspace());
        let template = self
            .engine
            .prepare(&self.portrait, &options, &mut workspace);
        Ok(template.unwrap())
    }

    fn get<K: Eq + Hash + Copy>(&self, cache: &TemplateCache<K>, key: K) -> Arc<PreparedTemplate> {
        let Ok(template) = cache.get_or_prepare(&key, || self.prepare());
        template
    }

    /// How often it prepared.
    fn count(&self) -> usize {
        self.prepared.load(Ordering::SeqCst)
    }

    /// Bytes of one of its templates.
    fn bytes(&self) -> usize {
        let Ok(template) = self.prepare();
        self.prepared.store(0, Ordering::SeqCst);
        template.memory_bytes()
    }
}

#[test]
fn a_template_is_prepared_once_and_shared() {
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    let first = preparer.get(&cache, "one");
    let again = preparer.get(&cache, "one");
    assert!(Arc::ptr_eq(&first, &again));
    let other = preparer.get(&cache, "two");
    assert!(!Arc::ptr_eq(&first, &other));
    assert_eq!((preparer.count(), cache.count()), (2, 2));
    assert_eq!(cache.bytes(), first.memory_bytes() + other.memory_bytes());
}

#[test]
fn what_was_not_used_for_longest_goes_first() {
    let preparer = Preparer::new();
    let bytes = preparer.bytes();
    let cache = TemplateCache::new(3 * bytes);
    for key in [1, 2, 3] {
        preparer.get(&cache, key);
    }
    preparer.get(&cache, 1);
    assert_eq!((preparer.count(), cache.bytes()), (3, 3 * bytes));
    // Drops 2, then 3.
    preparer.get(&cache, 4);
    preparer.get(&cache, 1);
    preparer.get(&cache, 5);
    assert_eq!((cache.count(), cache.bytes()), (3, 3 * bytes));
    assert_eq!(preparer.count(), 5);
    for (key, count) in [(1, 5), (4, 5), (5, 5), (2, 6), (3, 7)] {
        preparer.get(&cache, key);
        assert_eq!(preparer.count(), count, "key {key}");
    }
}

#[test]
fn a_template_larger_than_the_cache_drops_nothing() {
    let preparer = Preparer::new();
    let bytes = preparer.bytes();
    let cache = TemplateCache::new(bytes - 1);
    preparer.get(&cache, 1);
    preparer.get(&cache, 1);
    assert_eq!((preparer.count(), cache.count(), cache.bytes()), (2, 0, 0));
    assert!(lock(&cache.shelf).places.is_empty());
}

#[test]
fn an_evicted_template_lives_on_where_it_is_used() {
    let preparer = Preparer::new();
    let cache = TemplateCache::new(preparer.bytes());
    let held = preparer.get(&cache, 1);
    preparer.get(&cache, 2);
    assert_eq!(cache.count(), 1);
    assert_eq!(Arc::strong_count(&held), 1);
    assert_eq!(held.faces().len(), 1);
}

#[test]
fn a_removed_template_is_prepared_anew() {
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    preparer.get(&cache, 1);
    cache.remove(&1);
    cache.remove(&2);
    assert_eq!((cache.count(), cache.bytes()), (0, 0));
    preparer.get(&cache, 1);
    assert_eq!(preparer.count(), 2);
}

#[test]
fn errors_and_panics_are_not_kept() {
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    let failed = cache.get_or_prepare(&1, || Err("no such file"));
    assert_eq!(failed.unwrap_err(), "no such file");
    assert!(lock(&cache.shelf).places.is_empty());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        cache.get_or_prepare::<Infallible>(&1, || panic!("as a test"))
    }));
    assert!(panicked.is_err());
    assert_eq!((cache.count(), cache.bytes()), (0, 0));
    preparer.get(&cache, 1);
    preparer.get(&cache, 1);
    assert_eq!((preparer.count(), cache.count()), (1, 1));
}

#[test]
fn callers_at_once_share_one_preparing() {
    const CALLERS: usize = 8;
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    let start = Barrier::new(CALLERS);
    let templates: Vec<_> = thread::scope(|scope| {
        let call = || {
            start.wait();
            preparer.get(&cache, "key")
        };
        let callers: Vec<_> = (0..CALLERS).map(|_| scope.spawn(call)).collect();
        callers
            .into_iter()
            .map(|caller| caller.join().unwrap())
            .collect()
    });
    assert_eq!(preparer.count(), 1);
    assert!(templates.iter().all(|one| Arc::ptr_eq(one, &templates[0])));
    assert_eq!(cache.bytes(), templates[0].memory_bytes());
}

/// The second caller is let in while the first prepares.
fn during_preparing(
    cache: &TemplateCache<u8>,
    first: impl FnOnce() -> Result<PreparedTemplate, &'static str> + Send,
    meanwhile: impl FnOnce(),
) -> Result<Arc<PreparedTemplate>, &'static str> {
    let (begun, has_begun) = channel();
    let (go_on, may_go_on) = channel();
    thread::scope(|scope| {
        let caller = scope.spawn(move || {
            cache.get_or_prepare(&1, || {
                begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                first()
            })
        });
        has_begun.recv().unwrap();
        meanwhile();
        go_on.send(()).unwrap();
        caller.join().unwrap()
    })
}

#[test]
fn a_template_removed_while_it_is_prepared_is_not_kept() {
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    let stale = during_preparing(
        &cache,
        || Ok(preparer.prepare().unwrap()),
        || cache.remove(&1),
    );
    assert_eq!((cache.count(), cache.bytes()), (0, 0));
    let fresh = preparer.get(&cache, 1);
    assert!(!Arc::ptr_eq(&stale.unwrap(), &fresh));
    // The same, with the newer one in its place before the older is done.
    cache.remove(&1);
    let stale = during_preparing(
        &cache,
        || Ok(preparer.prepare().unwrap()),
        || {
            cache.remove(&1);
            preparer.get(&cache, 1);
        },
    );
    let kept = preparer.get(&cache, 1);
    assert!(!Arc::ptr_eq(&stale.unwrap(), &kept));
    assert_eq!(cache.bytes(), kept.memory_bytes());
}

#[test]
fn one_key_does_not_wait_for_another() {
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    let failed = during_preparing(
        &cache,
        || Err("no such file"),
        || drop(preparer.get(&cache, 2)),
    );
    assert_eq!(failed.unwrap_err(), "no such file");
    assert_eq!(cache.count(), 1);
}

#[test]
fn who_waits_for_a_preparing_that_fails_prepares() {
    let (preparer, cache) = (Preparer::new(), TemplateCache::new(1 << 30));
    thread::scope(|scope| {
        let failed = during_preparing(
            &cache,
            || Err("no such file"),
            || {
                scope.spawn(|| preparer.get(&cache, 1));
            },
        );
        assert!(failed.is_err());
    });
    preparer.get(&cache, 1);
    assert_eq!((preparer.count(), cache.count()), (1, 1));
}

#[test]
fn callers_of_many_keys_keep_the_books_right() {
    let preparer = Preparer::new();
    let bytes = preparer.bytes();
    let cache = TemplateCache::new(2 * bytes);
    thread::scope(|scope| {
        for caller in 0..4 {
            let (preparer, cache) = (&preparer, &cache);
            scope.spawn(move || {
                for step in 0..12 {
                    let key = (caller * 5 + step * 3) % 4;
                    match step % 5 {
                        4 => cache.remove(&key),
                        _ => drop(preparer.get(cache, key)),
                    }
                }
            });
        }
    });
    let shelf = lock(&cache.shelf);
    let places: usize = shelf.places.values().map(|place| place.bytes).sum();
    assert_eq!(shelf.bytes, places);
    assert!(places <= 2 * bytes);
    assert!(shelf.places.values().all(|place| place.bytes == bytes));
}
