//! `specmint admin`: all that the store keeps, looked at and looked after.

pub(crate) mod args;
mod moment;
mod table;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::json;
use specmint_server::Provider;
use specmint_server::admin::{Admin, Refused, read_owner, shown};
use specmint_store::{Action, EventFilter, OwnerFilter, OwnerId, Store, TokenFilter};

use crate::failure::Failure;
use crate::output::{note, say};
use crate::serve::open_existing;
use args::{
    AdminArgs, AdminCommand, CreateArgs, EventsArgs, MintArgs, OwnersArgs, RevokeArgs, TokensArgs,
};
use table::Table;

/// Who acts, for the trail.
const BY: &str = "cli:admin";

/// Does what was asked, on the database itself: whether or not a server runs on it.
pub(crate) async fn run(args: AdminArgs) -> Result<(), Failure> {
    let store = open_existing(&args.store).await?;
    let done = administer(args.command, args.json, &store).await;
    store.close().await;
    done
}

async fn administer(command: AdminCommand, json: bool, store: &Store) -> Result<(), Failure> {
    let public_url = match &command {
        AdminCommand::Mint(args) => args.public_url.clone(),
        _ => String::new(),
    };
    let admin = Admin::new(store.clone(), &public_url);
    match command {
        AdminCommand::Key { name, days } => key(&admin, &name, days, json).await,
        AdminCommand::Counts => counts(&admin, json).await,
        AdminCommand::Owners(args) => owners(&admin, args, json).await,
        AdminCommand::Create(args) => create(&admin, args, json).await,
        AdminCommand::Delete { owner, force } => delete(&admin, owner, force, json).await,
        AdminCommand::Tokens(args) => tokens(&admin, args, json).await,
        AdminCommand::Mint(args) => mint(&admin, args, json).await,
        AdminCommand::Revoke(args) => revoke(&admin, args, json).await,
        AdminCommand::Events(args) => events(&admin, args, json).await,
    }
}

async fn key(admin: &Admin, name: &str, days: Option<u32>, json: bool) -> Result<(), Failure> {
    let lifetime = days.map(|days| TimeDelta::days(days.into()));
    let made = admin.create_key(name, lifetime, BY).await?;
    if json {
        let token = shown::token(&made.token, admin.state(&made.token))?;
        return print(&json!({ "token": token, "secret": made.secret }));
    }
    say(&made.secret);
    note(
        "this key is shown only now; it opens the administration API and the console, which \
         `specmint serve --admin-listen 127.0.0.1:8081` serves",
    );
    if let Some(end) = made.token.expires_at {
        note(format_args!("it is good until {}", time(Some(end))));
    }
    Ok(())
}

async fn counts(admin: &Admin, json: bool) -> Result<(), Failure> {
    let (owners, tokens) = admin.counts().await?;
    if json {
        return print(&shown::counts(&owners, &tokens)?);
    }
    let mut table = Table::new(["PROVIDER", "OWNERS", "COUNT"]);
    for count in owners {
        table.row([count.api, count.kind, count.count.to_string()]);
    }
    say(table);
    let headings = ["PROVIDER", "TOKENS", "ACTIVE", "EXPIRED", "USED", "REVOKED"];
    let mut table = Table::new(headings);
    for count in tokens {
        table.row([
            count.api,
            count.kind,
            count.active.to_string(),
            count.expired.to_string(),
            count.exhausted.to_string(),
            count.revoked.to_string(),
        ]);
    }
    say(format_args!("\n{table}"));
    Ok(())
}

async fn owners(admin: &Admin, args: OwnersArgs, json: bool) -> Result<(), Failure> {
    let filter = OwnerFilter {
        api: args.provider,
        kinds: args.kind.into_iter().collect(),
        parent: args.parent,
        search: args.search,
        before: args.cursor,
    };
    let page = admin.owners(&filter, args.limit.limit).await?;
    if json {
        return print(&shown::owner_page(&page)?);
    }
    let mut table = Table::new(["ID", "PROVIDER", "KIND", "NAME", "CALLED", "PARENT"]);
    for owner in &page.items {
        table.row([
            owner.id.to_string(),
            owner.api.clone(),
            owner.kind.clone(),
            shown::name_of_owner(owner),
            owner.keys.join(" "),
            owner.parent.map(|id| id.to_string()).unwrap_or_default(),
        ]);
    }
    say(table);
    more(page.next);
    Ok(())
}

async fn create(admin: &Admin, args: CreateArgs, json: bool) -> Result<(), Failure> {
    let asked = json!({
        "provider": args.provider,
        "kind": args.kind,
        "name": args.name,
        "parent_id": args.parent.map(|id| id.to_string()),
        "slug": args.slug,
        "role": args.role,
        "username": args.username,
        "source": args.source,
    });
    let made = admin.make_owner(&read_owner(asked)?, BY).await?;
    let shown = shown::made(&made)?;
    if json {
        return print(&shown);
    }
    say(format_args!("id             {}", made.owner.id));
    for key in &made.owner.keys {
        say(format_args!("called         {key}"));
    }
    if let (Some(client_id), Some(secret)) = (made.client_id, made.client_secret) {
        say(format_args!(
            "client_id      {client_id}\nclient_secret  {secret}"
        ));
        note("the secret is shown only now");
    }
    Ok(())
}

