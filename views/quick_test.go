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

func TestMarked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, words, want string }{
		{"tidemodel", "TIDE", "<mark>tide</mark>model"},
		{"a<b>c", "<B", "a<mark>&lt;b</mark>&gt;c"},
		{"tidemodel", "", "tidemodel"},
		{"tidemodel", "kelp", "tidemodel"},
		{"Ⱥx", "x", "Ⱥx"}, // whose small letter is longer
	} {
		if got := drawn(t, marked(tt.name, tt.words)); got != tt.want {
			t.Errorf("%q in %q: got %s, want %s", tt.words, tt.name, got, tt.want)
		}
	}
}
