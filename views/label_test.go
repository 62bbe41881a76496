package views

import (
	"testing"

	"vivarium/app/model"
)

func TestLabelsPage(t *testing.T) {
	t.Parallel()
	some := LabelsProps{
		ChannelHead: testChannelHead(), Base: "https://pkgs.reef.example", Now: testNow,
		Labels: []model.Label{
			{ID: 1, Name: "main", Files: 1206, Packages: 17, Newest: testNow.AddDate(0, 0, -3), NewestPackage: "reefscan", NewestVersion: "2.4.1"},
			{ID: 2, Name: "rc/2", Locked: true},
		},
		Others: []Account{{Login: "brook"}},
	}
	some.Heading, some.Lead, some.Path = "Labels", "A label is a channel of its own.", "/reef-lab/labels"
	none := some
	none.Labels, none.Others, none.NeedsToken = nil, nil, true
	checkPage(t, "label/some", LabelsPage(testLayout("Labels of reef-lab"), some))
	checkPage(t, "label/none", LabelsPage(testLayout("Labels of reef-lab"), none))
}

func TestLabelPage(t *testing.T) {
	t.Parallel()
	p := LabelProps{
		ChannelHead: testChannelHead(), Base: "https://pkgs.reef.example", Label: model.Label{ID: 1, Name: "dev"}, Now: testNow,
		Files: []model.File{testFile}, Pager: Pager{From: 1, To: 1, Total: 1},
	}
	empty := p
	empty.Files, empty.NeedsToken = nil, true
	checkPage(t, "label/files", LabelPage(testLayout("Label dev of reef-lab"), p))
	checkPage(t, "label/no_files", LabelPage(testLayout("Label dev of reef-lab"), empty))
}
