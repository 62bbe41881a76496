package cranindex

import (
	"strings"
	"testing"

	"vivarium/app/format/cran"
	"vivarium/app/model"
)

func TestParse(t *testing.T) {
	t.Parallel()
	source, windows := cran.Folder{Built: cran.Built{System: cran.Source}}, cran.Folder{Built: cran.Built{System: cran.Windows, R: "4.3", Arch: "x86_64"}}
	tests := map[string]request{
		"/cran/Brook/src/contrib/PACKAGES":                        {resource: index, channel: "brook", folder: source, file: "PACKAGES"},
		"/cran/brook/src/contrib/PACKAGES.gz":                     {resource: packed, channel: "brook", folder: source, file: "PACKAGES.gz"},
		"/cran/brook/src/contrib/a_1.0.tar.gz":                    {resource: pkgFile, channel: "brook", folder: source, file: "a_1.0.tar.gz"},
		"/cran/brook/bin/windows/contrib/4.3/PACKAGES":            {resource: index, channel: "brook", folder: windows, file: "PACKAGES"},
		"/cran/brook/label/Dev/x/src/contrib/PACKAGES":            {resource: index, channel: "brook", label: "dev/x", folder: source, file: "PACKAGES"},
		"/cran/brook/label/src/contrib/src/contrib/PACKAGES":      {resource: index, channel: "brook", label: "src/contrib", folder: source, file: "PACKAGES"},
		"/cran/t/viv-x/brook/src/contrib/PACKAGES":                {resource: index, channel: "brook", token: "viv-x", hasToken: true, folder: source, file: "PACKAGES"},
		"/t/viv-x/cran/brook/label/dev/bin/windows/contrib/4.3/z": {resource: pkgFile, channel: "brook", label: "dev", token: "viv-x", hasToken: true, folder: windows, file: "z"},
		"/cran/brook":                        {},
		"/cran":                              {},
		"/":                                  {},
		"/cran/brook/":                       {channel: "brook"},
		"/cran/brook/src":                    {channel: "brook"},
		"/cran/brook/x/src/contrib/PACKAGES": {channel: "brook"},
		"/cran/brook/label/nolabel/src/contrib/x": {channel: "brook"},
		"/cran/brook/label/src/contrib/PACKAGES":  {channel: "brook"},
		"/cran/brook/src%2fcontrib/PACKAGES":      {},
		"/t/viv-x/brook/src/contrib/PACKAGES":     {token: "viv-x", hasToken: true},
		"/cran/t//brook/src/contrib/PACKAGES":     {resource: index, channel: "brook", hasToken: true, folder: source, file: "PACKAGES"},
	}
	for path, want := range tests {
		if got := parse(path); got != want {
			t.Errorf("%s: got %+v, want %+v", path, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("/t/viv-x/cran/brook/label/dev/bin/windows/contrib/4.3/z")
	f.Add("/cran/brook/src/contrib/PACKAGES")
	f.Fuzz(func(t *testing.T, path string) {
		req := parse(path)
		if req.resource != absent && (req.channel == "" || strings.ContainsAny(req.file+req.channel, "/\\\x00")) {
			t.Errorf("%q became %+v", path, req)
		}
		if label, err := model.ParseLabel(req.label); req.label != "" && (err != nil || label != req.label) {
			t.Errorf("%q became %+v", path, req)
		}
	})
}
