package views

import "testing"

func TestGuidePage(t *testing.T) {
	t.Parallel()
	checkGolden(t, "docs/guide", GuidePage(testLayout("Guide")))
}
