//! A bounded cache that never serves what was changed before it was asked.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps up to twice `generation` values. When the young generation is full it becomes the old one, and what the old
/// one held, unasked for since, is dropped.
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    inner: Mutex<Inner<K, V>>,
    generation: usize,
}

#[derive(Debug)]
struct Inner<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    epoch: u64,
}

/// The moment before a value was read, so that what changed meanwhile is not put back.
#[derive(Clone, Copy)]
pub(crate) struct Epoch(u64);

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    pub(crate) fn new(generation: usize) -> Self {
        let inner = Inner {
            young: HashMap::new(),
            old: HashMap::new(),
            epoch: 0,
        };
        Self {
            inner: Mutex::new(inner),
            generation,
        }
    }

    /// The value kept for `key`, or the epoch to give to [`put`](Self::put) once it was read.
    pub(crate) fn get(&self, key: &K) -> Result<V, Epoch> {
        let mut inner = self.lock();
        if let Some(value) = inner.young.get(key) {
            return Ok(value.clone());
        }
        match inner.old.remove_entry(key) {
            Some((key, value)) => {
                self.insert(&mut inner, key, value.clone());
                Ok(value)
            }
            None => Err(Epoch(inner.epoch)),
        }
    }

    /// Keeps what was read since `epoch`, unless something changed since.
    pub(crate) fn put(&self, epoch: Epoch, key: K, value: V) {
        let mut inner = self.lock();
        if inner.epoch == epoch.0 {
            self.insert(&mut inner, key, value);
        }
    }

    /// Forgets what changed.
    pub(crate) fn forget<'a>(&self, keys: impl IntoIterator<Item = &'a K>)
    where
        K: 'a,
    {
        let mut inner = self.lock();
        inner.epoch += 1;
        for key in keys {
            inner.young.remove(key);
            inner.old.remove(key);
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        let mut inner = self.lock();
        inner.epoch += 1;
        inner.young.clear();
        inner.old.clear();
    }

    fn insert(&self, inner: &mut Inner<K, V>, key: K, value: V) {
        if inner.young.len() >= self.generation {
            inner.old = std::mem::take(&mut inner.young);
        }
        inner.young.insert(key, value);
    }

    fn lock(&self) -> MutexGuard<'_, Inner<K, V>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cache: &Cache<u32, u32>, key: u32) -> Option<u32> {
        cache.get(&key).ok()
    }

    fn epoch(cache: &Cache<u32, u32>) -> Epoch {
        cache.get(&u32::MAX).expect_err("never kept")
    }

    #[test]
    fn keeps_what_is_asked_for_and_stays_bounded() {
        let cache = Cache::new(10);
        for key in 0..1000 {
            cache.put(epoch(&cache), key, key);
            assert_eq!(read(&cache, 0), Some(0));
        }
        let kept = (0..1000).filter(|key| read(&cache, *key).is_some()).count();
        assert!((1..=20).contains(&kept), "{kept}");
    }

    #[test]
    fn what_changed_while_it_was_read_is_not_kept() {
        let cache = Cache::new(10);
        let before = epoch(&cache);
        cache.forget([&1]);
        cache.put(before, 1, 1);
        assert_eq!(read(&cache, 1), None);
    }

    #[test]
    fn forgets_in_both_generations() {
        let cache = Cache::new(1);
        cache.put(epoch(&cache), 1, 1);
        cache.put(epoch(&cache), 2, 2);
        cache.forget([&1, &2]);
        assert_eq!((read(&cache, 1), read(&cache, 2)), (None, None));
        cache.put(epoch(&cache), 3, 3);
        cache.clear();
        assert_eq!(read(&cache, 3), None);
    }
}
