//! Which cores a process may use.

/// The core of a server that has one, where threads can be bound and there is another for its clients.
pub(super) fn first() -> Option<usize> {
    #[cfg(target_os = "linux")]
    if let Ok(set) = rustix::thread::sched_getaffinity(None) {
        let mut cores = (0..rustix::thread::CpuSet::MAX_CPU).filter(|&core| set.is_set(core));
        return cores.next().filter(|_| cores.next().is_some());
    }
    None
}

/// Does work, such as starting a process, that is bound to a core; then the thread is as free as before.
pub(super) fn bound_to<T>(core: Option<usize>, work: impl FnOnce() -> T) -> T {
    bind(core, true, work)
}

/// Does work on any core but one.
pub(super) fn away_from<T>(core: Option<usize>, work: impl FnOnce() -> T) -> T {
    bind(core, false, work)
}

#[cfg(target_os = "linux")]
fn bind<T>(core: Option<usize>, to_it: bool, work: impl FnOnce() -> T) -> T {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let (Some(core), Ok(before)) = (core, sched_getaffinity(None)) else {
        return work();
    };
    let mut set = if to_it { CpuSet::new() } else { before };
    if to_it {
        set.set(core);
    } else {
        set.unset(core);
    }
    // Where it cannot be bound the figure is what the machine gives.
    let _ = sched_setaffinity(None, &set);
    let done = work();
    let _ = sched_setaffinity(None, &before);
    done
}

#[cfg(not(target_os = "linux"))]
fn bind<T>(_core: Option<usize>, _to_it: bool, work: impl FnOnce() -> T) -> T {
    work()
}
