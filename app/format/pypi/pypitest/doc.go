// Package pypitest builds wheels and sdists for tests, in memory and with the same
// bytes each time: whole ones with Wheel and Sdist, and broken or hostile ones out
// of their parts WheelEntries, SdistMembers, Zip, Tar and Gzip.
package pypitest
