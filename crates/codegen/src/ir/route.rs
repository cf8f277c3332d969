//! The tree of path segments.

/// What lies below one place in the paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Segments that are spelled out.
    pub literal: Vec<(String, Route)>,
    /// Any segment.
    pub variable: Option<Box<Route>>,
    /// Method and number of each operation that ends here.
    pub operations: Vec<(String, usize)>,
}
