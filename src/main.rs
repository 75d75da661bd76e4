//! The program `fourlap`.
fn main() {}
