// Package pypi reads wheels and sdists and knows Python's rules for names,
// versions and metadata. ReadInfo reads a file to its last byte in flat memory and
// returns what it says of itself; what it accepts, pip and uv can install. Nothing
// is unpacked.
package pypi
