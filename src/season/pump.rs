//! Work spread over all cores while memory stays bounded: whoever makes jobs waits while too much is under way.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rayon::Yield;

/// Whoever waits for room looks again after this long, since in a pool work may have come that it can do itself.
const WAIT: Duration = Duration::from_millis(10);

/// As much memory as a few analyses free is kept for the next, in bytes.
const KEPT_BYTES: usize = 8 << 20;

/// Hands a job to the workers, with the bytes that it holds in memory, waiting while there is no room. It breaks
/// off once nothing more is to be done.
pub(super) type Submit<'a, J> = &'a mut dyn FnMut(u64, J) -> ControlFlow<()>;

/// Runs `produce`, which submits jobs from this thread, and `work` on each of them on all cores.
///
/// At most `most_bytes` are under way at once, and a few jobs for each core; a job larger than that runs alone
/// among its like. Jobs are skipped once `stopped` says so.
pub(super) fn pump<J: Send>(
    most_bytes: u64,
    stopped: &(dyn Fn() -> bool + Sync),
    produce: impl FnOnce(Submit<'_, J>),
    work: impl Fn(J) + Sync,
) {
    keep_freed_memory();
    let room = Room::new(most_bytes, 4 * rayon::current_num_threads());
    // The calling thread reads archives; the pool's threads do the work. Called from a thread of the pool, as the
    // command does, it takes part in the work only once all is read.
    rayon::in_place_scope(|scope| {
        let (room, work) = (&room, &work);
        produce(&mut |bytes, job| {
            if stopped() {
                return ControlFlow::Break(());
            }
            let taken = room.take(bytes);
            scope.spawn(move |_| {
                let _taken = taken;
                if !stopped() {
                    work(job);
                }
            });
            ControlFlow::Continue(())
        });
    });
}

/// Lets the allocator keep what one file's analysis frees for the next.
///
/// glibc gives the free end of a heap back to the system once it is twice as long as the largest block that was ever
/// freed, and asks for it anew: a few thousand page faults a second, a quarter of all the time. A block that is freed
/// untouched costs nothing and raises that limit. Other allocators take no notice.
fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity(KEPT_BYTES / 2)));
}

/// How much may be under way at once.
struct Room {
    free: Mutex<Free>,
    given_back: Condvar,
    most_bytes: u64,
}

struct Free {
    bytes: u64,
    jobs: usize,
}

/// A part of the room, given back when it is dropped.
struct Taken<'a> {
    room: &'a Room,
    bytes: u64,
}

impl Room {
    fn new(bytes: u64, jobs: usize) -> Room {
        Room { free: Mutex::new(Free { bytes, jobs }), given_back: Condvar::new(), most_bytes: bytes }
    }

    /// Waits until there is room.
    fn take(&self, bytes: u64) -> Taken<'_> {
        let bytes = bytes.min(self.most_bytes);
        let mut free = self.free();
        while free.jobs == 0 || free.bytes < bytes {
            drop(free);
            // A thread of the pool must not sleep while jobs wait for it: there may be no other.
            let helped = rayon::yield_now() == Some(Yield::Executed);
            free = self.free();
            if !helped && (free.jobs == 0 || free.bytes < bytes) {
                let waited = self.given_back.wait_timeout(free, WAIT);
                free = waited.map_or_else(|poisoned| poisoned.into_inner().0, |(free, _)| free);
            }
        }
        free.bytes -= bytes;
        free.jobs -= 1;
        Taken { room: self, bytes }
    }

    /// The counts stay right even where a worker panicked, because they are only ever moved back and forth.
    fn free(&self) -> MutexGuard<'_, Free> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut free = self.room.free();
        free.bytes += self.bytes;
        free.jobs += 1;
        drop(free);
        self.room.given_back.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

    #[test]
    fn every_job_is_done_once() {
        let sum = AtomicU64::new(0);
        let produce = |submit: Submit<'_, u64>| {
            for job in 1..=500 {
                assert!(submit(job % 90, job).is_continue());
            }
        };
        pump(100, &|| false, produce, |job| {
            sum.fetch_add(job, Ordering::SeqCst);
        });
        assert_eq!(sum.into_inner(), 500 * 501 / 2);
    }

    #[test]
    fn a_pool_of_one_thread_is_enough_even_from_within() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let done = AtomicUsize::new(0);
        let produce = |submit: Submit<'_, ()>| {
            for _ in 0..50 {
                assert!(submit(60, ()).is_continue());
            }
        };
        pool.install(|| {
            pump(100, &|| false, produce, |()| {
                done.fetch_add(1, Ordering::SeqCst);
            });
        });
        assert_eq!(done.into_inner(), 50);
    }

    fn free(room: &Room) -> (u64, usize) {
        let free = room.free();
        (free.bytes, free.jobs)
    }

    #[test]
    fn no_more_bytes_than_allowed_are_taken() {
        let room = Room::new(100, 3);
        let taken = room.take(60);
        assert_eq!(room.free().bytes, 40);
        drop(taken);
        let (a, b, c) = (room.take(1), room.take(1), room.take(1));
        assert_eq!(free(&room), (97, 0));
        drop((a, b, c));
        // Larger than the room: it waits for all of it and is let in.
        assert_eq!(room.take(1000).bytes, 100);
        assert_eq!(free(&room), (100, 3));
    }

    #[test]
    fn nothing_is_begun_after_a_stop() {
        let done = AtomicUsize::new(0);
        let submitted = AtomicUsize::new(0);
        pump(
            100,
            &|| done.load(Ordering::SeqCst) >= 3,
            |submit| {
                while submit(1, ()).is_continue() {
                    submitted.fetch_add(1, Ordering::SeqCst);
                }
            },
            |()| {
                done.fetch_add(1, Ordering::SeqCst);
            },
        );
        // What was under way at that moment may still end.
        assert!(done.into_inner() < 3 + rayon::current_num_threads() + 1);
        assert!(submitted.into_inner() >= 3);
    }
}
