"""Builds the wheels and sdists of the end-to-end tests into the folder given as argument.

Hatchling builds them, most by its own entry points, which takes no time; Tiny-Wheel by `python -m build`, as people do.
"""

import os
import subprocess
import sys
from pathlib import Path

import hatchling.build

OUT = Path(sys.argv[1]).resolve()


def project(folder, name, version, summary="A test package", requires=(), python=">=3.8", extras=None):
    """Writes a project and returns its folder."""
    module = name.lower().replace("-", "_").replace(".", "_")
    source = OUT / "src" / folder / f"{name}-{version}"
    (source / module).mkdir(parents=True)
    (source / module / "__init__.py").write_text(f'VERSION = "{version}"\n')
    (source / "README.md").write_text(f"# {name}\n\n{summary}.\n")
    table = "".join(f"{extra} = {list(needs)!r}\n" for extra, needs in (extras or {}).items())
    (source / "pyproject.toml").write_text(
        f"""
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "{version}"
description = "{summary}"
readme = "README.md"
license = "MIT"
requires-python = "{python}"
dependencies = {list(requires)!r}
authors = [{{name = "Alice", email = "alice@example.test"}}]
keywords = ["a", "b"]
classifiers = ["Programming Language :: Python :: 3"]

[project.urls]
Homepage = "https://example.test/{name}"

[project.optional-dependencies]
{table}
[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""
    )
    return source


def build(folder, name, version, sdist=False, **more):
    """Builds a wheel, and an sdist if asked, into folder below OUT."""
    source = project(folder, name, version, **more)
    target = OUT / folder
    target.mkdir(exist_ok=True)
    os.chdir(source)
    hatchling.build.build_wheel(str(target))
    if sdist:
        hatchling.build.build_sdist(str(target))


def build_as_people_do(folder, name, version):
    source = project(folder, name, version)
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", OUT / folder, source], check=True, stdout=subprocess.DEVNULL)


build("dist", "leaf", "1.0")
build("dist", "leaf", "1.1", sdist=True)
build("dist", "leaf", "2.0rc1")
build("dist", "leaf", "3.0", python=">=3.99")
build("dist", "Rec.Pkg_Main", "1.0.0", requires=["leaf>=1"], extras={"fast": ["boost"]})
build("dist", "Rec.Pkg_Main", "1.1.0+local.1", requires=["leaf>=1"])
build("dist", "boost", "0.1")
build("dist", "hush", "1.0")
build("other", "leaf", "1.0", summary="The same name with other bytes")
build_as_people_do("dist", "Tiny-Wheel", "0.3")
