package config

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"
)

// value is one setting: it shows itself as the file has it and is set from what the
// operator wrote.
type value interface {
	show() string
	set(string) error
}

// text is any string.
type text struct{ p *string }

func (v text) show() string { return *v.p }

func (v text) set(s string) error {
	*v.p = s
	return nil
}

// word is one of a few words.
type word struct {
	p     *string
	words []string
}

func (v word) show() string { return *v.p }

func (v word) set(s string) error {
	if !slices.Contains(v.words, s) {
		return fmt.Errorf("%q is not one of %s", s, strings.Join(v.words, ", "))
	}
	*v.p = s
	return nil
}

// truth is true or false, in the words that YAML and shells have for them.
type truth struct{ p *bool }

func (v truth) show() string { return strconv.FormatBool(*v.p) }

func (v truth) set(s string) error {
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

func (v number) show() string { return strconv.Itoa(*v.p) }

func (v number) set(s string) error {
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

func (v quantity) show() string { return v.p.String() }

func (v quantity) set(s string) error {
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

func (v span) show() string { return FormatDuration(*v.p) }

func (v span) set(s string) error {
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

func (v level) show() string { return strings.ToLower(v.p.String()) }

func (v level) set(s string) error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	l, ok := levels[s]
	if !ok {
		return fmt.Errorf("%q is not one of debug, info, warn, error", s)
	}
	*v.p = l
	return nil
}
