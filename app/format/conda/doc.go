// Package conda reads conda packages and knows conda's rules for names and
// versions. ReadInfo streams an archive of either type once, in flat memory, and
// returns what its info section says; what it accepts, conda's clients can
// install. Nothing is unpacked.
package conda
