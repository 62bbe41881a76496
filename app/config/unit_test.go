package config_test

import (
	"testing"
	"time"

	"vivarium/app/config"
)

func TestParseSize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want config.Size
		out  string
	}{
		{"0", 0, "0"},
		{"1000000", 1_000_000, "1000000"},
		{"500MiB", 500 * config.MiB, "500MiB"},
		{"10 GiB", 10 * config.GiB, "10GiB"},
		{"1024", config.KiB, "1KiB"},
		{"2gb", 2_000_000_000, "1953125KiB"},
		{"7B", 7, "7"},
		{"1tib", config.TiB, "1TiB"},
	}
	for _, test := range tests {
		got, err := config.ParseSize(test.in)
		if err != nil || got != test.want || got.String() != test.out {
			t.Errorf("ParseSize(%q) = %d (%s), %v, want %d (%s)", test.in, got, got, err, test.want, test.out)
		}
	}
	for _, bad := range []string{"", "B", "MiB", "-1", "1.5GiB", "1 000", "9223372036854775808", "9000000TiB", "ten", "1Mib/s"} {
		if got, err := config.ParseSize(bad); err == nil {
			t.Errorf("ParseSize(%q) = %d, want an error", bad, got)
		}
	}
}

func TestParseDuration(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	tests := []struct {
		in   string
		want time.Duration
		out  string
	}{
		{"0", 0, "0s"},
		{"0s", 0, "0s"},
		{"30s", 30 * time.Second, "30s"},
		{"1m30s", 90 * time.Second, "1m30s"},
		{"90m", 90 * time.Minute, "1h30m"},
		{"24h", day, "24h"},
		{"1d", day, "24h"},
		{"365d", 365 * day, "365d"},
		{"1d12h", 36 * time.Hour, "36h"},
		{"-2d", -2 * day, "-2d"},
		{" 5m ", 5 * time.Minute, "5m"},
	}
	for _, test := range tests {
		got, err := config.ParseDuration(test.in)
		if err != nil || got != test.want || config.FormatDuration(got) != test.out {
			t.Errorf("ParseDuration(%q) = %v (%s), %v, want %v (%s)", test.in, got, config.FormatDuration(got), err, test.want, test.out)
		}
	}
	for _, bad := range []string{"", "5", "d", "1d-1h", "1d+1h", "1dd", "999999d", "tomorrow", "1y"} {
		if got, err := config.ParseDuration(bad); err == nil {
			t.Errorf("ParseDuration(%q) = %v, want an error", bad, got)
		}
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"365d", "-1d12h", "0", "24h", "1d1d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := config.ParseDuration(s)
		if err != nil {
			return
		}
		if back, err := config.ParseDuration(config.FormatDuration(d)); err != nil || back != d {
			t.Errorf("%q is %v, written %q, read back as %v, %v", s, d, config.FormatDuration(d), back, err)
		}
	})
}
