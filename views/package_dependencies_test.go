package views

import (
	"strings"
	"testing"
)

func testDependencies() DependenciesProps {
	p := DependenciesProps{PackageHead: testHead(), Sets: []NeedSet{
		{Files: "conda files", Rows: []NeedRow{
			{Name: "__glibc", Ranges: []NeedRange{{Accepts: ">=2.17", Platforms: []string{"linux-64"}}}},
			{Name: "libcoral", URL: "/reef-lab/libcoral", Newest: "1.7.0", Ranges: []NeedRange{{Accepts: ">=1.7,<2.0a0"}}},
			{Name: "metalkit", Ranges: []NeedRange{{Platforms: []string{"osx-64", "osx-arm64"}}}},
			{Name: "python", URL: "/reef-lab/python", Newest: "3.14.0", Ranges: []NeedRange{{Accepts: ">=3.13,<3.14.0a0"}, {Accepts: ">=3.14,<3.15.0a0"}}},
			{Name: "vc", Ranges: []NeedRange{{Accepts: ">=14"}, {Accepts: ">=15"}}},
		}},
		{Files: "Python files", Rows: []NeedRow{{Name: "pytest", Ranges: []NeedRange{{Accepts: ">=8; extra == 'dev'"}}}}},
	}}
	p.Path = PackageDependenciesURL("reef-lab", "reefscan")
	p.Dependents = DependentsProps{Owner: "reef-lab", Name: "reefscan", Pager: Pager{From: 1, To: 1, Total: 51, NextURL: "?page=2", Turned: true}, Rows: []NeedRow{
		{Name: "sonarkit", URL: "/reef-lab/sonarkit", Newest: "0.31.0", Ranges: []NeedRange{{Accepts: ">=2.1"}}},
	}}
	return p
}

func TestDependenciesPage(t *testing.T) {
	t.Parallel()
	p := testDependencies()
	checkPage(t, "package/dependencies", DependenciesPage(testLayout("Dependencies of reefscan, reef-lab"), p))
	checkGolden(t, "package/dependents_part", DependentsPartial(p.Dependents))
	p.Sets, p.Dependents = nil, DependentsProps{Owner: "reef-lab", Name: "reefscan"}
	checkPage(t, "package/dependencies_none", DependenciesPage(testLayout("Dependencies of reefscan, reef-lab"), p))
	p.Version = ""
	checkPage(t, "package/dependencies_without_version", DependenciesPage(testLayout("Dependencies of reefscan, reef-lab"), p))
}

func TestDependenciesEscapeWhatUploadersWrite(t *testing.T) {
	t.Parallel()
	p := testDependencies()
	p.Sets[0].Rows = []NeedRow{{Name: canary, Ranges: []NeedRange{{Accepts: canary, Platforms: []string{canary}}}}}
	p.Dependents.Rows = []NeedRow{{Name: canary, URL: "/x", Newest: canary, Ranges: []NeedRange{{Accepts: canary}}}}
	if got := drawn(t, DependenciesPage(testLayout("x"), p)); strings.Contains(got, "<script>") {
		t.Errorf("a field got out of its place:\n%s", got)
	}
}

func TestPackageLabelsPage(t *testing.T) {
	t.Parallel()
	p := PackageLabelsProps{
		PackageHead: testHead(), Base: "https://pkgs.reef.example", Conda: true, Unlabelled: 2, Now: testNow,
		Rows: []PackageLabel{
			{Name: "main", Newest: "2.4.1", Versions: 20, Files: 130, UploadedAt: testNow.AddDate(0, 0, -3)},
			{Name: "rc/2", Newest: "2.5.0rc1", Versions: 1, Files: 1, UploadedAt: testNow},
		},
	}
	p.Writes, p.Path = true, PackageLabelsURL("reef-lab", "reefscan")
	checkPage(t, "package/labels_to_a_writer", PackageLabelsPage(testLayout("Labels of reefscan, reef-lab"), p))
	p.Writes, p.Conda, p.Python, p.NeedsToken, p.Unlabelled = false, false, true, true, 0
	checkPage(t, "package/labels_of_python", PackageLabelsPage(testLayout("Labels of reefscan, reef-lab"), p))
	p.Rows, p.Python = nil, false
	checkPage(t, "package/labels_none", PackageLabelsPage(testLayout("Labels of reefscan, reef-lab"), p))
}
