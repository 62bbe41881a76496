"""Decode the compressed forms of documents as clients do.

usage: decoders.py URL...

Each URL is of a plain form, and the same with .zst at its end is fetched too. Prints one
JSON object: {"decoded": how many forms were right, "wrong": ["who: what", ...]}.
"""

import gzip
import json
import subprocess
import sys
import urllib.request
import zlib

import httpx
import requests
import zstandard
from backports import zstd


def get(url, encoding):
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def run(command, data=None):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def forms(url):
    """Each way to decode, and what comes out."""
    packed, zipped = get(url, "gzip"), get(url + ".zst", "identity")
    yield "gzip.decompress", lambda: gzip.decompress(packed)
    yield "zlib, one member", lambda: zlib.decompressobj(31).decompress(packed)
    yield "httpx", lambda: httpx.get(url, headers={"Accept-Encoding": "gzip"}).content
    yield "requests", lambda: requests.get(url, headers={"Accept-Encoding": "gzip, deflate"}).content
    yield "curl --compressed", lambda: run(["curl", "-sS", "--fail", "--compressed", url])
    yield "zstandard, one shot", lambda: zstandard.decompress(zipped)
    yield "backports.zstd, one shot", lambda: zstd.decompress(zipped)
    yield "zstd -d", lambda: run(["zstd", "-dc"], zipped)
    yield "zstd -t", lambda: (run(["zstd", "-t"], zipped), get(url, "identity"))[1]


def main():
    decoded, wrong = 0, []
    for url in sys.argv[1:]:
        plain = get(url, "identity")
        for who, decode in forms(url):
            try:
                out = decode()
            except Exception as e:
                wrong.append(f"{who}: {url}: {e}")
                continue
            if out != plain:
                wrong.append(f"{who}: {url}: {len(out)} bytes, want {len(plain)}")
            decoded += 1
    print(json.dumps({"decoded": decoded, "wrong": wrong}), flush=True)


main()
