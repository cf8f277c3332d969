//! `make bench`: the generated stack and the durable mint, each beside the same written by hand.
//!
//! Every pair is driven by `wrk` in alternating rounds of one run, each server in a process of its own, so that what
//! the machine does meanwhile falls on both. What is reported is the middle round of each side, and the ratio.

mod fixture;
mod generated;
mod handwritten;
mod load;
mod report;
mod signing;

use std::io::{Error, Result};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use clap::{Parser, ValueEnum};

use fixture::{API_KEY, APPLICATION, script};
use load::{Round, await_ready, drive, resident_mib};

/// Drives Specmint and its hand-written counterparts, and prints what each does.
#[derive(Parser)]
struct Arguments {
    /// Seconds that one round lasts.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Rounds of each side; the middle one is reported.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Numbers of connections to drive.
    #[arg(long, value_delimiter = ',', default_value = "1,32,256")]
    connections: Vec<u32>,
    /// What to measure.
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["stateless", "durable", "signing"])]
    parts: Vec<Part>,
    /// Serve one side instead of driving: what the driver starts as a child process.
    #[arg(long, hide = true, requires = "address")]
    serve: Option<Side>,
    #[arg(long, hide = true)]
    address: Option<String>,
    #[arg(long, hide = true)]
    database: Option<String>,
}

/// A part of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The generated stack and the same by hand, neither with a store.
    Stateless,
    /// Durable mints, and the same by hand with one `INSERT` a request.
    Durable,
    /// RS256 tokens, and the signing alone.
    Signing,
}

/// A server that can be driven.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Side {
    /// The generated stack on a store that only answers.
    Generated,
    /// The same by hand.
    Handwritten,
    /// Specmint as it ships.
    Specmint,
    /// By hand, one `INSERT` a request.
    OneInsert,
    /// An endpoint that does nothing but an RS256 signature.
    OnlySigns,
}

/// A running server, ended when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already; nothing is lost then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let (Some(side), Some(address)) = (arguments.serve, &arguments.address) {
        let database = arguments.database.as_deref();
        return actix_web::rt::System::new().block_on(async {
            match side {
                Side::Generated => generated::serve(address).await,
                Side::Handwritten => handwritten::serve(address, None).await,
                Side::OnlySigns => signing::serve(address).await,
                Side::OneInsert => handwritten::serve(address, database).await,
                Side::Specmint => {
                    generated::serve_specmint(address, database.unwrap_or_default()).await
                }
            }
        });
    }
    if Command::new("wrk").arg("--version").output().is_err() {
        return Err(Error::other(
            "`wrk` drives the servers and is not on PATH; on Debian: apt-get install wrk",
        ));
    }
    let folder = tempfile::tempdir()?;
    let measured = |part| arguments.parts.contains(&part);
    if measured(Part::Stateless) {
        stateless(&arguments, folder.path())?;
    }
    let database = format!("sqlite:{}", folder.path().join("specmint.db").display());
    let demo = generated::demo(&database)?;
    let specmint = start(Side::Specmint, Some(&database))?;
    println!(
        "\nSpecmint at idle: {:.1} MiB resident",
        resident_mib(specmint.child.id())?
    );
    if measured(Part::Durable) {
        durable(&arguments, folder.path(), &specmint, &demo)?;
    }
    if measured(Part::Signing) {
        signing(&arguments, folder.path(), &specmint, &demo)?;
    }
    Ok(())
}

/// The generated stack against the hand-written one, neither with a store.
fn stateless(arguments: &Arguments, folder: &Path) -> Result<()> {
    let path = folder.join("stateless.lua");
    std::fs::write(&path, mint_script(API_KEY))?;
    let ours = start(Side::Generated, None)?;
    let theirs = start(Side::Handwritten, None)?;
    let route = format!("/v1/applications/{APPLICATION}/tokens");
    compare(
        arguments,
        "AnchorBrowser mint, a store that only answers",
        &path,
        [
            (&ours, "generated", &route),
            (&theirs, "hand-written", &route),
        ],
    )
}

