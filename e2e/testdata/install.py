"""Solve and install with rattler, the engine of pixi.

usage: install.py --channel URL [--channel URL ...] [--platform SUBDIR]
                  [--no-shards] [--no-zst] [--cache DIR] [--no-install]
                  [--header NAME=VALUE] PREFIX SPEC...

Prints one JSON object: {"files": [...], "urls": [...]} or {"error": "..."}.
"""

import argparse
import asyncio
import json
import os
import pathlib
import tempfile

import rattler


async def install(a: argparse.Namespace) -> dict:
    cache = pathlib.Path(a.cache or tempfile.mkdtemp())
    client = rattler.Client.default_client(headers=dict(h.split("=", 1) for h in a.header))
    gateway = rattler.Gateway(
        cache_dir=cache / "repodata",
        default_config=rattler.SourceConfig(
            sharded_enabled=not a.no_shards, zstd_enabled=not a.no_zst, bz2_enabled=not a.no_zst
        ),
        client=client,
    )
    platforms = [a.platform, "noarch"] if a.platform else None
    records = await rattler.solve(
        sources=[rattler.Channel(c) for c in a.channel], specs=a.spec, gateway=gateway, platforms=platforms
    )
    if not a.no_install:
        await rattler.install(records, target_prefix=a.prefix, cache_dir=cache / "pkgs", client=client, show_progress=False)
    return {"files": sorted(r.file_name for r in records), "urls": sorted(str(r.url) for r in records)}


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--channel", action="append", required=True)
    p.add_argument("--platform")
    p.add_argument("--header", action="append", default=[])
    p.add_argument("--cache")
    p.add_argument("--no-shards", action="store_true")
    p.add_argument("--no-zst", action="store_true")
    p.add_argument("--no-install", action="store_true")
    p.add_argument("prefix")
    p.add_argument("spec", nargs="+")
    try:
        answer = asyncio.run(install(p.parse_args()))
    except Exception as e:  # rattler's errors share no base class
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
    os._exit(0)  # an ordinary exit now and then crashes in a thread of the library


main()
