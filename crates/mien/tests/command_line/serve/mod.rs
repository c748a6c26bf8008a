//! `mien serve` as a client meets it: the real process, over sockets, signed.

mod answers;
mod client;
mod process;
mod refusals;
mod snippets;
mod watched;
mod sign_in;
