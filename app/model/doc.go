// Package model holds the nouns of Vivarium and their pure rules: what an
// account, a package, a file, a label, a token is called and may look like, who
// an actor is, and how a failure is worded. It uses the standard library only
// and does no input or output; the bun tags on its structs are plain strings
// that store reads.
package model
