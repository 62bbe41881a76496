package views

import "testing"

func TestVersionsPage(t *testing.T) {
	t.Parallel()
	p := VersionsProps{PackageHead: testHead(), Rows: append([]VersionRow{{Version: "2.5.0rc1", Early: true, Announce: "Faster <reads>.\n\nAnd more.", Files: 1, UploadedAt: testNow}}, testPackageProps().Recent...), Now: testNow}
	none := VersionsProps{PackageHead: testHead(), Now: testNow}
	checkPage(t, "release/versions", VersionsPage(testLayout("Versions of reefscan, reef-lab"), p))
	checkPage(t, "release/none", VersionsPage(testLayout("Versions of reefscan, reef-lab"), none))
}
