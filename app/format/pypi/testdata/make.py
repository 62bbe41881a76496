"""Makes the wheels and sdists in this folder with the tools that people build
them with, and the lists of requirements and versions with what packaging says.

Needs build 1.6.1, setuptools 84.2.1, hatchling 1.33.0, flit-core 4.2.0,
poetry-core 2.5.0, pdm-backend 2.5.0 and packaging 26.3 in one environment. The golden
files beside the packages come from: go test ./app/format/pypi -update
"""

import itertools
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_version
from packaging.version import InvalidVersion, Version

HERE = pathlib.Path(__file__).parent

COMMON = """
description = "A small thing"
requires-python = ">=3.9"
readme = "README.md"
license = "MIT OR Apache-2.0"
license-files = ["LICENSE"]
keywords = ["small", "grüße"]
authors = [{name = "Ada", email = "ada@example.org"}]
classifiers = ["Programming Language :: Python :: 3"]
dependencies = ["hay>=1,<3", "oats[big] @ https://example.org/oats-1.0.zip ; python_version<'3.10'"]
optional-dependencies = {big = ["barn~=2.1"]}
urls = {Homepage = "https://example.org/", Source = "https://example.org/src"}
"""

PROJECTS = {
    # name, as it is written: version, build backend, what else is in pyproject.toml
    "ant": ("1.0", "setuptools.build_meta", 'scripts = {ant = "ant:main"}\n[tool.setuptools]\npackages = ["ant"]\n'),
    "Bee.Hive": ("2.0rc1", "hatchling.build", '[tool.hatch.build.targets.wheel]\npackages = ["bee_hive"]\n[tool.hatch.metadata]\nallow-direct-references = true\n'),
    "cow-bell": ("3.1.post2+local.1", "flit_core.buildapi", ""),
    "dog": ("4.0.0.dev3", "poetry.core.masonry.api", '[tool.poetry]\npackages = [{include = "dog"}]\n'),
    "eel": ("05.1", "pdm.backend", ""),
}

REQUIREMENTS = r"""
A
A.B-C_D
aa
name
name<=1
name>=3
name>=3,
name>=3,<2
name>=3,,<2
name >=3 , <2
name (>=3,<2)
name(>=3)
name()
name( >=3 )
name[]
name[ ]
name[a]
name [a , b-c]
name[a,]
name[,a]
name[a b]
name[a
name[a]x
name[_a]
name@http://foo.com
name @ http://foo.com
name @ http://foo.com ; os_name=='b'
name @ http://foo.com; os_name=='b'
name @ http://foo.com os_name=='b'
name @ file:///x.whl
name @
name @ ;os_name=='b'
name[fred,bar] @ http://foo.com ; python_version=='2.7'
name[quux, strange];python_version<'2.7' and platform_version=='2'
name; os_name=='a' or os_name=='b'
name; os_name=='a' and (os_name=='b' or os_name=='c')
name; (((os_name=='a')))
name; ((os_name=='a')
name; os_name=='a')
name; os_name
name; os_name==
name; =='a'
name;
name ;
name; os_name=='a' and
name; os_name=='a' xor os_name=='b'
name; os_name=='a'or os_name=='b'
name; os_name=='a' orx=='b'
name; 'linux' in sys_platform
name; 'linux' not in sys_platform
name; 'linux' notin sys_platform
name; 'linux'in sys_platform
name; not 'linux' in sys_platform
name; sys.platform == "win32"
name; python_implementation=='CPython'
name; platform.python_implementation=='CPython'
name; extra == 'x'
name; extras == 'x'
name; 'x' in extras
name; dependency_groups == 'x'
name; Python_version<'3'
name; python_versions<'3'
name; python_version ~= '3.9'
name; python_version === '3.9'
name; python_version = '3.9'
name; python_version<'3.9
name; python_version<"3.9'
name; python_version<3.9
name; '3.9'>python_version
name; '3' < '4'
name==1.*
name==1.0.*
name!=1.0.*
name==1.0a1.*
name==1.0.dev.*
name==1.0+x.*
name>=1.*
name~=1.*
name~=1
name~=1.0
name~=1.0.0rc1
name~=1.0+x
name==1.0+x
name!=1.0+x.y-z_1
name==1.0+x+y
name>=1.0+x
name===foobar
name===1.0;os_name=='a'
name===
name==
name>
name >
name>>1
name=1
name=>1
name 1
name 1.0
name>1 <2
name>1<2
name>1.0-2
name>1.0-2.post3
name>1.0.x
name>v1.0
name>V1.0
name>1!2.0
name>=1.0.0alpha1.post2.dev3
name<1.0.dev
name>= 1.0
name>=	1.0
name>=1.0.
name>=.1
name>dev
name>1.0 # comment
name>1.0;os_name=='a' # comment
-name
name-
name.
.name
_name
foo bar
föö
name>1é
name[ö]
./name
name/x
https://example.org/x.whl
name (>=1.0
name >=1.0)
name (>=1.0) ; os_name=='a'
name (>=1.0), <2
name[a] (>=1.0)
name[a](>=1.0);python_version<'3'
"""

