#!/usr/bin/env python3
"""Drives clients that others wrote against a freshly started `specmint`, each with a server and a database of its own.

    clients/run.py                      all of them
    clients/run.py rust node/simple-oauth2

What it installs, starts and logs stays under target/clients. README.md, beside this file, says the rest.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLIENTS = ROOT / "clients"
WORK = ROOT / "target" / "clients"

# Longer than anything here takes on a slow machine, in seconds.
START, DRIVE, STOP = 60, 300, 60


@dataclasses.dataclass(frozen=True)
class Driver:
    """A program that drives one client."""

    language: str
    name: str
    # Whether the authorization endpoint approves by itself; the others go through the page as a browser would.
    auto_approve: bool = True

    def __str__(self):
        return f"{self.language}/{self.name}"


DRIVERS = [
    Driver("rust", "oauth2", auto_approve=False),
    Driver("rust", "openidconnect"),
    Driver("python", "authlib"),
    Driver("python", "requests_oauthlib", auto_approve=False),
    Driver("python", "oic"),
    Driver("python", "idpyoidc"),
    Driver("python", "anchorbrowser"),
    Driver("python", "infisicalsdk"),
    Driver("python", "readme"),
    Driver("node", "openid-client"),
    Driver("node", "oauth4webapi"),
    Driver("node", "oidc-client-ts"),
    Driver("node", "simple-oauth2", auto_approve=False),
    Driver("node", "auth-core"),
    Driver("node", "express-openid-connect"),
    Driver("node", "anchorbrowser"),
    Driver("node", "infisical-sdk"),
]


class Failed(Exception):
    """Why a run is no success."""


def environment(**more):
    """The caller's variables without those that could change what the server or a client does."""
    ours = ("SPECMINT_", "ANCHORBROWSER_", "INFISICAL_", "PYTHON", "NODE_")
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(ours) and name != "RUST_LOG"}
    return theirs | more


def run(*command, **options):
    """A command that has to succeed."""
    command = [str(part) for part in command]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False, **options).returncode != 0:
        raise Failed(" ".join(command))


# What a language's drivers need, and how one is started.


def stamped(folder, *sources):
    """Whether `folder` was made of these files as they are; if not, it is emptied."""
    now = "\0".join(source.read_text() for source in sources)
    stamp = folder / "made-of"
    if stamp.exists() and stamp.read_text() == now:
        return True
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return False


def stamp(folder, *sources):
    (folder / "made-of").write_text("\0".join(source.read_text() for source in sources))


def python():
    """A virtual environment with what requirements.txt pins."""
    folder, pins = WORK / "python", CLIENTS / "python" / "requirements.txt"
    if not stamped(folder, pins):
        run(sys.executable, "-m", "venv", folder)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", pins)
        stamp(folder, pins)
    return lambda name: [folder / "bin" / "python", "-B", CLIENTS / "python" / f"drive_{name}.py"]


def node():
    """The drivers, copied to where package-lock.json is installed, for they look for packages beside themselves."""
    folder, source = WORK / "node", CLIENTS / "node"
    pins = [source / "package.json", source / "package-lock.json"]
    if not stamped(folder, *pins):
        for pin in pins:
            shutil.copy(pin, folder)
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)
        stamp(folder, *pins)
    for driver in source.glob("*.mjs"):
        shutil.copy(driver, folder)
    return lambda name: ["node", folder / f"{name}.mjs"]


def rust():
    """The drivers' own crate, built as its Cargo.lock says."""
    folder = WORK / "rust"
    manifest = CLIENTS / "rust" / "Cargo.toml"
    run("cargo", "build", "--quiet", "--locked", "--manifest-path", manifest, "--target-dir", folder, "--bins")
    return lambda name: [folder / "debug" / name]


LANGUAGES = {"rust": rust, "python": python, "node": node}


# The server.


def built():
    """Builds the server and says where it is."""
    command = ["cargo", "build", "--quiet", "--bin", "specmint", "--message-format", "json-render-diagnostics"]
    output = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if output.returncode != 0:
        raise Failed(" ".join(command))
    messages = [json.loads(line) for line in output.stdout.splitlines()]
    return next(message["executable"] for message in messages if message.get("executable"))


