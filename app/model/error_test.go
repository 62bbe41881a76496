package model

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCodeAndMessage(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk I/O error at 0x7f")
	for _, tt := range []struct {
		err  error
		code Code
		says string
	}{
		{Errorf(Conflict, "x exists."), Conflict, "x exists."},
		{fmt.Errorf("commit: %w", Errorf(NotFound, "y is not there.")), NotFound, "y is not there."},
		{cause, Internal, "unexpected problem"},
		{&Error{Code: Internal, Message: "open /secret", Err: cause}, Internal, "unexpected problem"},
		{&Error{Code: Full, Message: "No space.", Err: cause}, Full, "No space."},
	} {
		if got := CodeOf(tt.err); got != tt.code {
			t.Errorf("%v is %s, want %s", tt.err, got, tt.code)
		}
		if got := MessageOf(tt.err); !strings.Contains(got, tt.says) || strings.Contains(got, "0x7f") || strings.Contains(got, "/secret") {
			t.Errorf("%v says %q", tt.err, got)
		}
	}
	if !errors.Is(&Error{Err: cause}, cause) {
		t.Error("the cause is lost")
	}
}

func TestFieldsOf(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("sign up: %w", errors.Join(FieldErrorf("email", "First."), nil, errors.Join(FieldErrorf("email", "Second."), FieldErrorf("terms", "Accept."))))
	got := FieldsOf(err)
	if want := []string{"email", "terms"}; !slices.Equal(slices.Sorted(maps.Keys(got)), want) || got["email"] != "First." {
		t.Errorf("fields are %v", got)
	}
	if len(FieldsOf(nil)) != 0 || len(FieldsOf(errors.New("x"))) != 0 {
		t.Error("fields of nothing")
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for c := Internal; c <= Missing; c++ {
		if c != Internal && c.String() == "internal" {
			t.Errorf("code %d has no name", c)
		}
	}
	if Code(99).String() != "internal" || Permission(9).String() != "none" {
		t.Error("a number without a name")
	}
	for _, w := range []string{"read", "write", "admin"} {
		if p, err := ParsePermission(w); err != nil || p.String() != w {
			t.Errorf("permission %s is %v, %v", w, p, err)
		}
	}
	for _, w := range []string{"", "none", "owner"} {
		if _, err := ParsePermission(w); err == nil {
			t.Errorf("%q is a permission", w)
		}
	}
	if _, err := ParseAccess("secret"); err == nil {
		t.Error("secret is an access level")
	}
}

// TestStatuses compares the statuses with contract 8.
func TestStatuses(t *testing.T) {
	t.Parallel()
	want := map[Code]int{
		Internal: 500, Invalid: 400, Unauthenticated: 401, Forbidden: 403, NotFound: 404, Conflict: 409, Gone: 410, TooLarge: 413, TooMany: 429,
		ReadOnly: 503, Full: 507, Missing: 500, Missing + 1: 500, -1: 500,
	}
	for code, status := range want {
		if got := code.Status(); got != status {
			t.Errorf("%s (%d): status %d, want %d", code, code, got, status)
		}
	}
}

func TestRetryAfterOf(t *testing.T) {
	t.Parallel()
	wait := func(d time.Duration) error {
		return fmt.Errorf("sign in: %w", &Error{Code: TooMany, RetryAfter: d})
	}
	for err, want := range map[error]int{
		wait(0): 1, wait(time.Millisecond): 1, wait(time.Second): 1, wait(90*time.Second + 1): 91,
		Errorf(Conflict, "Taken."): 0, errors.New("odd"): 0,
	} {
		if got := RetryAfterOf(err); got != want {
			t.Errorf("%v: %d seconds, want %d", err, got, want)
		}
	}
}
