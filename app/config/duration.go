package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

var daysPattern = regexp.MustCompile(`^([+-]?)([0-9]{1,6})d(.*)$`)

// ParseDuration reads a duration as Go writes it, with days besides: 90s, 24h,
// 365d, 1d12h. A plain 0 needs no unit.
func ParseDuration(s string) (time.Duration, error) {
	s = strings.TrimSpace(s)
	m := daysPattern.FindStringSubmatch(s)
	if m == nil {
		return parseClockDuration(s, s)
	}
	sign, rest := m[1], m[3]
	n, err := strconv.ParseInt(m[2], 10, 64)
	if err != nil || n > 100_000 {
		return 0, fmt.Errorf("%q is longer than a duration may be", s)
	}
	total := time.Duration(n) * day
	if rest != "" {
		part, err := parseClockDuration(rest, s)
		if err != nil || part < 0 || strings.HasPrefix(rest, "+") {
			return 0, notDuration(s)
		}
		total += part
	}
	if sign == "-" {
		total = -total
	}
	return total, nil
}

func parseClockDuration(part, whole string) (time.Duration, error) {
	d, err := time.ParseDuration(part)
	if err != nil {
		return 0, notDuration(whole)
	}
	return d, nil
}

func notDuration(s string) error {
	return fmt.Errorf("%q is not a duration: give a number with a unit, such as 30s, 24h or 365d", s)
}

// FormatDuration writes d as ParseDuration reads it, in days when it is whole
// days but one, and without units that are zero.
func FormatDuration(d time.Duration) string {
	if d%day == 0 && (d >= 2*day || d <= -2*day) {
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
