"""Build a package that needs another one of a channel in its host environment.

usage: hostdep.py OUT CHANNEL HOST_DEPENDENCY

Prints one JSON object: {"files": [...]}, the paths of what was built, or {"error": "..."}.
"""

import json
import os
import pathlib
import sys

from rattler_build import Stage0Recipe

RECIPE = """
package: {{name: user, version: "1.0"}}
build: {{number: 0, string: "0", script: ["mkdir -p $PREFIX/share", "echo user > $PREFIX/share/user.txt"]}}
requirements: {{host: [{dependency}]}}
"""


def main(out, channel, dependency):
    try:
        recipe = Stage0Recipe.from_yaml(RECIPE.format(dependency=dependency))
        recipe.run_build(output_dir=out, channels=[channel], package_format="conda", no_build_id=True)
        answer = {"files": [str(p) for p in pathlib.Path(out).glob("*/user-1.0-0.conda")]}
    except Exception as e:
        answer = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
    os._exit(0)  # an ordinary exit now and then crashes in a thread of the library


main(*sys.argv[1:])
