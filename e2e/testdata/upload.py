"""Upload with rattler-build, as `rattler-build upload anaconda` does.

usage: upload.py --url API --owner OWNER --token TOKEN [--label LABEL ...] [--force] FILE...

Prints one JSON object: {} or {"error": "..."}.
"""

import argparse
import json
import os

from rattler_build.upload import upload_package_to_anaconda


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--url", required=True)
    p.add_argument("--owner", required=True)
    p.add_argument("--token", required=True)
    p.add_argument("--label", action="append")
    p.add_argument("--force", action="store_true")
    p.add_argument("file", nargs="+")
    a = p.parse_args()
    answer = {}
    try:
        upload_package_to_anaconda(a.file, a.owner, channel=a.label, api_key=a.token, url=a.url, force=a.force)
    except Exception as e:
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
    os._exit(0)  # an ordinary exit now and then crashes in a thread of the library


main()
