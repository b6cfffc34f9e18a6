//! A checked model lowered to a plan, and a plan written as Rust.
