package views

import (
	"fmt"
	"strconv"
	"time"
)

// count writes a number with commas between the thousands: 18,204.
func count[N int | int64](n N) string {
	digits := strconv.FormatInt(int64(n), 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// plural writes a number with its noun: 1 file, 2 files.
func plural[N int | int64](n N, one, many string) string {
	return count(n) + " " + pick(n, one, many)
}

// pick returns the noun that goes with n.
func pick[N int | int64](n N, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// size writes bytes the way people say them, in decimal units: 4.2 MB.
func size(bytes int64) string {
	if bytes < 1000 {
		return plural(bytes, "byte", "bytes")
	}
	value, unit := float64(bytes)/1000, 0
	for ; value >= 999.5 && unit < len(sizeUnits)-1; unit++ {
		value /= 1000
	}
	if value >= 9.95 {
		return fmt.Sprintf("%.0f %s", value, sizeUnits[unit])
	}
	return fmt.Sprintf("%.1f %s", value, sizeUnits[unit])
}

var sizeUnits = []string{"kB", "MB", "GB", "TB", "PB"}

// ago says how long before now t was: 3 days ago. What lies ahead by a clock's
// error is just now.
func ago(t, now time.Time) string {
	const day = 24 * time.Hour
	passed := now.Sub(t)
	steps := []struct {
		below     time.Duration
		unit      time.Duration
		one, many string
	}{
		{time.Hour, time.Minute, "minute", "minutes"},
		{day, time.Hour, "hour", "hours"},
		{28 * day, day, "day", "days"},
		{61 * day, 7 * day, "week", "weeks"},
		{365 * day, 30 * day, "month", "months"},
	}
	if passed < time.Minute {
		return "just now"
	}
	if passed >= day && passed < 2*day {
		return "yesterday"
	}
	for _, s := range steps {
		if passed < s.below {
			return plural(int(passed/s.unit), s.one, s.many) + " ago"
		}
	}
	return plural(int(passed/(365*day)), "year", "years") + " ago"
}

// exact is the moment as a tooltip shows it.
func exact(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// machine is the moment as the datetime attribute wants it.
func machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// deadline is a moment to come as people say it, with its zone.
func deadline(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04 UTC") }

// lasting is a duration in its largest unit.
func lasting(d time.Duration) string {
	switch {
	case d >= time.Hour:
		return plural(int(d.Round(time.Hour).Hours()), "hour", "hours")
	case d > time.Minute:
		return plural(int(d.Round(time.Minute).Minutes()), "minute", "minutes")
	}
	return plural(int(d.Seconds()), "second", "seconds")
}
