//! Connections: accepts them on loopback, speaks HTTP/1.1 and hands each request on. It must not know what is served.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::answer::{Closed, Delivered};
use crate::control;
use crate::world::World;

/// The longest body that is read.
const LONGEST: usize = 1 << 20;

/// Serves until it is dropped; then all connections end.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, most likely: some will be free again.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let _unbuffered = stream.set_nodelay(true);
        let world = Arc::clone(&world);
        connections.spawn(async move {
            let service = service_fn(move |request| answer(Arc::clone(&world), request));
            let connection =
                http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
            // An error here is a client that left, or a connection that was closed on purpose.
            let _closed = connection.await;
        });
    }
}

async fn answer(world: Arc<World>, request: Request<Incoming>) -> Result<Response<Delivered>, Closed> {
    let came = Instant::now();
    if control::owns(request.uri().path()) {
        return control::answer(&world, request).await.into_response().ok_or(Closed);
    }
    if !world.latency.is_zero() {
        tokio::time::sleep(world.latency).await;
    }
    let (head, body) = request.into_parts();
    let body = match head.method {
        Method::GET | Method::HEAD => Bytes::new(),
        _ => Limited::new(body, LONGEST).collect().await.map_err(|_| Closed)?.to_bytes(),
    };
    let (path, query) = (head.uri.path(), head.uri.query().unwrap_or_default());
    let answer = world.answer(&head.method, path, query, &head.headers, &body);
    let status = answer.status;
    let response = answer.into_response();
    let (query, body) = (world.access.strip(query), world.access.strip_body(&head.headers, &body));
    let status = if response.is_some() { status } else { 0 };
    world.log.note((head.method.as_str(), path, &query), &body, status, came);
    response.ok_or(Closed)
}
