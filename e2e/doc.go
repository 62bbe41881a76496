// Package e2e holds the end-to-end tests: they build the program, start it on a
// fresh folder, and use it as people do, with anaconda-client, rattler-build,
// rattler and a browser. It imports nothing of the program's packages.
package e2e
