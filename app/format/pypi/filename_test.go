package pypi_test

import (
	"fmt"
	"strings"
	"testing"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
)

func TestParseWheelName(t *testing.T) {
	t.Parallel()
	const pure = " [py3] [none] [any]"
	for in, want := range map[string]string{
		"foo-1.0-py3-none-any.whl":                                           "foo 1.0" + pure,
		"foo_bar-1.0-py2.py3-none-any.whl":                                   "foo-bar 1.0 [py2 py3] [none] [any]",
		"Foo_Bar-1.0-py3-none-any.whl":                                       "foo-bar 1.0" + pure,
		"foo.bar-1.0-py3-none-any.whl":                                       "foo-bar 1.0" + pure,
		"foo-1.0-1-py3-none-any.whl":                                         "foo 1.0 1" + pure,
		"foo-1.0-1abc-py3-none-any.whl":                                      "foo 1.0 1abc" + pure,
		"foo-1.0-0-py3-none-any.whl":                                         "foo 1.0 0" + pure,
		"foo-1.0-1.post-py3-none-any.whl":                                    "foo 1.0 1.post" + pure,
		"foo-1.0+local.1-py3-none-any.whl":                                   "foo 1.0+local.1" + pure,
		"foo-1.0+local_1-py3-none-any.whl":                                   "foo 1.0+local.1" + pure,
		"foo-1!1.0-py3-none-any.whl":                                         "foo 1!1.0" + pure,
		"foo-1.0alpha1-py3-none-any.whl":                                     "foo 1.0a1" + pure,
		"foo-v1.0-py3-none-any.whl":                                          "foo 1.0" + pure,
		"foo-01.0-py3-none-any.whl":                                          "foo 1.0" + pure,
		"foo-1.0-PY3-none-any.whl":                                           "foo 1.0" + pure,
		"foo-1.0-cp313-cp313t-win_amd64.whl":                                 "foo 1.0 [cp313] [cp313t] [win_amd64]",
		"foo-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl": "foo 1.0 [cp311] [cp311] [manylinux_2_17_x86_64 manylinux2014_x86_64]",
		"foo-1.0-cp39.cp310-abi3-macosx_11_0_universal2.whl":                 "foo 1.0 [cp39 cp310] [abi3] [macosx_11_0_universal2]",
		"foo-1.0-cp311-cp311-linux_x86_64.whl":                               "foo 1.0 [cp311] [cp311] [linux_x86_64]",
		"foo-1.0-cp311-cp311-android_24_arm64_v8a.whl":                       "foo 1.0 [cp311] [cp311] [android_24_arm64_v8a]",
		"foo-1.0-cp313-cp313-pyodide_2025_0_wasm32.whl":                      "foo 1.0 [cp313] [cp313] [pyodide_2025_0_wasm32]",
		"foo-1.0-cp314-cp314-iOS_13_0_arm64_iphoneos.whl":                    "foo 1.0 [cp314] [cp314] [ios_13_0_arm64_iphoneos]",
	} {
		name, err := pypi.ParseFileName(in)
		version, _ := pypi.ParseVersion(name.Version)
		parts := []string{pypi.NormalizeName(name.Name), version.String()}
		if name.Build != "" {
			parts = append(parts, name.Build)
		}
		got := strings.Join(parts, " ") + " " + fmt.Sprint(name.PythonTags, name.ABITags, name.PlatformTags)
		if err != nil || name.Type != pypi.Wheel || got != want {
			t.Errorf("%s: got %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestParseSdistName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"foo-1.0.tar.gz": "foo 1.0", "foo_bar-1.0.tar.gz": "foo-bar 1.0", "foo-bar-1.0.tar.gz": "foo-bar 1.0", "Foo.Bar-1.0.tar.gz": "foo-bar 1.0",
		"foo-1.0.zip": "foo 1.0", "foo-1.0a1.tar.gz": "foo 1.0a1", "foo-1.0+local.tar.gz": "foo 1.0+local", "foo-1!1.0.tar.gz": "foo 1!1.0",
		"foo-v1.0.tar.gz": "foo 1.0", "foo_bar-2024.01.tar.gz": "foo-bar 2024.1", "foo-1.0-1.tar.gz": "foo-1-0 1",
	} {
		name, err := pypi.ParseFileName(in)
		version, _ := pypi.ParseVersion(name.Version)
		if got := pypi.NormalizeName(name.Name) + " " + version.String(); err != nil || name.Type != pypi.Sdist || got != want {
			t.Errorf("%s: got %q, %v, want %q", in, got, err, want)
		}
	}
	name, err := pypi.ParseFileName("Foo.Bar-v01.0.zip")
	if err != nil || name.Name != "Foo.Bar" || name.Version != "v01.0" {
		t.Errorf("got %+v, %v, want the parts as written", name, err)
	}
}

func TestParseFileNameRefuses(t *testing.T) {
	t.Parallel()
	for in, sentence := range map[string]string{
		"foo-bar-1.0-py3-none-any.whl":         `("bar" is no version)`,
		"foo-1.0-abc-py3-none-any.whl":         "(its build tag must begin with a digit)",
		"foo-1.0_local-py3-none-any.whl":       `("1.0_local" is no version)`,
		"foo-x-py3-none-any.whl":               `("x" is no version)`,
		"foo-1.0-py3-none.whl":                 "(wrong number of parts)",
		"foo-1.0-1-2-py3-none-any.whl":         "(wrong number of parts)",
		"foo-1.0-py3-none-any.WHL":             "ends in .whl or .tar.gz",
		"foo-1.0-py3-none-any.whl.metadata":    "ends in .whl or .tar.gz",
		"foo__bar-1.0-py3-none-any.whl":        "(two underscores in its project name)",
		"fo o-1.0-py3-none-any.whl":            "Invalid file name",
		"foo-1.0-py3--any.whl":                 "(invalid tag component)",
		"foo-1.0-py3-none-.whl":                "(invalid tag component)",
		"foo-1.0-py3-none-any-.whl":            "(its build tag must begin with a digit)",
		"foo-1.0-py3-none-a+b.whl":             "(invalid tag component)",
		"foo-1.0-py3..py2-none-any.whl":        "(invalid tag component)",
		"../foo-1.0-py3-none-any.whl":          "Invalid file name",
		"_foo-1.0-py3-none-any.whl":            `("_foo" is no project name)`,
		"foo_-1.0-py3-none-any.whl":            `("foo_" is no project name)`,
		"föö-1.0-py3-none-any.whl":             "Invalid file name",
		"-1.0-py3-none-any.whl":                `("" is no project name)`,
		"foo-1.0.tar.bz2":                      "ends in .whl or .tar.gz",
		"foo-1.0.tgz":                          "ends in .whl or .tar.gz",
		"foo-1.0.tar.xz":                       "ends in .whl or .tar.gz",
		"foo-1.0.TAR.GZ":                       "ends in .whl or .tar.gz",
		"foo-1.0-py3.11.egg":                   "ends in .whl or .tar.gz",
		"foo-1.0.win32.exe":                    "ends in .whl or .tar.gz",
		"foo-bar.tar.gz":                       `("bar" is no version)`,
		"foo.tar.gz":                           "(no version in it)",
		"foo-1.0-beta.tar.gz":                  `("beta" is no version)`,
		"-1.0.tar.gz":                          "(no version in it)",
		"foo-.tar.gz":                          `("" is no version)`,
		".tar.gz":                              "(no version in it)",
		".whl":                                 "(wrong number of parts)",
		"":                                     "Invalid file name",
		"foo-1.0\x01.tar.gz":                   "Invalid file name",
		"foo%2f-1.0.tar.gz":                    "Invalid file name",
		strings.Repeat("a", 248) + "-1.tar.gz": "Invalid file name",
		strings.Repeat("a", 129) + "-1.tar.gz": "is no project name",
	} {
		name, err := pypi.ParseFileName(in)
		if name.Name != "" || model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), sentence) {
			t.Errorf("%q: got %v, want Invalid with %q", in, err, sentence)
		}
		checkSentence(t, err)
	}
}
