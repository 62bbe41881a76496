package model

import (
	"bytes"
	"crypto/rand"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestSecrets draws a thousand tokens: conda takes only these characters, each is
// new, and a changed letter is noticed.
func TestSecrets(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^viv-[A-Za-z0-9]+$`)
	seen := map[string]bool{}
	for i := range 1000 {
		s, err := NewSecret(rand.Reader, i%2 == 0)
		if err != nil {
			t.Fatal(err)
		}
		if !form.MatchString(s) || seen[s] || !IsSecret(s) {
			t.Fatalf("drew %q", s)
		}
		seen[s] = true
		changed := []byte(s)
		at := len(TokenPrefix) + i%(len(s)-len(TokenPrefix))
		changed[at] = map[bool]byte{true: 'B', false: 'A'}[changed[at] == 'A']
		if IsSecret(string(changed)) {
			t.Errorf("%q passes for a token", changed)
		}
	}
}

func TestIsSecret(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "viv-", "viv-abc", "other-" + strings.Repeat("a", 38), strings.Repeat("viv-", 200), "viv-\x00"} {
		if IsSecret(s) {
			t.Errorf("%q passes for a token", s)
		}
	}
	if _, err := NewSecret(bytes.NewReader(nil), false); err == nil {
		t.Error("a token was drawn from nothing")
	}
}

func TestTokenExpires(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for expires, want := range map[time.Time]bool{{}: false, now: true, now.Add(time.Second): false, now.Add(-time.Second): true} {
		if got := (Token{ExpiresAt: expires}).Expired(now); got != want {
			t.Errorf("expires %v: %v", expires, got)
		}
	}
}

func TestExpiresSoon(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]bool{-time.Second: false, 0: false, time.Second: true, expirySoon - time.Second: true, expirySoon: false} {
		if got := (Token{ExpiresAt: now.Add(left)}).ExpiresSoon(now); got != want {
			t.Errorf("%s before its end: %v", left, got)
		}
	}
	if (Token{}).ExpiresSoon(now) {
		t.Error("a token without an end ends soon")
	}
}
