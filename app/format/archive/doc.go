// Package archive holds what the format readers share to read zip, tar, zstd and
// bzip2 safely: bytes that are not trusted go in, streams with a bounded output
// come out. Nothing is written to disk and no name from an archive is ever
// followed. What is wrong with an archive is told as a model.Error of code
// Invalid, whose sentence can be shown.
package archive
