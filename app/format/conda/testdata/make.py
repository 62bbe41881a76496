"""Makes the packages in this folder with the tools that people build them with.

Needs conda-package-handling 2.6.0 and py-rattler-build 0.73.0. The golden files
beside the packages come from: go test ./app/format/conda -update
"""

import bz2
import io
import json
import pathlib
import shutil
import tarfile
import tempfile

import conda_package_handling.api
import rattler_build

HERE = pathlib.Path(__file__).parent

RECIPE = """
package: {name: fox, version: "1.2.3"}
build:
  number: 4
  script:
    - mkdir -p $PREFIX/bin $PREFIX/lib $PREFIX/share/fox $PREFIX/etc/conda/activate.d
    - echo "echo fox" > $PREFIX/bin/fox
    - echo lib > $PREFIX/lib/libfox.so.1
    - ln -s libfox.so.1 $PREFIX/lib/libfox.so
    - echo hello > "$PREFIX/share/fox/grüße.txt"
    - echo "export FOX=1" > $PREFIX/etc/conda/activate.d/fox.sh
requirements:
  run_exports:
    weak: ["fox >=1.2,<2"]
    strong: ["libfox"]
about:
  summary: A quick fox
  description: It jumps over the lazy dog.
  license: MIT
  homepage: https://fox.example/
  repository: https://fox.example/fox.git
  documentation: https://fox.example/docs
"""


def rattler(work):
    """fox: both archive types by rattler-build."""
    recipe = work / "recipe.yaml"
    recipe.write_text(RECIPE)
    for form in ("conda", "tar.bz2"):
        built = rattler_build.Stage0Recipe.from_file(str(recipe)).run_build(
            output_dir=str(work / "out"), channels=[], package_format=form, no_include_recipe=True
        )
        for result in built:
            for package in result.packages:
                shutil.copy(package, HERE)


def handling(work):
    """gnu: both archive types by conda-package-handling, as conda-build has it."""
    prefix = work / "gnu"
    files = {
        "info/index.json": {
            "arch": None, "build": "pyh1_0", "build_number": 0, "constrains": ["emu >=2"],
            "depends": ["python >=3.9"], "license": "BSD-3-Clause", "license_family": "BSD", "name": "gnu-core",
            "noarch": "python", "platform": None, "subdir": "noarch", "timestamp": 1700000000000, "version": "2.0rc1",
        },
        "info/about.json": {
            "home": "https://gnu.example", "summary": "Horns", "root_pkgs": ["conda 4"], "description": None,
            "doc_url": ["https://gnu.example/a", "https://gnu.example/b"], "extra": {"recipe-maintainers": ["gnat"]},
        },
        "info/link.json": {
            "noarch": {"entry_points": ["gnu = gnu.cli:main", "gnu-2.0=gnu.cli:main"], "type": "python"},
            "package_metadata_version": 1,
        },
        "info/paths.json": {
            "paths": [{"_path": "site-packages/gnu/cli.py", "path_type": "hardlink", "size_in_bytes": 8}],
            "paths_version": 1,
        },
        "info/run_exports.json": ["gnu-core >=2.0rc1"],
        "info/test/run_test.py": "import gnu",
        "site-packages/gnu/cli.py": "main = 1",
    }
    for name, body in files.items():
        path = prefix / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body if isinstance(body, str) else json.dumps(body, indent=2))
    for extension in (".conda", ".tar.bz2"):
        conda_package_handling.api.create(str(prefix), list(files), "gnu-core-2.0rc1-pyh1_0" + extension, str(HERE))


def old():
    """elk: as packages were in 2013, with neither subdir nor paths.json."""
    index = {
        "arch": "x86_64", "build": "py27_0", "build_number": 0, "build_target": "osx", "depends": ["python 2.7*"],
        "license": None, "name": "elk", "platform": "osx", "timestamp": 1380000000, "version": "0.4.1A",
    }
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as tar:
        bodies = {"info/files": b"bin/elk\nlib/elk.dat\n", "info/index.json": json.dumps(index).encode()}
        for name, body in {**bodies, "bin/elk": b"#!", "./lib/elk.dat": b"\0" * 99}.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    (HERE / "elk-0.4.1A-py27_0.tar.bz2").write_bytes(bz2.compress(raw.getvalue()))


with tempfile.TemporaryDirectory() as folder:
    rattler(pathlib.Path(folder))
    handling(pathlib.Path(folder))
    old()
