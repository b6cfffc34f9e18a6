//! What an operation says of itself.

#![allow(clippy::unwrap_used, reason = "a test may")]

use tapwright_openapi::Document;

#[test]
fn it_knows_the_page_that_documents_it() {
    let text = "openapi: 3.1.0\npaths: { /a: { get: { externalDocs: { url: 'https://acme.example/a' } }, put: {} } }";
    let document = Document::read(text).unwrap();
    let docs: Vec<_> = document.operations().map(|operation| operation.docs()).collect();
    assert_eq!(docs, [Some("https://acme.example/a"), None]);
}
