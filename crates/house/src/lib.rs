//! Tests of the repository itself; there is nothing here for other crates.

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod files;
#[cfg(test)]
mod workspace;
