//! `specmint serve`: what it says, where it listens, what it serves.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::process::{Place, Serving, anchorbrowser, http, text};

/// The commands of a banner: from each line that begins with `curl` to the line that does not end in a backslash.
fn commands(banner: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut lines = banner.lines().map(str::trim_start);
    while let Some(line) = lines.next() {
        if !line.starts_with("curl ") {
            continue;
        }
        let mut command = line.to_owned();
        while command.ends_with('\\') {
            command.push('\n');
            command.push_str(lines.next().unwrap_or_default());
        }
        commands.push(command);
    }
    commands
}

#[test]
fn the_banner_s_commands_work_when_pasted() {
    let place = Place::new();
    let serving = place.serve(&[]);
    let banner = serving.says("/authorization/token");
    let commands = commands(&banner);
    for part in [
        "/v1/applications/",
        "/token-auth/",
        "/apps/",
        "/realms/",
        "/authorization/token",
    ] {
        assert!(
            commands.iter().any(|command| command.contains(part)),
            "no command for {part}"
        );
    }
    for command in commands.iter().filter(|command| !command.contains("$CODE")) {
        let output = place.shell(&format!("{command} --fail"));
        assert!(
            output.status.success(),
            "{command}: {}",
            text(&output.stderr)
        );
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let token = [
            "/data/token",
            "/accessToken",
            "/data/bearer",
            "/access_token",
            "/token",
        ]
        .iter()
        .find_map(|pointer| answer.pointer(pointer));
        assert!(token.is_some_and(Value::is_string), "{command}: {answer}");
    }
    serving.stop();
}

#[test]
fn with_auto_approve_the_whole_banner_is_a_script() {
    let place = Place::new();
    let serving = place.serve(&["--auto-approve", "--api", "beyond-identity"]);
    let banner = serving.says("code_verifier=");
    let (_, guide) = banner.split_once("# Beyond Identity").expect("the guide");
    let script = guide.split_once('\n').expect("lines").1;
    let output = place.shell(&format!("set -e\n{script}"));
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}{}", text(&output.stderr));
    assert_eq!(said.matches("\"access_token\"").count(), 2, "{said}");
    serving.stop();
}

#[test]
fn no_command_is_serve() {
    let place = Place::new();
    let serving = Serving::start(place.command(&["--listen", "127.0.0.1:0"]));
    assert_eq!(
        http(|client| client.get(format!("{}/healthz", serving.url))).0,
        200
    );
    assert!(place.path("specmint.db").exists());
    serving.stop();
}

#[test]
fn every_option_is_also_a_variable() {
    let place = Place::new();
    let mut command = place.command(&["serve"]);
    command
        .env("SPECMINT_LISTEN", "127.0.0.1:0")
        .env("SPECMINT_DATABASE", "sqlite:other.db")
        .env("SPECMINT_KEY_FILE", "other.secret")
        .env("SPECMINT_API", "vtex,beyond-identity")
        .env("SPECMINT_AUTO_APPROVE", "true");
    let serving = Serving::start(command);
    assert!(place.path("other.db").exists());
    assert!(place.path("other.secret").exists());
    assert!(!place.path("specmint.db").exists());
    let status = |path: &str| http(|client| client.get(format!("{}{path}", serving.url))).0;
    assert_eq!(status("/openapi/vtex.json"), 200);
    assert_eq!(status("/openapi/applivery.json"), 404);
    assert_eq!(status("/readyz"), 200);
    serving.stop();
}

#[test]
fn the_help_tells_of_every_option_and_variable() {
    let place = Place::new();
    let output = place.run(&["serve", "--help"]);
    assert!(output.status.success());
    let help = text(&output.stdout);
    for word in [
        "--listen",
        "--database",
        "--key-file",
        "--api",
        "--auto-approve",
        "SPECMINT_LISTEN",
        "SPECMINT_DATABASE",
        "SPECMINT_KEY_FILE",
        "SPECMINT_API",
        "SPECMINT_AUTO_APPROVE",
        "127.0.0.1:8080",
        "sqlite:specmint.db",
    ] {
        assert!(help.contains(word), "{word} is missing:\n{help}");
    }
    let help = text(&place.run(&["--help"]).stdout);
    assert!(help.contains("demo") && help.contains("serve"));
    assert!(text(&place.run(&["--version"]).stdout).starts_with("specmint "));
    assert_eq!(
        std::fs::read_dir(place.path("."))
            .expect("a directory")
            .count(),
        0
    );
}

#[test]
fn beyond_loopback_an_empty_database_stays_empty() {
    let place = Place::new();
    let mut command = place.command(&["serve", "--listen", "0.0.0.0:0"]);
    command.env("SPECMINT_LOG", "info");
    let serving = Serving::start(command);
    let banner = serving.says("specmint demo");
    assert!(commands(&banner).is_empty(), "{banner}");
    serving.stop();
    // Nothing was there: the first demo says nothing of new keys for old objects.
    let output = place.run(&["demo", "--json"]);
    assert!(output.status.success());
    assert!(
        !text(&output.stderr).contains("new keys"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_database_that_is_not_empty_gets_no_demo_objects() {
    let place = Place::new();
    let demo = place.demo();
    let serving = place.serve(&[]);
    let banner = serving.says("specmint demo");
    assert!(commands(&banner).is_empty(), "{banner}");
    assert_eq!(anchorbrowser(&serving.url, &demo), 201);
    serving.stop();
}

#[test]
fn serves_its_own_pages() {
    let place = Place::new();
    let serving = place.serve(&[]);
    let get = |path: &str| http(|client| client.get(format!("{}{path}", serving.url)));
    assert_eq!(get("/healthz").0, 200);
    assert_eq!(get("/readyz").0, 200);
    let (status, page) = get("/docs/");
    assert_eq!(status, 200);
    assert!(page.contains("swagger-ui"));
    assert_eq!(get("/"), (200, page), "the root leads to the documentation");
    for provider in [
        "anchorbrowser",
        "infisical",
        "applivery",
        "beyond-identity",
        "vtex",
    ] {
        assert_eq!(get(&format!("/openapi/{provider}.yaml")).0, 200);
        assert_eq!(get(&format!("/openapi/{provider}.json")).0, 200);
    }
    serving.stop();
}

#[test]
fn logs_json_without_secrets_where_nobody_looks() {
    let place = Place::new();
    let demo = place.demo();
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("SPECMINT_LOG", "trace");
    let serving = Serving::start(command);
    assert_eq!(anchorbrowser(&serving.url, &demo), 201);
    let url = format!("{}/nothing?secret=a-value-to-find", serving.url);
    assert_eq!(http(|client| client.get(url)).0, 404);
    serving.signal("TERM");
    let mut serving = serving;
    serving.ended();
    let log = serving.complained();
    assert!(log.lines().count() >= 3, "{log}");
    for line in log.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    assert!(
        log.contains("/v1/applications/{applicationId}/tokens"),
        "{log}"
    );
    let key = demo
        .pointer("/anchorbrowser/api_key")
        .and_then(Value::as_str)
        .expect("a key");
    assert!(!log.contains(key) && !log.contains("a-value-to-find"));
}

#[test]
fn the_key_file_is_its_owner_s_alone() {
    let place = Place::new();
    place.demo();
    let metadata = std::fs::metadata(place.path("specmint.db.key")).expect("a key file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}
