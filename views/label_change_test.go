package views

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

// testLabels is the page of labels of somebody who may change them.
func testLabels() LabelsProps {
	p := LabelsProps{
		ChannelHead: testChannelHead(), Base: "https://pkgs.reef.example", Now: testNow, Writes: true,
		Labels: []model.Label{{ID: 1, Name: "main", Files: 12, Packages: 3, Newest: testNow.AddDate(0, 0, -3)}, {ID: 2, Name: "rc/2", Locked: true}},
	}
	p.Heading, p.Path, p.Manages = "Labels", "/reef-lab/labels", true
	return p
}

func TestLabelsThatMayBeChanged(t *testing.T) {
	t.Parallel()
	checkPage(t, "label/changeable", LabelsPage(testLayout("Labels of reef-lab"), testLabels()))
	copying, removing, refused, done := testLabels(), testLabels(), testLabels(), testLabels()
	copying.Copy, copying.To, copying.Problems = "main", "no label", map[string]string{"to": `"no label" cannot be a label.`}
	removing.Remove, removing.Manages = "main", false
	refused.Name, refused.Problems = canary, map[string]string{"label": canary, Refused: "Label rc/2 of reef-lab is locked. Unlock it first."}
	done.Done, done.Focus = "Locked label main.", "main"
	for name, p := range map[string]LabelsProps{"copying": copying, "removing": removing, "refused": refused, "done": done} {
		checkGolden(t, "label/"+name, LabelsPartial(p))
	}
}

func TestLabelPageThatMayBeChanged(t *testing.T) {
	t.Parallel()
	p := LabelProps{ChannelHead: testChannelHead(), Base: "https://pkgs.reef.example", Label: model.Label{ID: 1, Name: "rc/2", Locked: true}, Writes: true, Now: testNow}
	if page := drawn(t, LabelPage(testLayout("x"), p)); strings.Contains(page, "Unlock") {
		t.Error("who does not own the channel may unlock")
	}
	p.Manages = true
	checkPage(t, "label/changeable_page", LabelPage(testLayout("x"), p))
}
