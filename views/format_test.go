package views

import (
	"testing"
	"time"
)

func TestCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 18204: "18,204", 1234567: "1,234,567", -4200: "-4,200"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 files", 1: "1 file", 2: "2 files", 1206: "1,206 files"} {
		if got := plural(n, "file", "files"); got != want {
			t.Errorf("plural(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1.0 kB", 4_249_000: "4.2 MB", 9_950_000: "10 MB", 611_000_000: "611 MB",
		999_499: "999 kB", 999_500: "1.0 MB", 1_200_000_000: "1.2 GB", 5_000_000_000_000_000_000: "5000 PB",
	} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for passed, want := range map[time.Duration]string{
		-time.Hour: "just now", 0: "just now", 59 * time.Second: "just now", time.Minute: "1 minute ago", 59 * time.Minute: "59 minutes ago",
		time.Hour: "1 hour ago", 23 * time.Hour: "23 hours ago", day: "yesterday", 2 * day: "2 days ago", 27 * day: "27 days ago",
		28 * day: "4 weeks ago", 60 * day: "8 weeks ago", 61 * day: "2 months ago", 364 * day: "12 months ago", 365 * day: "1 year ago", 800 * day: "2 years ago",
	} {
		if got := ago(now.Add(-passed), now); got != want {
			t.Errorf("ago(%s) = %q, want %q", passed, got, want)
		}
	}
}

func TestMomentsAreWrittenInUTC(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 1, 2, 3, 0, time.FixedZone("", 3600))
	if got, want := exact(at), "2026-11-22 00:02:03 UTC"; got != want {
		t.Errorf("exact = %q, want %q", got, want)
	}
	if got, want := machine(at), "2026-11-22T00:02:03Z"; got != want {
		t.Errorf("machine = %q, want %q", got, want)
	}
}
