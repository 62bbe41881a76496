package conda_test

import (
	"fmt"
	"strings"
	"testing"

	"vivarium/app/format/conda"
	"vivarium/app/model"
)

func TestCheckFileName(t *testing.T) {
	t.Parallel()
	tests := []struct{ fileName, name, version, build string }{
		{"demo-1.0-0.conda", "demo", "1.0", "0"},
		{"gcc_impl_linux-64-13.2.0-h338b0a0_5.tar.bz2", "gcc_impl_linux-64", "13.2.0", "h338b0a0_5"},
		{"_libgcc_mutex-0.1-conda_forge.conda", "_libgcc_mutex", "0.1", "conda_forge"},
		{"gamma-1!2.0+local.1-py_0.conda", "gamma", "1!2.0+local.1", "py_0"},
		{"r-mass-7.3_60-r43.conda", "r-mass", "7.3_60", "r43"},
		{"foo-2.0RC1-A.B+c_0.conda", "foo", "2.0RC1", "A.B+c_0"},
		{"a-1-0.conda", "a", "1", "0"},
		{"zlib.tar.bz2-1-0.conda", "zlib.tar.bz2", "1", "0"},
	}
	for _, test := range tests {
		name, version, build, archiveType, err := conda.CheckFileName(test.fileName)
		if err != nil || name != test.name || version != test.version || build != test.build || !strings.HasSuffix(test.fileName, string(archiveType)) {
			t.Errorf("%s: got %q %q %q %q, %v", test.fileName, name, version, build, archiveType, err)
		}
	}
}

func TestU1FileNames(t *testing.T) {
	t.Parallel()
	bad := []string{
		"", ".", "..", ".conda", "-.conda", "--.conda", "demo.conda", "demo-1.0.conda", "demo-1.0-0", "demo-1.0-0.zip", "demo-1.0-0.CONDA",
		"demo-1.0-0.tar", "demo-1.0-0.conda/", "../demo-1.0-0.conda", "/demo-1.0-0.conda", `..\demo-1.0-0.conda`, "linux-64/demo-1.0-0.conda",
		"demo-1.0-0%2f.conda", "demo-1.0-0\x00.conda", "demo-1.0-0\n.conda", "demo-1.0-0 .conda", " demo-1.0-0.conda", "démo-1.0-0.conda",
		"Demo-1.0-0.conda", "__demo-1.0-0.conda", "de__mo-1.0-0.conda", "de--mo-1.0-0.conda", ".demo-1.0-0.conda", "-demo-1.0-0.conda",
		"de+mo-1.0-0.conda", "de!mo-1.0-0.conda", "demo--0.conda", "demo-1.0-.conda", "demo-1..0-0.conda", "demo-1.0.-0.conda",
		"demo-1!1!0-0.conda", "demo-!1-0.conda", "demo-a!1-0.conda", "demo-1+-0.conda", "demo-1+a+b-0.conda", "demo-+a-0.conda", "demo-1__0-0.conda",
		"demo-1.0-a!b.conda", "demo-1.0-0*.conda", "demo-1*-0.conda", "demo-_-0.conda", "demo-1!_-0.conda", "demo-" + strings.Repeat("1", 65) + "-0.conda", "demo-99999999999999999999-0.conda",
		strings.Repeat("a", 65) + "-1.0-0.conda", "demo-1.0-" + strings.Repeat("0", 65) + ".conda", strings.Repeat("a-", 200) + "1-0.conda",
		"<img src=x>-1.0-0.conda", "demo-1.0-0.conda?x=.conda", "demo-1.0-0.conda#.conda", "demo;ls-1.0-0.conda", "demo-$(id)-0.conda", "demo-1.0-0:x.conda",
		"demo-1.0-0.conda\x7f", "\u202edemo-1.0-0.conda", "demo-１.0-0.conda", "demo-1.0-0.conda.", "~demo-1.0-0.conda",
	}
	if len(bad) < 60 {
		t.Errorf("got %d names, want 60", len(bad))
	}
	for _, fileName := range bad {
		_, _, _, _, err := conda.CheckFileName(fileName)
		if model.CodeOf(err) != model.Invalid {
			t.Errorf("%q: got %v, want Invalid", fileName, err)
		}
		if _, err := read(nil, fileName); model.CodeOf(err) != model.Invalid {
			t.Errorf("ReadInfo as %q: got %v, want Invalid", fileName, err)
		}
	}
}

func TestArchiveTypeOf(t *testing.T) {
	t.Parallel()
	for fileName, want := range map[string]string{
		"a-1-0.conda": ".conda true", "a-1-0.tar.bz2": ".tar.bz2 true", "a-1.tar.gz": " false", "a.Conda": " false", "conda": " false",
	} {
		archiveType, ok := conda.ArchiveTypeOf(fileName)
		if got := fmt.Sprint(archiveType, " ", ok); got != want {
			t.Errorf("%s: got %q, want %q", fileName, got, want)
		}
	}
}
