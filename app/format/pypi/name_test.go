package pypi_test

import (
	"strings"
	"testing"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Foo": "foo", "FOO": "foo", "foo-bar": "foo-bar", "foo_bar": "foo-bar", "foo.bar": "foo-bar", "Foo._-Bar": "foo-bar", "foo..bar": "foo-bar",
		"friendly--bard": "friendly-bard", "zope.interface": "zope-interface", "ruamel.yaml.clib": "ruamel-yaml-clib",
		"backports.ssl_match-hostname": "backports-ssl-match-hostname", "Rec.Pkg_Main": "rec-pkg-main", "a": "a", "A1": "a1", "1a": "1a",
	} {
		if err := pypi.CheckName(in); err != nil {
			t.Errorf("%q: %v", in, err)
		}
		if got := pypi.NormalizeName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCheckNameRefuses(t *testing.T) {
	t.Parallel()
	invalid := []string{
		"_foo", "foo_", "-foo", "foo-", ".foo", "foo bar", "foo/bar", "föö", "", "__", "İstanbul", "foo\n", "\u212a-x", "\u0131x", "\u017fx",
		"foo\x00", "\nfoo", "foo.", "a..", strings.Repeat("a", 129),
	}
	for _, name := range invalid {
		err := pypi.CheckName(name)
		if model.CodeOf(err) != model.Invalid {
			t.Errorf("%q: got %v", name, err)
		}
		checkSentence(t, err)
	}
}
