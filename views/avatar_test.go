package views

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAvatar(t *testing.T) {
	for _, login := range []string{"mlind", "reef-lab"} {
		file := filepath.Join("testdata", "avatar", login+".svg")
		got := AvatarSVG(login)
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is drawn differently:\n%s", login, got)
		}
	}
}

func TestAvatarsAreSoundForAnyName(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, login := range []string{"", "a", "brook", "casey", canary, strings.Repeat("x", 200)} {
		svg := AvatarSVG(login)
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%q: %v", login, err)
			}
		}
		if other, ok := seen[svg]; ok {
			t.Errorf("%q and %q look alike", login, other)
		}
		seen[svg] = login
	}
}
