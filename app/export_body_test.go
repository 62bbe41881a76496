package main

import (
	"os"
	"path/filepath"
	"testing"

	"vivarium/app/model"
)

func TestHoldsBody(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "repodata.json")
	if same, err := holdsBody(path, model.Bytes(nil)); same || err != nil {
		t.Errorf("a file that is absent: %v, %v", same, err)
	}
	for _, text := range []string{"", "abc"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, body := range []string{"", "abc", "abd", "abcd", "ab"} {
			if same, err := holdsBody(path, model.Bytes(body)); same != (text == body) || err != nil {
				t.Errorf("holdsBody of %q and %q = %v, %v", text, body, same, err)
			}
		}
	}
}
