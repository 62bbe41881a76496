package views

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

func testFiles(files ...model.File) FileList {
	return FileList{
		Owner: "reef-lab", Package: "reefscan", Action: "/reef-lab/reefscan/files", Files: files, Downloads: true, Now: testNow,
		Filters: []FileFilter{{"version", "Version", []Option{{Name: "All", Selected: true}, {Value: "2.4.1", Name: "2.4.1"}}}},
		Pager:   Pager{From: min(1, len(files)), To: len(files), Total: len(files)}, Size: 4_210_000,
	}
}

func TestFilesPage(t *testing.T) {
	t.Parallel()
	checkPage(t, "file/list", FilesPage(testLayout("Files of reefscan, reef-lab"), FilesProps{PackageHead: testHead(), List: testFiles(testFile)}))
}

func TestFilesPanel(t *testing.T) {
	t.Parallel()
	filtered, private := testFiles(), testFiles(testFile)
	filtered.Filtered, private.Downloads = true, false
	for name, l := range map[string]FileList{"empty": testFiles(), "emptied_by_filters": filtered, "behind_a_token": private} {
		checkGolden(t, "file/"+name, FilesPanel(l))
	}
	if got := drawn(t, FilesPartial(testFiles(testFile))); !strings.HasSuffix(got, `hx-swap-oob="innerHTML">1 file</div>`) {
		t.Errorf("the partial does not tell the count:\n%s", got)
	}
}

func TestFilePage(t *testing.T) {
	t.Parallel()
	p := FileProps{
		PackageHead: testHead(), File: testFile, Record: "{\n  \"name\": \"reefscan\"\n}", Depends: []string{"python >=3.13,<3.14.0a0", "libcoral"}, Download: true, Now: testNow,
		Install: Install{Base: "https://pkgs.reef.example", Owner: "reef-lab", Name: "reefscan", Label: "main", Conda: true},
	}
	p.File.Description = "Built with <debug> symbols.\n\nTwice as large."
	private := p
	private.File.Description = ""
	private.Download, private.Install.NeedsToken, private.Depends, private.Record = false, true, nil, ""
	checkPage(t, "file/page", FilePage(testLayout("x"), p))
	python := private
	python.Install.Conda, python.Install.Python = false, true
	python.File.Type, python.File.Subdir, python.File.Basename, python.File.Package = model.PyPI, "", "reefscan-2.4.1-py3-none-any.whl", "reefscan"
	checkPage(t, "file/page_of_python_behind_a_token", FilePage(testLayout("x"), python))
	checkPage(t, "file/page_behind_a_token", FilePage(testLayout("x"), private))
}

func TestFileEscapesWhatUploadersWrite(t *testing.T) {
	t.Parallel()
	hostile := model.File{Type: model.Conda, Basename: canary, Subdir: canary, Build: canary, Version: canary, Uploader: canary, Labels: []string{canary}, MD5: canary, SHA256: canary}
	p := FileProps{PackageHead: testHead(), File: hostile, Record: canary, Depends: []string{canary}, Install: Install{Conda: true, Label: canary}, Now: testNow}
	page := drawn(t, FilePage(testLayout(canary), p)) + drawn(t, FilesPanel(testFiles(hostile)))
	if strings.Contains(page, "<script>") {
		t.Errorf("a field got out of its place:\n%s", page)
	}
}
