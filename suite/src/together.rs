//! Several trials of a check at a time: most of the time of each goes into waiting.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// Runs all of them side by side, to the last one's end or to the first error. What they give is in their order.
pub(crate) async fn together<T, E, F: Future<Output = Result<T, E>> + Send>(
    trials: impl IntoIterator<Item = F>,
) -> Result<Vec<T>, E> {
    let mut running: Vec<(Pin<Box<F>>, Option<T>)> = trials.into_iter().map(|trial| (Box::pin(trial), None)).collect();
    poll_fn(|context| {
        for (trial, given) in running.iter_mut().filter(|(_, given)| given.is_none()) {
            match trial.as_mut().poll(context) {
                Poll::Ready(Ok(value)) => *given = Some(value),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {}
            }
        }
        match running.iter().all(|(_, given)| given.is_some()) {
            true => Poll::Ready(Ok(())),
            false => Poll::Pending,
        }
    })
    .await?;
    Ok(running.into_iter().filter_map(|(_, given)| given).collect())
}
