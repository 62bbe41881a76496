"""Upload with rattler-build, as `rattler-build upload SERVER` does.

usage: upload.py [--server anaconda|quetz|prefix|artifactory] --url URL --owner CHANNEL --token TOKEN
       [--label LABEL ...] [--force] [--skip-existing] FILE...

Labels are anaconda's alone, skipping is prefix's. Prints one JSON object: {} or
{"error": "..."}.
"""

import argparse
import json

from rattler_build import upload


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--server", default="anaconda")
    p.add_argument("--url", required=True)
    p.add_argument("--owner", required=True)
    p.add_argument("--token", required=True)
    p.add_argument("--label", action="append")
    p.add_argument("--force", action="store_true")
    p.add_argument("--skip-existing", action="store_true")
    p.add_argument("file", nargs="+")
    a = p.parse_args()
    answer = {}
    try:
        send(a)
    except Exception as e:
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)


def send(a: argparse.Namespace) -> None:
    match a.server:
        case "anaconda":
            upload.upload_package_to_anaconda(a.file, a.owner, channel=a.label, api_key=a.token, url=a.url, force=a.force)
        case "quetz":
            upload.upload_package_to_quetz(a.file, a.url, a.owner, api_key=a.token)
        case "prefix":
            upload.upload_package_to_prefix(a.file, a.url, a.owner, api_key=a.token, skip_existing=a.skip_existing, force=a.force)
        case "artifactory":
            upload.upload_package_to_artifactory(a.file, a.url, a.owner, token=a.token)


main()
