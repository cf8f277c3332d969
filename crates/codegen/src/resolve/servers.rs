//! The paths of the servers, below which the templates stand.

use openapiv3::Server;

use super::operations::Place;
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
