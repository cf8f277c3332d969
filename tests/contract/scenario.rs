//! A scenario is an async function that panics; a module lists its own.

use std::future::Future;
use std::sync::LazyLock;

use libtest_mimic::Trial;
use tokio::runtime::Runtime;

/// Lists a module's scenarios as its `trials()`.
macro_rules! scenarios {
    ($($name:ident),* $(,)?) => {
        /// The scenarios of this module.
        pub fn trials() -> Vec<libtest_mimic::Trial> {
            vec![$($crate::scenario::trial(module_path!(), stringify!($name), $name)),*]
        }
    };
}

/// One runtime for all scenarios: clients and the store's handles live as long as the run.
pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
});

/// A scenario as a trial, named by its module below the crate and its function.
pub fn trial<F, Fut>(module: &str, name: &str, scenario: F) -> Trial
where
    F: FnOnce() -> Fut + Send + 'static,
    Fut: Future<Output = ()>,
{
    let module = module.split_once("::").map_or(module, |(_, module)| module);
    Trial::test(format!("{module}::{name}"), move || {
        RUNTIME.block_on(scenario());
        Ok(())
    })
}
