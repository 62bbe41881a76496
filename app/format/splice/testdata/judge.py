"""Decodes frames and members with libzstd and zlib, each by one call that reads no further than the first.

Standard input: for each a letter (z or g), the length in 4 bytes, the SHA-256 of the text, the bytes.
"""
import hashlib, struct, sys, zlib
import zstandard
from backports import zstd


def gunzip(data):
    d = zlib.decompressobj(31)
    text = d.decompress(data)
    assert d.eof and not d.unused_data and not d.unconsumed_tail
    return text


judges = {b"z": [zstandard.ZstdDecompressor().decompress, zstd.decompress], b"g": [gunzip]}
read = sys.stdin.buffer.read
n = wrong = 0
while kind := read(1):
    (size,) = struct.unpack("<I", read(4))
    want, data = read(32), read(size)
    for decode in judges[kind]:
        n += 1
        try:
            ok = hashlib.sha256(decode(data)).digest() == want
        except Exception as e:
            ok = print(e)
        wrong += not ok
print(n, "decoded,", wrong, "wrong")
