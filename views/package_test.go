package views

import (
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
)

func testPackageProps() PackageProps {
	return PackageProps{
		PackageHead: testHead(),
		Install:     Install{Base: "https://pkgs.reef.example", Owner: "reef-lab", Name: "reefscan", Label: "main", Conda: true},
		Builds: BuildMatrix{Columns: []string{"Python 3.13", "Python 3.14"}, Rows: []BuildRow{
			{"linux-64", []bool{true, true}, model.Conda}, {"win-64", []bool{true, false}, model.Conda},
		}},
		Recent: []VersionRow{
			{Version: "2.4.1", Labels: []string{"main"}, Files: 2, Latest: true, UploadedAt: testNow.AddDate(0, 0, -3)},
			{Version: "2.4.0", Labels: []string{"main", "dev"}, Files: 1, UploadedAt: testNow.AddDate(0, -1, 0)},
		},
		Labels: []string{"main", "dev"}, Uploader: "ci-reef", Uploaded: testNow.AddDate(0, 0, -3), BuildSize: 4_210_000, TotalSize: 611_000_000, Now: testNow,
	}
}

func TestPackagePage(t *testing.T) {
	t.Parallel()
	private := testPackageProps()
	private.Package, private.Manages, private.Latest = testSecret, true, false
	private.Package.LatestVersion = "3.0"
	private.Install = Install{Base: "https://pkgs.reef.example", Owner: "reef-lab", Name: "benthos-db", Version: "2.4.1", Label: "staging", NeedsToken: true, Conda: true}
	private.Builds, private.Recent, private.Labels = BuildMatrix{}, nil, nil
	empty := PackageProps{PackageHead: testHead(), Now: testNow}
	empty.Version, empty.Latest, empty.Versions, empty.Files, empty.Manages = "", false, 0, 0, true
	visitor := testLayout("reefscan 2.4.1, reef-lab")
	visitor.Viewer = nil
	checkPage(t, "package/public_to_a_visitor", PackagePage(visitor, testPackageProps()))
	checkPage(t, "package/private_old_version_to_its_owner", PackagePage(testLayout("benthos-db 2.4.1, reef-lab"), private))
	mixed, python := testPackageProps(), testPackageProps()
	mixed.Install.Python, mixed.Install.PythonLabel = true, "dev"
	python.Install = Install{Base: "https://pkgs.reef.example", Owner: "reef-lab", Name: "reefscan", Python: true, NeedsToken: true}
	checkPage(t, "package/of_both_kinds", PackagePage(testLayout("reefscan 2.4.1, reef-lab"), mixed))
	checkPage(t, "package/private_of_python", PackagePage(testLayout("reefscan 2.4.1, reef-lab"), python))
	told := python
	told.Announce, told.Notes = "Twice as fast as <2.3>.\n\nNothing else.", "Built anew.\n\nFor everybody."
	checkPage(t, "package/with_news", PackagePage(testLayout("reefscan 2.4.1, reef-lab"), told))
	checkPage(t, "package/without_releases", PackagePage(testLayout("reefscan, reef-lab"), empty))
}

func TestPackageLinksTakeOnlyTheWeb(t *testing.T) {
	t.Parallel()
	got := drawn(t, PackagePage(testLayout("x"), testPackageProps()))
	if strings.Contains(got, `href="javascript:`) {
		t.Errorf("a script became a link:\n%s", got)
	}
	for _, want := range []string{
		"<span>Source code: javascript:alert(1)</span>",
		`<a href="https://reef.example" rel="nofollow noopener ugc">Home page</a>`,
		`<a href="https://reef.example/licence" rel="nofollow noopener ugc">BSD-3-Clause</a>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not hold %s:\n%s", want, got)
		}
	}
}

func TestPackageEscapesWhatUploadersWrite(t *testing.T) {
	t.Parallel()
	p := testPackageProps()
	p.Package, p.Version, p.Uploader, p.Labels = testHostile, canary, canary, []string{canary}
	p.Install.Version, p.Install.Label = canary, canary
	p.Recent = []VersionRow{{Version: canary, Labels: []string{canary}}}
	p.Builds.Rows = []BuildRow{{canary, []bool{true, true}, model.PackageType(canary)}}
	if got := drawn(t, PackagePage(testLayout(canary), p)); strings.Contains(got, "<script>") {
		t.Errorf("a field got out of its place:\n%s", got)
	}
}

func TestInstallCommands(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		install Install
		want    []string
	}{
		{"public", Install{Base: "http://h", Owner: "labs", Name: "x", Label: "main", Conda: true}, []string{
			"conda install -c http://h/conda/labs x", "mamba install -c http://h/conda/labs x", "pixi workspace channel add http://h/conda/labs", "pixi add x",
		}},
		{"private, an older version on a label", Install{Base: "http://h", Owner: "labs", Name: "x", Version: "1.0", Label: "dev", NeedsToken: true, Conda: true}, []string{
			"conda install -c http://h/t/<TOKEN>/conda/labs/label/dev x=1.0", "mamba install -c http://h/t/<TOKEN>/conda/labs/label/dev x=1.0",
			"pixi workspace channel add http://h/t/<TOKEN>/conda/labs/label/dev", "pixi add x=1.0",
		}},
		{"Python", Install{Base: "http://h", Owner: "labs", Name: "x", PythonLabel: "main", Python: true}, []string{
			"pip install --index-url http://h/pypi/labs/simple/ x", "uv pip install --index-url http://h/pypi/labs/simple/ x",
		}},
		{"private Python, an older version on a label", Install{Base: "http://h", Owner: "labs", Name: "x", Version: "1.0", PythonLabel: "a/b", NeedsToken: true, Python: true}, []string{
			"pip install --index-url http://h/t/<TOKEN>/pypi/labs/label/a/b/simple/ x==1.0", "uv pip install --index-url http://h/t/<TOKEN>/pypi/labs/label/a/b/simple/ x==1.0",
		}},
		{"nothing to install", Install{Base: "http://h", Owner: "labs", Name: "x"}, nil},
	}
	for _, test := range tests {
		var got []string
		for _, c := range test.install.clients() {
			got = append(got, c.lines...)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	if got, want := paragraphs("One\nline.\r\n\r\n\n\nTwo."), []string{"One\nline.", "Two."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
