package views

import (
	"testing"

	"vivarium/app/model"
)

func TestQuickPartial(t *testing.T) {
	t.Parallel()
	notebook := testHostile
	notebook.Types = []model.PackageType{model.Notebook}
	checkGolden(t, "search/quick", QuickPartial(QuickProps{
		Query: canary, Packages: []model.Package{testPackage, testHostile}, Documents: []model.Package{notebook}, Places: Places(testMe, "LAB"), Total: 14,
	}))
	checkGolden(t, "search/quick_places", QuickPartial(QuickProps{Places: Places(testMe, "")}))
	checkGolden(t, "search/quick_nothing", QuickPartial(QuickProps{}))
}
