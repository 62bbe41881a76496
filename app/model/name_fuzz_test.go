package model

import (
	"path"
	"strings"
	"testing"
)

// FuzzNames checks that what is accepted as a name can do no harm as one: it
// stays as it is when it is read again, and holds nothing that a path, a log or a
// URL would take for something else.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"brook", "linux-64x", "../x", "release/1.0", "a//b", "x-1.0-0.conda", "Tiny.Wheel", "1!2.0+local", "\x00", "асме", "İ", "lock", "copy/x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if login, err := ParseLogin(s); err == nil {
			if again, err := ParseLogin(login); err != nil || again != login || ReservedLogin(login) {
				t.Errorf("login %q is read again as %q, %v", login, again, err)
			}
		}
		if label, err := ParseLabel(s); err == nil {
			again, err := ParseLabel(label)
			if err != nil || again != label || path.Clean(label) != label || strings.HasPrefix(label, "/") {
				t.Errorf("label %q is read again as %q, %v", label, again, err)
			}
		}
		for what, err := range map[string]error{"file": CheckFileName(s), "package": CheckPackageName(s), "version": CheckVersion(s), "group": CheckGroupName(s)} {
			if err == nil && strings.ContainsAny(s, "/\\\x00\r\n %\"<>") {
				t.Errorf("%q is accepted as a %s's name", s, what)
			}
			if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) {
				t.Errorf("the refusal of %q holds a control character", s)
			}
		}
	})
}
