package model

import "time"

// Clock tells the time. Offset moves it, for tests of expiry
// (testing.clock_offset); the zero Clock is the real one. It is the only place
// that reads the machine's time.
type Clock struct{ Offset time.Duration }

// Now returns the current moment in UTC, moved by Offset.
func (c Clock) Now() time.Time { return time.Now().Add(c.Offset).UTC() }

// Since returns the time passed since t by this clock.
func (c Clock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }
