// Package cran reads R packages, as source and as built for Windows or macOS, and
// writes what a CRAN-like repository says of them. ReadInfo reads a file to its last
// byte in flat memory; of what is inside only DESCRIPTION counts. Nothing is unpacked.
package cran
