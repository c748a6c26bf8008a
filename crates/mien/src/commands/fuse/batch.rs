//! Folders: all fusions on all cores, each failure kept to itself.

use super::job::{Fused, Job, Settings};
use super::plan::Plan;
use crate::failure::Failure;
use engine::{Engine, PreparedTemplate, Workspace};
use indicatif::{ProgressBar, ProgressStyle};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A job with what became of it; jobs whose template cannot be used share one failure.
type Outcome<'p> = (&'p Job, Result<Fused, Arc<Failure>>);

/// Runs every job of the plan; outcomes come in the plan's order.
pub(super) fn run<'p>(
    engine: &Engine,
    plan: &'p Plan,
    settings: &Settings,
    is_quiet: bool,
) -> Vec<Outcome<'p>> {
    let progress = progress_bar(plan.jobs.len(), is_quiet);
    let templates = Templates::new(plan);
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::with_capacity(plan.jobs.len()));
    let workers = thread::available_parallelism()
        .map_or(1, |cores| cores.get())
        .min(plan.jobs.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut workspace = engine.workspace();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = plan.jobs.get(index) else {
                        return;
                    };
                    let outcome = catch_unwind(AssertUnwindSafe(|| {
                        let template = templates.get(engine, settings, job, &mut workspace)?;
                        settings
                            .fuse(engine, plan, job, &template, &mut workspace)
                            .map_err(Arc::new)
                    }));
                    templates.done(job);
                    let outcome = outcome.unwrap_or_else(|panic| {
                        // Half-changed buffers must not reach the next fusion.
                        workspace = engine.workspace();
                        Err(Arc::new(Failure::from_panic(&*panic)))
                    });
                    lock(&outcomes).push((index, outcome));
                    progress.inc(1);
                }
            });
        }
    });
    progress.finish_and_clear();
    let mut outcomes = outcomes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes
        .into_iter()
        .map(|(index, outcome)| (&plan.jobs[index], outcome))
        .collect()
}

/// Drawn on a terminal only.
fn progress_bar(jobs: usize, is_quiet: bool) -> ProgressBar {
    if is_quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(jobs as u64);
    match ProgressStyle::with_template("{wide_bar} {pos}/{len} fusions, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The prepared templates, each made when its first job comes and dropped after its last.
struct Templates<'p> {
    plan: &'p Plan,
    slots: Vec<Mutex<Slot>>,
}

struct Slot {
    prepared: Option<Result<Arc<PreparedTemplate>, Arc<Failure>>>,
    jobs_left: usize,
}

impl<'p> Templates<'p> {
    fn new(plan: &'p Plan) -> Templates<'p> {
        let jobs_of = |template| {
            let jobs = plan.jobs.iter();
            jobs.filter(|job| job.template == template).count()
        };
        let slots = (0..plan.templates.len())
            .map(|template| {
                Mutex::new(Slot {
                    prepared: None,
                    jobs_left: jobs_of(template),
                })
            })
            .collect();
        Templates { plan, slots }
    }

    /// A job's template. While one thread prepares it, others that need it wait.
    fn get(
        &self,
        engine: &Engine,
        settings: &Settings,
        job: &Job,
        workspace: &mut Workspace,
    ) -> Result<Arc<PreparedTemplate>, Arc<Failure>> {
        let mut slot = lock(&self.slots[job.template]);
        let prepared = slot.prepared.get_or_insert_with(|| {
            settings
                .prepare(engine, self.plan, job, workspace)
                .map(Arc::new)
                .map_err(Arc::new)
        });
        prepared.clone()
    }

    fn done(&self, job: &Job) {
        let mut slot = lock(&self.slots[job.template]);
        slot.jobs_left -= 1;
        if slot.jobs_left == 0 {
            slot.prepared = None;
        }
    }
}

/// A panic while it was held left the content whole: every change is a single assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