/// Deletes an owner, and says what goes with it: nobody is asked first.
async fn delete(admin: &Admin, owner: OwnerId, force: bool, json: bool) -> Result<(), Failure> {
    let deletion = admin.deletion(owner).await?;
    if let Some(why) = deletion.protection.filter(|_| !force) {
        let why = why.trim_end_matches('.');
        return Err(Failure::new(format!(
            "{why}; say --force to delete it all the same"
        )));
    }
    admin.delete_owner(owner, BY).await?;
    if json {
        return print(&json!({ "deleted": owner.to_string() }));
    }
    let mut said = format!("deleted {:?}", shown::name_of_owner(&deletion.owner));
    if let Some(below) = deletion.below {
        said.push_str(&format!(", with {below} below it"));
    }
    if let Some(tokens) = deletion.tokens {
        said.push_str(&format!("; gone with it: {tokens}"));
    }
    note(said);
    note("a running server sees that within a quarter of a second");
    Ok(())
}

async fn tokens(admin: &Admin, args: TokensArgs, json: bool) -> Result<(), Failure> {
    let filter = TokenFilter {
        api: args.provider,
        kinds: args.kind.into_iter().collect(),
        owner: args.owner,
        state: args.state.as_deref().and_then(shown::state_of_name),
        search: args.search,
        before: args.cursor,
        ..TokenFilter::default()
    };
    let page = admin.tokens(&filter, args.limit.limit).await?;
    if json {
        return print(&shown::token_page(&page, |token| admin.state(token))?);
    }
    let headings = [
        "ID", "PROVIDER", "KIND", "NAME", "STATE", "MINTED", "EXPIRES", "USED", "OWNER",
    ];
    let mut table = Table::new(headings);
    for token in &page.items {
        table.row([
            token.id.to_string(),
            token.api.to_string(),
            token.kind.to_string(),
            token.name.clone().unwrap_or_default(),
            shown::state_name(admin.state(token)).to_owned(),
            time(Some(token.created_at)),
            time(token.expires_at),
            time(token.used_at),
            token.owner.to_string(),
        ]);
    }
    say(table);
    more(page.next);
    Ok(())
}

async fn mint(admin: &Admin, args: MintArgs, json: bool) -> Result<(), Failure> {
    let made = admin
        .make_token(args.owner, &args.name, &args.scopes, BY)
        .await?;
    if json {
        return print(&shown::minted(&made, admin.state(&made.token))?);
    }
    say(&made.secret);
    note(format_args!(
        "token {}; its secret is shown only now",
        made.token.id
    ));
    if made.token.api.as_ref() == Provider::BeyondIdentity.name() {
        note(format_args!(
            "it names {} as the server that issued it: where clients call that otherwise, say --public-url",
            admin.public_url()
        ));
    }
    Ok(())
}

async fn revoke(admin: &Admin, args: RevokeArgs, json: bool) -> Result<(), Failure> {
    if let Some(owner) = args.owner {
        let revoked = admin.revoke_all(owner, BY).await?;
        if json {
            return print(&json!({ "revoked": revoked }));
        }
        say(format_args!("{revoked} revoked"));
    }
    if let Some(token) = args.token {
        let token = admin.revoke(token, BY).await?;
        if json {
            return print(&shown::token(&token, admin.state(&token))?);
        }
        say(format_args!("revoked {}", time(token.revoked_at)));
    }
    Ok(())
}

async fn events(admin: &Admin, args: EventsArgs, json: bool) -> Result<(), Failure> {
    let filter = EventFilter {
        api: args.provider,
        action: args.action.as_deref().and_then(Action::of_name),
        owner: args.owner,
        token: args.token,
        search: args.search,
        since: args.since,
        until: args.until,
        before: args.cursor,
        ..EventFilter::default()
    };
    let page = admin.events(&filter, args.limit.limit).await?;
    if json {
        return print(&shown::event_page(&page)?);
    }
    let mut table = Table::new([
        "AT", "PROVIDER", "ACTION", "TIMES", "ACTOR", "OWNER", "TOKEN",
    ]);
    for event in &page.items {
        table.row([
            time(Some(event.at)),
            event.api.clone(),
            event.action.name().to_owned(),
            event.times.to_string(),
            event.actor.clone(),
            event.owner.map(|id| id.to_string()).unwrap_or_default(),
            event.token.map(|id| id.to_string()).unwrap_or_default(),
        ]);
    }
    say(table);
    more(page.next);
    Ok(())
}

/// Says how to go on, if there is more.
fn more(next: Option<impl std::fmt::Display>) {
    if let Some(cursor) = next {
        note(format_args!("there is more: --cursor {cursor}"));
    }
}

fn time(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.format("%Y-%m-%d %H:%M:%SZ").to_string())
        .unwrap_or_default()
}

fn print(shown: &impl Serialize) -> Result<(), Failure> {
    say(serde_json::to_string(shown)?);
    Ok(())
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let text = refused.to_string();
        Self::new(text.trim_end_matches('.'))
    }
}
