package registry_test

import (
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry/registrytest"
)

// TestA7LongAndComposedPasswords tells passwords apart that differ at their ends,
// and takes the two forms of a letter for one.
func TestA7LongAndComposedPasswords(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	long := strings.Repeat("x", 79)
	try := func(password string) error {
		_, err := s.SignIn(t.Context(), model.Actor{}, "casey", password)
		return err
	}
	set := func(password string) error {
		return s.SetPassword(t.Context(), model.LocalOperator(), "casey", password)
	}
	check(t, "80 letters", set(long+"a"), model.Internal)
	check(t, "the right end", try(long+"a"), model.Internal)
	check(t, "another end", try(long+"b"), model.Invalid)
	check(t, "cut", try(long), model.Invalid)
	check(t, "composed", set("caf\u00e9 au lait"), model.Internal)
	check(t, "decomposed", try("cafe\u0301 au lait"), model.Internal)
	check(t, "without the accent", try("cafe au lait"), model.Invalid)
	check(t, "1,024 bytes", set(strings.Repeat("y", 1024)), model.Internal)
	check(t, "1,025 bytes", set(strings.Repeat("y", 1025)), model.Invalid)
	check(t, "1,025 bytes at sign-in", try(strings.Repeat("y", 1025)), model.Invalid)
}
