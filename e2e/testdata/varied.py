"""Make varied conda packages, and index them with rattler's indexer as an oracle.

usage: varied.py OUT COUNT

Writes COUNT archives to OUT/<subdir>/<file> with repodata.json, its .zst and shards
beside them. OUT/said.json has what their info sections say, by <subdir>/<file>:
{"index": …, "run_exports": …, "newest": is it of its package's newest version in that
subdir}. The same COUNT gives the same metadata.
"""

import asyncio
import bz2
import io
import json
import os
import pathlib
import random
import sys
import tarfile
import zipfile

from backports import zstd
from rattler import Version
from rattler.index import index_fs

SUBDIRS = ["noarch", "linux-64", "osx-arm64", "win-64"]
VERSIONS = ["1.0", "2.0rc1", "1!0.3", "2!4.0.1", "1.1+local.2", "3.0+cuda12", "2024.01.1", "1.0.post1", "1.0.dev3", "0.4.1a.vc11", "1.0_1", "18446744073709551615.1"]
NAMES = ["pkg", "a_b", "a-b", "a.b", "_under", "x2", "r-base-", "lib.x-"]
SUMMARIES = ["Says hello", "Größe – 数据 🦊 \u2028 “quoted”", '<script>alert("&")</script>', "line\nbreak\ttab", "", "ﬁ e\u0301 é"]
UNKNOWN = [
    {},
    {"x_future": {"b": [1, 2.5, None, True, {"a": "ü"}], "a": {}}},
    {"x_big": 9007199254740993, "x_negative": -1, "x_small": 1e-7, "x_text": "\u0000\u001f\\\"/"},
    {"x_empty": "", "x_list": [], "x_null": None},
]
RUN_EXPORTS = [None, {}, {"weak": ["x >=1"]}, {"strong": ["x >=1,<2"], "weak_constrains": ["y <3"], "noarch": ["z"]}, {"strong_constrains": ["a"], "weak": []}]


def index_json(r, n, subdir):
    name = NAMES[n // 4 % len(NAMES)] + str(n // 4)  # up to four versions of a package
    number = r.choice([0, 0, 1, 200])
    build = r.choice([str(number), f"py312h{n:07}_{number}", f"H.a+b{n}_{number}", f"mkl{n}_{number}"])
    index = {"name": name, "version": r.choice(VERSIONS), "build": build, "build_number": number, "subdir": subdir}
    index["depends"] = r.choice([[], ["python >=3.12,<3.13.0a0"], ["a[version='>=1',build=x*]", "__glibc >=2.17"], ["numpy=1.8=py*"]])
    if n % 50 == 0:
        index["depends"] = [f"dep{i} >=1.{i},<2" for i in range(1000)]
    index.update(r.choice([{}, {"constrains": []}, {"constrains": ["old <1", "other ==2.0"]}]))
    index.update(r.choice([{}, {"features": "mkl"}, {"track_features": "mkl debug"}, {"track_features": ""}]))
    index.update(r.choice([{}, {"license": "MIT"}, {"license": "LicenseRef-Ünïcode", "license_family": "OTHER"}]))
    index.update(r.choice([{}, {"timestamp": 1772600767890}, {"timestamp": 1572600767}]))
    index.update(r.choice([{}, {"arch": "x86_64", "platform": "linux"}, {"arch": None, "platform": None}]))
    index.update(r.choice([{}, {"purls": ["pkg:pypi/x@1.0"]}, {"python_site_packages_path": "lib/python3.13t/site-packages"}]))
    index.update(r.choice(UNKNOWN))
    if subdir == "noarch":
        index["noarch"] = r.choice(["python", "generic"])
    return index


def info(name, value):
    return "info/" + name, json.dumps(value, ensure_ascii=False, indent=2).encode()


def tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, body in members:
            member = tarfile.TarInfo(name)
            member.size = len(body)
            t.addfile(member, io.BytesIO(body))
    return out.getvalue()


def pack(stem, infos, files, extension):
    if extension == ".tar.bz2":
        return bz2.compress(tar(infos + files), 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("metadata.json", '{"conda_pkg_format_version": 2}')
        z.writestr(f"pkg-{stem}.tar.zst", zstd.compress(tar(files)))
        z.writestr(f"info-{stem}.tar.zst", zstd.compress(tar(infos)))
    return out.getvalue()


def mark_newest(said):
    newest = {}
    for file in said.values():
        index = file["index"]
        key, version = (index["subdir"], index["name"]), Version(index["version"])
        newest[key] = max(newest.get(key, version), version)
    for file in said.values():
        index = file["index"]
        file["newest"] = Version(index["version"]) == newest[index["subdir"], index["name"]]


def write(out, count):
    r, said = random.Random(6), {}
    n = 0
    while len(said) < count:
        n += 1
        subdir = r.choice(SUBDIRS)
        index, run_exports = index_json(r, n, subdir), r.choice(RUN_EXPORTS)
        about = {"summary": r.choice(SUMMARIES), "home": "https://example.test/x"}
        infos = [info("index.json", index), info("about.json", about), info("paths.json", {"paths": [], "paths_version": 1})]
        if run_exports is not None:
            infos.append(info("run_exports.json", run_exports))
        stem = "-".join([index["name"], index["version"], index["build"]])
        extensions = r.choice([[".conda"], [".tar.bz2"], [".conda", ".tar.bz2"]])
        for extension in extensions[: count - len(said)]:
            path = out / subdir / (stem + extension)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pack(stem, infos, [("share/x.txt", stem.encode())], extension))
            said[f"{subdir}/{path.name}"] = {"index": index, "run_exports": run_exports}
    mark_newest(said)
    (out / "said.json").write_text(json.dumps(said))


def main():
    out, count = pathlib.Path(sys.argv[1]).absolute(), int(sys.argv[2])
    write(out, count)
    asyncio.run(index_fs(out, write_zst=True, write_shards=True))
    print("done", flush=True)
    os._exit(0)  # an ordinary exit now and then crashes in a thread of the library


main()
