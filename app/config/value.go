package config

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"
)

// value is one setting: it writes itself as the file has it and reads what the
// operator wrote. It is flag.Value under another name.
type value interface {
	String() string
	Set(string) error
}

// text is any string.
type text struct{ p *string }

func (v text) String() string { return *v.p }

func (v text) Set(s string) error {
	*v.p = s
	return nil
}

// word is one of a few words.
type word struct {
	p     *string
	words []string
}

func (v word) String() string { return *v.p }

func (v word) Set(s string) error {
	if !slices.Contains(v.words, s) {
		return fmt.Errorf("%q is not one of %s", s, strings.Join(v.words, ", "))
	}
	*v.p = s
	return nil
}

// truth is true or false, in the words that YAML and shells have for them.
type truth struct{ p *bool }

func (v truth) String() string { return strconv.FormatBool(*v.p) }

func (v truth) Set(s string) error {
	switch strings.ToLower(s) {
	case "true", "yes", "on", "1":
		*v.p = true
	case "false", "no", "off", "0":
		*v.p = false
	default:
		return fmt.Errorf("%q is neither true nor false", s)
	}
	return nil
}

// number is a whole number within bounds.
type number struct {
	p        *int
	min, max int
}

func (v number) String() string { return strconv.Itoa(*v.p) }

func (v number) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil {
		return fmt.Errorf("%q is not a whole number", s)
	}
	if n < v.min || n > v.max {
		return fmt.Errorf("%d is out of range: give a number from %d to %d", n, v.min, v.max)
	}
	*v.p = n
	return nil
}

// quantity is a positive Size.
type quantity struct{ p *Size }

func (v quantity) String() string { return v.p.String() }

func (v quantity) Set(s string) error {
	n, err := ParseSize(s)
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("%q is out of range: give at least one byte", s)
	}
	*v.p = n
	return nil
}

// span is a duration within bounds.
type span struct {
	p        *time.Duration
	min, max time.Duration
}

func (v span) String() string { return FormatDuration(*v.p) }

func (v span) Set(s string) error {
	d, err := ParseDuration(s)
	if err != nil {
		return err
	}
	if d < v.min || d > v.max {
		return fmt.Errorf("%q is out of range: give a duration from %s to %s", s, FormatDuration(v.min), FormatDuration(v.max))
	}
	*v.p = d
	return nil
}

// level is a log level.
type level struct{ p *slog.Level }

func (v level) String() string { return strings.ToLower(v.p.String()) }

func (v level) Set(s string) error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	l, ok := levels[s]
	if !ok {
		return fmt.Errorf("%q is not one of debug, info, warn, error", s)
	}
	*v.p = l
	return nil
}
