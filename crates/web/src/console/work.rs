use super::Problem;
use crate::server::Shared;
use service::Service;
use std::sync::Arc;

/// Does a use case on a thread that may wait, for the books wait for the disk.
pub(crate) async fn work<T, E>(
    shared: &Arc<Shared>,
    task: impl FnOnce(&Service) -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    let service = Arc::clone(shared.service());
    let done = tokio::task::spawn_blocking(move || task(&service)).await;
    match done {
        Ok(done) => done.map_err(Into::into),
        Err(error) => Err(Problem::internal(&error.to_string())),
    }
}
