"""Read the metadata of a package on a server without downloading it all.

usage: remote.py rattler|streaming URL

Prints one JSON object: {"files": [...], "name": "..."} or {"error": "..."}: the members
of the info section that were read, and the name that index.json gives.
"""

import asyncio
import json
import os
import sys


async def with_rattler(url):
    import rattler
    from rattler.package_streaming import fetch_raw_package_file_from_url

    raw = await fetch_raw_package_file_from_url(rattler.Client.default_client(), url, "info/index.json")
    return {"files": ["info/index.json"], "name": json.loads(raw)["name"]}


def with_streaming(url):
    from conda_package_streaming.url import stream_conda_info

    files, name = [], ""
    for tar, member in stream_conda_info(url):
        files.append(member.name)
        if member.name == "info/index.json":
            name = json.load(tar.extractfile(member))["name"]
    return {"files": sorted(files), "name": name}


def main():
    try:
        answer = asyncio.run(with_rattler(sys.argv[2])) if sys.argv[1] == "rattler" else with_streaming(sys.argv[2])
    except Exception as e:
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
    os._exit(0)  # an ordinary exit now and then crashes in a thread of the library


main()
