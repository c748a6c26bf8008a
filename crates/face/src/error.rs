/// Why the nets cannot be used. They are built in, so that it means a faulty build.
#[derive(Debug, thiserror::Error)]
pub enum FinderError {
    /// A file is no net.
    #[error("the {name} cannot be loaded: {source}")]
    Net {
        /// Which net.
        name: &'static str,
        /// What is wrong with it.
        source: net::LoadError,
    },
    /// A net takes or gives something else than it should.
    #[error("the {name} has inputs or outputs of another shape than expected")]
    Shape {
        /// Which net.
        name: &'static str,
    },
}
