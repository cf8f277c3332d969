//! The paths of the servers, below which the templates stand.

use openapiv3::Server;

use super::operations::Place;
use super::paths::Paths;
use crate::diagnostic::{Code, Diagnostics};
use crate::dialect::Lowered;

/// The distinct base paths of the servers that hold for an operation, without a final `/`.
pub fn base_paths(lowered: &Lowered, place: &Place<'_>) -> Vec<String> {
    let servers = [
        &place.operation.servers,
        &place.item.servers,
        &lowered.openapi().servers,
    ];
    let servers = servers.into_iter().find(|servers| !servers.is_empty());
    let mut paths: Vec<String> = Vec::new();
    for server in servers.into_iter().flatten() {
        let path = base_path(server);
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        paths.push(String::new());
    }
    paths
}

/// Finds the servers whose URL has a variable that is not declared.
pub fn check(lowered: &Lowered, paths: &Paths, found: &mut Diagnostics) {
    check_all(lowered, &lowered.openapi().servers, "", found);
    for item in paths.items() {
        let item = &item.item;
        check_all(lowered, &item.object.servers, &item.pointer, found);
        for one in &item.operations {
            check_all(lowered, &one.object.servers, &one.pointer, found);
        }
    }
}

fn check_all(lowered: &Lowered, servers: &[Server], pointer: &str, found: &mut Diagnostics) {
    for (index, server) in servers.iter().enumerate() {
        let pointer = format!("{pointer}/servers/{index}");
        let declared = server.variables.iter().flatten();
        let rest = declared.fold(server.url.clone(), |url, (name, _)| {
            url.replace(&format!("{{{name}}}"), "")
        });
        if let Some((_, from)) = rest.split_once('{') {
            let name = from.split('}').next().unwrap_or("");
            let finding = lowered.error(
                Code::UndeclaredVariable,
                &format!("{pointer}/url"),
                format!("the server's URL has the variable `{name}`, which is not declared"),
                "declare it in the server's `variables`, with a `default`",
            );
            // A host says nothing about where the templates stand; a path does.
            let is_path = base_path(server).contains('{');
            found.push(if is_path { finding } else { finding.warning() });
        }
    }
}

fn base_path(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|start| rest.get(start..))
            .unwrap_or(""),
        None => url.as_str(),
    };
    let path = path.split(['?', '#']).next().unwrap_or("");
    let path = path.trim_end_matches('/').trim_start_matches("./");
    if path.is_empty() || path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::testing;

    #[test]
    fn variables_are_declared() {
        let server = |text: &str| {
            let paths = "paths: { /a: { get: { responses: { '204': { description: x } } } } }";
            format!("servers: [{{ {text} }}]\n{paths}")
        };
        assert_eq!(
            testing::codes(&server("url: 'https://a.example/{b}'")),
            ["undeclared-variable"]
        );
        assert_eq!(
            testing::warnings(&server("url: 'https://{b}/c'")),
            ["undeclared-variable"]
        );
        let declared = "url: '/{b}', variables: { b: { default: v1, enum: [v1, v2] } }";
        assert_eq!(testing::warnings(&server(declared)), [""; 0]);
    }

    #[test]
    fn only_the_path_of_a_server_counts() {
        let path = |url: &str| {
            base_path(&Server {
                url: url.into(),
                ..Server::default()
            })
        };
        assert_eq!(path("https://api.example.com"), "");
        assert_eq!(path("https://api.example.com/v2/"), "/v2");
        assert_eq!(path("/"), "");
        assert_eq!(path("v3"), "/v3");
        assert_eq!(path("https://{host}/a"), "/a");
    }
}
