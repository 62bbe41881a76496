package views

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

func testChange(do string, files ...model.File) FileChange {
	return FileChange{
		PackageHead: testHead(), Do: do, Files: files, Labels: []string{"main", "staging"}, From: []string{"dev"}, BackURL: "/reef-lab/reefscan/files",
	}
}

func TestFileChangePage(t *testing.T) {
	t.Parallel()
	other := testFile
	other.ID, other.Subdir, other.Basename = 8, "noarch", "noarch/reefscan-2.4.1-py_0.conda"
	move, yank, remove := testChange(DoMove, testFile, other), testChange(DoYank, testFile, other), testChange(DoRemove, testFile)
	move.To, move.Problems = "no label", map[string]string{"to": `"no label" cannot be a label.`}
	yank.Version, yank.Reason, yank.Problems = "2.4.1", canary, map[string]string{"reason": "Use at most 500 characters."}
	remove.Problems = map[string]string{Refused: "Label dev of reef-lab is locked. Unlock it first."}
	for name, c := range map[string]FileChange{"move": move, "yank": yank, "remove": remove} {
		checkPage(t, "file_change/"+name, FileChangePage(testLayout(c.Title()+", reef-lab"), c))
	}
}

func TestFilesThatMayBeChanged(t *testing.T) {
	t.Parallel()
	yanked := testFile
	yanked.YankedAt, yanked.YankReason, yanked.Patch = testNow, canary, []byte(`{}`)
	l := testFiles(testFile, yanked)
	l.Actions = &FileActions{Labels: []model.Label{{Name: "main"}, {Name: "release", Locked: true}}, Yanked: true, Problem: "Tick the files first."}
	checkGolden(t, "file/changeable", FilesPanel(l))
}

func TestFilePageThatMayBeChanged(t *testing.T) {
	t.Parallel()
	p := FileProps{
		PackageHead: testHead(), File: testFile, Now: testNow, Install: Install{Base: "https://pkgs.reef.example", Owner: "reef-lab", Name: "reefscan", Label: "main", Conda: true},
		Forms: &FileForms{Labels: []model.Label{{Name: "main"}, {Name: "dev", Locked: true}, {Name: "qa", Locked: true}}},
	}
	p.File.Labels = []string{"main", "dev"}
	checkPage(t, "file/page_changeable", FilePage(testLayout("x"), p))

	p.File.YankedAt, p.File.YankReason = testNow.AddDate(0, 0, -1), canary
	p.File.Patch, p.File.PatchAuthor, p.File.PatchReason, p.File.PatchedAt = []byte(`{"license":"MIT"}`), "mlind", canary, testNow
	p.Forms.Do, p.Forms.Patch, p.Forms.PatchReason = DoPatch, canary, canary
	p.Forms.Problems = map[string]string{"patch": `A patch cannot change "size".`, "reason": canary}
	checkPage(t, "file/page_yanked_and_patched", FilePage(testLayout("x"), p))
	if page := drawn(t, FilePage(testLayout("x"), p)); strings.Contains(page, "<script>x") {
		t.Error("a reason got out of its place")
	}
}
