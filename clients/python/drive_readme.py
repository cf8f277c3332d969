"""What the README shows of a vendor's SDK: its program is run, and what it prints is what the README says."""

import importlib.metadata
import pathlib
import re
import subprocess
import sys

from common import URL, client, ok, same

# Where the README's server listens.
SHOWN = "http://127.0.0.1:8080"
README = (pathlib.Path(__file__).parents[2] / "README.md").read_text()


def one(pattern):
    """What the README has of this form, of which there must be one."""
    found = re.findall(pattern, README, re.DOTALL | re.MULTILINE)
    same(f"the README has one {pattern.splitlines()[0]!r}", len(found), 1)
    return found[0]


def masked(text):
    """Tokens differ from run to run."""
    return re.sub(r"idtok_[\w-]{64}", "TOKEN", text)


def main():
    # The server's folder, in which demo.json is, is the current one.
    program = one(r"^```python\n(.*?)^```")
    distribution, version = one(r"pip install --quiet ([\w-]+)==([\w.]+)$")
    client(distribution)
    same("it installs the version that is here", version, importlib.metadata.version(distribution))
    name, shown = one(r"^\$ sdk/bin/python (\S+)\n(.*?)^```")
    pathlib.Path(name).write_text(program.replace(SHOWN, URL))
    run = subprocess.run([sys.executable, name], capture_output=True, text=True, check=False)
    same("the program ends well", (run.returncode, run.stderr), (0, ""))
    printed = run.stdout.replace(URL, SHOWN)
    same("and prints what the README says", masked(printed), masked(shown))
    ok("a token among it", masked(printed) != printed)


main()
