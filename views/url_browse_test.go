package views

import (
	"testing"

	"vivarium/app/model"
)

func TestBrowseURLs(t *testing.T) {
	t.Parallel()
	conda := model.File{Type: model.Conda, Owner: "reef-lab", Package: "reefscan", Version: "2.4.1", Basename: "linux-64/reefscan-2.4.1-0.conda"}
	wheel := model.File{Type: model.PyPI, Owner: "reef-lab", Package: "Reef_Scan", Version: "1!2+x", Basename: "reef_scan-1!2+x-py3-none-any.whl", SHA256: "0a"}
	other := model.File{Type: model.Notebook, Owner: "reef-lab", Package: "reefscan", Version: "1!2+x", Basename: "reefscan 2.ipynb"}
	tests := []struct{ name, got, want string }{
		{"files of a version", FilesOfURL("reef-lab", "reefscan", "1!2+x"), "/reef-lab/reefscan/files?version=1%212%2Bx"},
		{"package as of a version", VersionURL("reef-lab", "reefscan", "2.4.1"), "/reef-lab/reefscan?version=2.4.1"},
		{"one file", FileURL("reef-lab", "reefscan", "2.4.1", conda.Basename), "/reef-lab/reefscan/files?file=linux-64%2Freefscan-2.4.1-0.conda&version=2.4.1"},
		{"package called like a page", VersionURL("reef-lab", "labels", "1"), "/reef-lab/packages/labels?version=1"},
		{"conda download", DownloadURL(conda), "/conda/reef-lab/linux-64/reefscan-2.4.1-0.conda"},
		{"Python download", DownloadURL(wheel), "/pypi/reef-lab/simple/reef-scan/0a/reef_scan-1%212+x-py3-none-any.whl"},
		{"other download", DownloadURL(other), "/api/download/reef-lab/reefscan/1%212+x/reefscan%202.ipynb"},
		{"simple index", PythonIndexURL("http://h", "reef-lab", "main"), "http://h/pypi/reef-lab/simple/"},
		{"simple index of a label", PythonIndexURL("http://h", "reef-lab", "rc/2"), "http://h/pypi/reef-lab/label/rc/2/simple/"},
		{"label main", CondaLabelURL("http://h", "reef-lab", "main"), "http://h/conda/reef-lab"},
		{"no label", CondaLabelURL("http://h", "reef-lab", ""), "http://h/conda/reef-lab"},
		{"label with a slash", CondaLabelURL("http://h", "reef-lab", "rc/2 x"), "http://h/conda/reef-lab/label/rc/2%20x"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, test.got, test.want)
		}
	}
}

func TestWebLinkTakesOnlyTheWeb(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"https://docs.reef.example/x": true, "HTTP://reef.example": true, " https://reef.example ": true,
		"": false, "reef.example": false, "//reef.example": false, "javascript:alert(1)": false, "JAVASCRIPT://reef.example/%0aalert(1)": false,
		"data:text/html,<script>": false, "http:": false, "https:///x": false, "ftp://reef.example": false, "java\tscript:alert(1)": false,
	} {
		if _, ok := WebLink(s); ok != want {
			t.Errorf("WebLink(%q) = %t, want %t", s, ok, want)
		}
	}
}