/// Durable mints against one insert a request.
fn durable(
    arguments: &Arguments,
    folder: &Path,
    ours: &Server,
    demo: &generated::Demo,
) -> Result<()> {
    let path = folder.join("durable.lua");
    // One script for both: the hand-written side knows its own key, ours the demo's.
    std::fs::write(&path, mint_script(&demo.api_key))?;
    let theirs_path = folder.join("one-insert.lua");
    std::fs::write(&theirs_path, mint_script(API_KEY))?;
    let theirs = start(
        Side::OneInsert,
        Some(&format!("sqlite:{}", folder.join("by-hand.db").display())),
    )?;
    report::head("AnchorBrowser mint, durable (`synchronous=FULL` on both sides)");
    let ours_route = format!("/v1/applications/{}/tokens", demo.application_id);
    let theirs_route = format!("/v1/applications/{APPLICATION}/tokens");
    for &connections in &arguments.connections {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for _ in 0..arguments.rounds {
            a.push(round(arguments, ours, &ours_route, &path, connections)?);
            b.push(round(
                arguments,
                &theirs,
                &theirs_route,
                &theirs_path,
                connections,
            )?);
        }
        conclude(connections, ["specmint", "one INSERT a request"], &a, &b);
    }
    Ok(())
}

/// Beyond Identity's client-credentials tokens against an endpoint that only signs, and against a loop that does.
fn signing(
    arguments: &Arguments,
    folder: &Path,
    server: &Server,
    demo: &generated::Demo,
) -> Result<()> {
    let path = folder.join("token.lua");
    std::fs::write(
        &path,
        script(
            "grant_type=client_credentials",
            &[
                (
                    "Content-Type",
                    "application/x-www-form-urlencoded".to_owned(),
                ),
                ("Authorization", demo.basic.clone()),
            ],
        ),
    )?;
    let only_signs = start(Side::OnlySigns, None)?;
    report::head(
        "Beyond Identity access tokens (RS256, durable) against an endpoint that only signs",
    );
    let mut loops = Vec::new();
    for &connections in &arguments.connections {
        let threads = signing::threads_for(connections);
        let (mut ours, mut theirs, mut alone) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..arguments.rounds {
            ours.push(round(
                arguments,
                server,
                &demo.token_path,
                &path,
                connections,
            )?);
            theirs.push(round(
                arguments,
                &only_signs,
                signing::PATH,
                &path,
                connections,
            )?);
            alone.push(signing::sign(threads, arguments.seconds)?);
        }
        conclude(connections, ["specmint", "only signs"], &ours, &theirs);
        loops.push((
            connections,
            report::median(&ours),
            threads,
            signing::median(&alone),
        ));
    }
    println!(
        "\nThe same beside a loop that signs and has the machine to itself, on as many threads as there are \
         connections, at most one a processor; the server shares it with `wrk`."
    );
    report::signing_head();
    for (connections, ours, threads, alone) in &loops {
        report::signing(*connections, ours, *threads, alone);
    }
    Ok(())
}

fn compare(
    arguments: &Arguments,
    title: &str,
    script: &Path,
    sides: [(&Server, &str, &String); 2],
) -> Result<()> {
    report::head(title);
    let [
        (ours, our_name, our_route),
        (theirs, their_name, their_route),
    ] = sides;
    for &connections in &arguments.connections {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for _ in 0..arguments.rounds {
            a.push(round(arguments, ours, our_route, script, connections)?);
            b.push(round(arguments, theirs, their_route, script, connections)?);
        }
        conclude(connections, [our_name, their_name], &a, &b);
    }
    Ok(())
}

fn conclude(connections: u32, names: [&str; 2], ours: &[Round], theirs: &[Round]) {
    let (ours, theirs) = (report::median(ours), report::median(theirs));
    let [our_name, their_name] = names;
    report::row(connections, our_name, &ours);
    report::row(connections, their_name, &theirs);
    report::ratio(connections, &ours, &theirs);
}

fn round(
    arguments: &Arguments,
    server: &Server,
    route: &str,
    script: &Path,
    connections: u32,
) -> Result<Round> {
    drive(
        &server.child,
        &format!("http://{}{route}", server.address),
        script,
        connections,
        arguments.seconds,
    )
}

fn mint_script(key: &str) -> String {
    script(
        r#"{"callbackUrl":"https://app.example.com/linked"}"#,
        &[
            ("Content-Type", "application/json".to_owned()),
            ("anchor-api-key", key.to_owned()),
        ],
    )
}

/// Starts this program again as a server of `side` on a free port.
fn start(side: Side, database: Option<&str>) -> Result<Server> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port();
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new(std::env::current_exe()?);
    let side = side
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default();
    command
        .args(["--serve", &side, "--address", &address])
        .stdout(Stdio::null());
    if let Some(database) = database {
        command.args(["--database", database]);
    }
    let server = Server {
        child: command.spawn()?,
        address,
    };
    await_ready(&server.address)?;
    Ok(server)
}