class Server:
    """A server with a database of its own, in `folder`."""

    def __init__(self, binary, folder, auto_approve):
        database = ["--database", f"sqlite:{folder / 'specmint.db'}"]
        demo = [binary, "demo", "--json", *database]
        options = {"env": environment(), "cwd": folder, "stdin": subprocess.DEVNULL}
        with secret(folder / "demo.json") as to, open(folder / "demo.err", "w") as err:
            if subprocess.run(demo, stdout=to, stderr=err, check=False, **options).returncode != 0:
                raise Failed("specmint demo")
        serve = [binary, "serve", "--listen", "127.0.0.1:0", *database]
        if auto_approve:
            serve.append("--auto-approve")
        self.said = folder / "server.out"
        with secret(self.said) as out, open(folder / "server.err", "w") as err:
            self.process = subprocess.Popen(serve, stdout=out, stderr=err, **options)

    def ready(self):
        """Its URL, once it answers."""
        end = time.monotonic() + START
        while time.monotonic() < end and self.process.poll() is None:
            _, found, rest = self.said.read_text().partition(" at http://")
            if found and "\n" in rest:
                url = "http://" + rest.split()[0]
                with urllib.request.urlopen(url + "/readyz", timeout=START) as answer:
                    if answer.status == 200:
                        return url
            time.sleep(0.05)
        raise Failed("the server is not ready")

    def stop(self):
        """Ends it as an orchestrator would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed("the server did not stop") from None
        if status != 0:
            raise Failed(f"the server ended with {status}")


def secret(path):
    """A file that nobody else may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")


# A run.


def drive(binary, driver, command):
    """Runs a driver against a server of its own; what it says of its client."""
    folder = WORK / "runs" / driver.language / driver.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    server = Server(binary, folder, driver.auto_approve)
    try:
        url = server.ready()
        known = environment(CLIENTS_URL=url, CLIENTS_DEMO=str(folder / "demo.json"))
        return follow(command, known, folder)
    finally:
        server.stop()


def follow(command, known, folder):
    """Prints what the driver says and keeps it; the line that names the client, and how many steps went well."""
    said = []
    options = {"env": known, "cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "text": True}
    with open(folder / "driver.log", "w") as log, open(folder / "driver.err", "w") as err:
        process = subprocess.Popen([str(part) for part in command], stderr=err, **options)
        patience = threading.Timer(DRIVE, process.kill)
        patience.start()
        for line in process.stdout:
            print("   ", line, end="", flush=True)
            log.write(line)
            said.append(line.strip())
        status = process.wait()
        patience.cancel()
    steps = sum(line.startswith("ok ") for line in said)
    client = next((line.removeprefix("client").strip() for line in said if line.startswith("client ")), "?")
    if status != 0 or steps == 0:
        sys.stdout.write((folder / "driver.err").read_text())
        raise Failed(f"{client}: wrong after {steps} steps, see {folder.relative_to(ROOT)}")
    return client, steps


def chosen(names):
    """The drivers of these names or languages."""
    found = [driver for driver in DRIVERS if not names or str(driver) in names or driver.language in names]
    known = {str(driver) for driver in DRIVERS} | set(LANGUAGES)
    if unknown := set(names) - known:
        raise SystemExit(f"{', '.join(sorted(unknown))}: no such driver; there are {', '.join(map(str, DRIVERS))}")
    return found


def main():
    arguments = argparse.ArgumentParser(description="Drive clients that others wrote against specmint.")
    arguments.add_argument("names", nargs="*", metavar="NAME", help="rust, python, node, or one such as rust/oauth2")
    arguments.add_argument("--specmint", metavar="FILE", help="a binary that is there, instead of building one")
    given = arguments.parse_args()
    drivers = chosen(given.names)
    WORK.mkdir(parents=True, exist_ok=True)
    binary = str(pathlib.Path(given.specmint).resolve()) if given.specmint else built()
    start = {language: LANGUAGES[language]() for language in dict.fromkeys(driver.language for driver in drivers)}
    outcome, failed = [], 0
    for driver in drivers:
        print(driver, flush=True)
        try:
            client, steps = drive(binary, driver, start[driver.language](driver.name))
            outcome.append(f"{driver!s:28} {client:32} {steps} steps went well")
        except Failed as failure:
            failed += 1
            outcome.append(f"{driver!s:28} FAILED: {failure}")
    print("\n" + "\n".join(outcome))
    print(f"{len(outcome) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(f"failed: {failure}")
