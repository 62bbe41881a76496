// Package condatest builds conda packages for tests, in memory and with the same
// bytes each time: whole ones with Build, and broken or hostile ones out of its
// parts Tar, Zstd, Bzip2 and Zip.
package condatest
