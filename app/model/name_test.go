package model

import (
	"strings"
	"testing"
)

func TestParseLogin(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Brook": "brook", " ada ": "ada", "_x": "_x", "a-b_c9": "a-b_c9", strings.Repeat("a", 64): strings.Repeat("a", 64),
		"\u212aelvin": "", "\u0130x": "", "a": "", "-ab": "", "acme.": "", "ac me": "", "асме": "", "a/b": "", "": "", strings.Repeat("a", 65): "",
		"api": "", "t": "", "Org": "", "root": "", "support": "", "linux-64": "", "linux-64stuff": "", "noarch404": "", "users": "", "static": "",
	} {
		got, err := ParseLogin(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseLogin(%q) is %q, %v, want %q", in, got, err, want)
		}
		if err != nil && FieldsOf(err)["username"] == "" {
			t.Errorf("the refusal of %q belongs to no field", in)
		}
	}
}

func TestReservedLogins(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{Segments, apiNouns, Subdirs} {
		for _, s := range list {
			if !ReservedLogin(s) {
				t.Errorf("%s is free", s)
			}
		}
	}
}

func TestParseLabel(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"main": "main", "Release/1.0": "release/1.0", "dev_2": "dev_2", "0.1": "0.1", "locked": "locked", "copying/x": "copying/x",
		"nolabel": "", "a//b": "", "/a": "", "a/": "", "..": "", "a/../b": "", ".": "", "a/lock": "", "lock": "", "x/copy/y": "", "copy": "",
		"linux-64": "", "x/noarch-2": "", "a b": "", "": "", "ü": "", "\u212a": "", "\u0130": "", strings.Repeat("a", 129): "",
	} {
		got, err := ParseLabel(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseLabel(%q) is %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestParseEmail(t *testing.T) {
	t.Parallel()
	for in, ok := range map[string]bool{
		" brook@example.test ": true, "a+b@x": true, "a": false, "@x": false, "a@": false, "a@b@c": false, "a b@c": false, "a@b\r\nBcc: x": false, "<a@b>": false,
	} {
		if _, err := ParseEmail(in); (err == nil) != ok {
			t.Errorf("ParseEmail(%q): %v", in, err)
		}
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for in, ok := range map[string]bool{
		"x-1.0-0.conda": true, "gamma-1!2.0-0.conda": true, "a+b.whl": true,
		"": false, ".": false, "..": false, "a/b": false, `a\b`: false, "a b": false, "a\x01": false, "a%2f": false, strings.Repeat("a", 256): false,
	} {
		if err := CheckFileName(in); (err == nil) != ok {
			t.Errorf("CheckFileName(%q): %v", in, err)
		}
	}
	for in, ok := range map[string]bool{"linux-64": true, "noarch": true, "wasi-wasm32": true, "Linux-64": false, "linux": false, "a-b-c": false, "../x": false} {
		if WellFormedSubdir(in) != ok {
			t.Errorf("WellFormedSubdir(%q) is %v", in, !ok)
		}
	}
	if KnownSubdir("nosuch-99", nil) || !KnownSubdir("nosuch-99", []string{"nosuch-99"}) || !KnownSubdir("win-64", nil) {
		t.Error("known subdirs are conda's and the extra ones")
	}
}

func TestNormalizePyPI(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Foo": "foo", "foo_bar": "foo-bar", "Foo._-Bar": "foo-bar", "zope.interface": "zope-interface"} {
		if got := NormalizePyPI(in); got != want {
			t.Errorf("NormalizePyPI(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestNeedsLongAddress(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"demo": false, "labels": true, "Labels": true, "noarch": true, "linux-64": true, "rss.xml": true, "linux": false, "simple": true,
	} {
		if got := NeedsLongAddress(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