SPECIFIERS = r"""
>=3.9
>=3.9,<4
 >=3.9 , <4
>=3.9,
,
>=3.9,,<4
==3.*
!=3.0.*,!=3.1.*,>=2.7
>=3.6.*
~=3.9
~=3
3.9
3.x
>=3.x
=>3.9
> 3.9
>=3.9 <4
>='3.9'
"3.9"
===3.9
===anything
===
==3.9+local
>=3.9+local
<4.0a0
*
>
any
>=3.9;
(>=3.9)
>=3.9é
"""

LICENSES = """
MIT
mit
mit or apache-2.0
MIT AND (Apache-2.0 OR BSD-2-Clause)
MIT AND(Apache-2.0 or BSD-2-Clause)
( MIT )
((MIT))
(MIT
MIT)
()
MIT ()
(MIT) (MIT)
MIT MIT
MIT AND
AND MIT
MIT AND OR MIT
MIT OR (
WITH
MIT WITH
GPL-3.0-or-later WITH Classpath-exception-2.0
gpl-3.0-or-later with classpath-exception-2.0
GPL-3.0+ WITH GCC-exception-3.1 OR MIT
(GPL-3.0-only) WITH GCC-exception-3.1
GPL-3.0-only WITH (GCC-exception-3.1)
GPL-3.0-only WITH MIT
GPL-3.0-only WITH GCC-exception-3.1 WITH GCC-exception-3.1
GPL-3.0-only WITH GCC-exception-3.1+
Apache-2.0+
Apache-2.0++
Apache-2.0 +
+
LicenseRef-Proprietary
licenseref-Public.Domain-1
LicenseRef-
LicenseRef-a_b
LicenseRef-a+
LicenseRef-a WITH GCC-exception-3.1
Proprietary
Apache License 2.0
MIT/Apache-2.0
MIT, Apache-2.0
MIT | Apache-2.0
and
not MIT
MÏT
"""




def versions():
    """Pieces that make up versions, put together at random."""
    random.seed(440)
    numbers = ["", "0", "1", "01", "2", "10", "007", "20240101", "99999999999999999999999"]
    words = ["", "", "a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "post", "rev", "r", "dev", "x", "RC", "Post"]
    marks = ["", "", ".", "-", "_", "+", "!", ".."]
    sound, rest = set(), set()
    while len(sound) < 200:
        pieces = [random.choice(["", "", "v", "1!"]), random.choice(["1", "1.0", "1.1", "0.0", "2.0.0"])]
        for _ in range(random.randint(0, 3)):
            pieces += [random.choice(marks), random.choice(words), random.choice(marks), random.choice(numbers)]
        text = "".join(pieces)
        try:
            Version(text)
            sound.add(text)
        except InvalidVersion:
            rest.add(text)
    return sorted(sound) + sorted(rest)[:100]


def sort_versions(texts):
    """Yields the versions in their order, equal ones on one line, then the rest."""
    sound, rest = [], []
    for text in texts:
        try:
            sound.append((Version(text), text))
        except InvalidVersion:
            rest.append(text)
    sound.sort(key=lambda pair: pair[0])
    for version, group in itertools.groupby(sound, key=lambda pair: pair[0]):
        group = list(group)
        pre = "pre" if version.is_prerelease else "final"
        yield "\t".join([canonicalize_version(version), pre] + [f"{text}={Version(text)}" for _, text in group])
    for text in rest:
        yield f"-\t{text}"


def packages(work):
    for name, (version, backend, more) in PROJECTS.items():
        module = name.lower().replace("-", "_").replace(".", "_")
        root = work / name
        (root / module).mkdir(parents=True)
        (root / module / "__init__.py").write_text('"""A small thing."""\n\ndef main():\n    print("hello")\n')
        (root / "README.md").write_text("# Grüße\n\nFrom: nobody\n")
        (root / "LICENSE").write_text("Do as you please.\n")
        (root / "pyproject.toml").write_text(
            f'[build-system]\nrequires = []\nbuild-backend = "{backend}"\n'
            f'[project]\nname = "{name}"\nversion = "{version}"{COMMON}{more}'
        )
        subprocess.run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", HERE, root],
            check=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
        )


def verdicts(file, lines, judge, invalid):
    """Writes each line behind what judge makes of it, or behind a dash."""
    with open(HERE / file, "w") as out:
        for line in lines.strip("\n").split("\n"):
            try:
                out.write(f"{judge(line)}\t{line}\n")
            except invalid:
                out.write(f"-\t{line}\n")


if __name__ == "__main__":
    verdicts("requirements.txt", REQUIREMENTS, lambda s: Requirement(s) and "ok", InvalidRequirement)
    verdicts("specifiers.txt", SPECIFIERS, lambda s: SpecifierSet(s) is not None and "ok", InvalidSpecifier)
    verdicts("licenses.txt", LICENSES, canonicalize_license_expression, InvalidLicenseExpression)
    (HERE / "versions.txt").write_text("\n".join(sort_versions(versions())) + "\n")
    with tempfile.TemporaryDirectory() as work:
        packages(pathlib.Path(work))
