package registrytest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Dump returns the bytes of a copy of the database.
func (s *Site) Dump(t testing.TB) string {
	t.Helper()
	target := filepath.Join(t.TempDir(), "dump.db")
	if err := s.Store.Copy(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ToValidUTF8(string(data), "?")
}
