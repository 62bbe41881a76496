"""Build the packages of the end-to-end tests with rattler-build.

usage: build.py OUT

Writes OUT/<subdir>/<file> and needs no network: no recipe has a source or a
dependency to fetch. With SALT in the environment the same names get other bytes.
"""

import os
import sys

from rattler_build import Stage0Recipe

RECIPES = [
    # package, version, build, noarch?, what it needs to run, format
    ("tiny", "1.0", "0", True, [], "tar.bz2"),
    ("tiny", "1.1", "h1234567_1", False, [], "tar.bz2"),
    ("tinyc", "2.0", "h0_0", False, ["tiny >=1.0"], "conda"),
    ("tinyn", "0.1", "0", True, [], "conda"),
    ("tinydev", "0.9", "0", True, [], "conda"),
    ("gamma", "1!2.0", "0", True, [], "conda"),
]

RECIPE = """
package: {{name: {name}, version: "{version}"}}
build:
  number: {number}
  string: "{build}"
{noarch}
  script: ["mkdir -p $PREFIX/share", "echo {name} {version} {salt} > $PREFIX/share/{name}.txt"]
requirements: {{run: {run}}}
about:
  summary: The {name} package of the end-to-end tests
  license: MIT
  homepage: https://example.test/{name}
"""


def main(out: str) -> None:
    for name, version, build, noarch, run, package_format in RECIPES:
        text = RECIPE.format(
            name=name,
            version=version,
            build=build,
            number=build.rpartition("_")[2],
            noarch="  noarch: generic" if noarch else "",
            run=run,
            salt=os.environ.get("SALT", ""),
        )
        Stage0Recipe.from_yaml(text).run_build(
            output_dir=out, channels=[], package_format=package_format, no_build_id=True
        )


main(*sys.argv[1:])
sys.stdout.flush()
os._exit(0)  # an ordinary exit now and then crashes in a thread of the library
