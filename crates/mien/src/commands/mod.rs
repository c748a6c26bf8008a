//! One module for each command.

pub(crate) mod bench;
pub(crate) mod completions;
pub(crate) mod detect;
pub(crate) mod fuse;
