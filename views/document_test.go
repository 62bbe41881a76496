package views

import (
	"testing"

	"vivarium/app/model"
)

func testDocument(t model.PackageType) PackageProps {
	p := PackageProps{Now: testNow, Recent: []VersionRow{{Version: "7", UploadedAt: testNow}, {Version: "6", UploadedAt: testNow}}}
	p.Package = model.Package{Owner: "mlind", Name: "reef & field", Types: []model.PackageType{t}, Access: model.Public, Summary: "Laptop set-up <for> survey weeks", License: "CC-BY-4.0"}
	p.Version, p.Versions, p.Path = "7", 9, "/mlind/reef"
	return p
}

func TestNotebookPage(t *testing.T) {
	t.Parallel()
	props := NotebookProps{
		PackageProps: testDocument(model.Notebook), File: model.File{Owner: "mlind", Package: "reef & field", Version: "7", Basename: "reef & field.ipynb", Size: 4096},
		Notebook: model.RenderedNotebook{Kernel: "Python 3.14", Left: 3, Cells: []model.RenderedCell{
			{Source: "<h2>Scale</h2>"},
			{Code: true, Source: "x"},
			{Code: true, Count: 2, Source: `<span class="kn">import</span> x`, Outputs: []model.RenderedOutput{
				{Text: "<b>plain</b>"}, {Count: 2, HTML: "<table></table>"}, {Picture: true, Cell: 2, Output: 2}, {Picture: true, Text: "<Figure>", Cell: 2, Output: 3},
				{LeftOut: true}, {Error: "ValueError: <no>", Text: "line <1>"}, {Error: "Error"},
			}},
		}},
	}
	checkPage(t, "notebook/full", NotebookPage(testLayout("reef"), props))
	props.Package.Thumbnail, props.Notebook = "0123456789abcdef", model.RenderedNotebook{}
	checkPage(t, "notebook/empty", NotebookPage(testLayout("reef"), props))
}

func TestEnvironmentPage(t *testing.T) {
	t.Parallel()
	props := EnvironmentProps{
		PackageProps: testDocument(model.Environment), File: model.File{Owner: "mlind", Package: "reef & field", Version: "7", Basename: "environment.yml", Size: 40}, Base: "https://pkgs.reef.example",
		Environment: model.RenderedEnvironment{Conda: 2, Pip: 1, Channels: []string{"conda-forge", "<b>"}, Lines: []model.HTML{`<span class="nt">name</span>: x`, "- a"}, Text: "name: x\n- a <\n", Left: 1},
	}
	checkPage(t, "environment/public", EnvironmentPage(testLayout("reef"), props))
	props.NeedsToken, props.Environment = true, model.RenderedEnvironment{Conda: 1}
	checkPage(t, "environment/private", EnvironmentPage(testLayout("reef"), props))
}

func TestDocumentsPage(t *testing.T) {
	t.Parallel()
	h := testChannelHead()
	h.Heading, h.Path = "Notebooks", "/reef-lab/notebooks"
	form := DocumentForm{Action: h.Path, Type: model.Notebook, Shown: true}
	checkPage(t, "document/notebooks", DocumentsPage(testLayout("Notebooks of reef-lab"), h, form, testListing()))
	form.Type, form.Problem, form.Name, form.Version, form.Summary = model.Environment, "It is <not> one.", "<n>", `"1"`, "s"
	checkPage(t, "document/environment_refused", DocumentsPage(testLayout("Environments of reef-lab"), h, form, testListing()))
}
