package model

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
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
	for c := Internal; c <= Full; c++ {
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
