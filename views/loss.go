package views

import (
	"slices"
	"time"

	"vivarium/app/model"
)

// loss is one line of what is deleted.
type loss struct {
	What         string
	Count        int
	More, Notice string
}

// lossesOf lists what goes with an account of any kind, and who notices.
func lossesOf(h model.Holdings, now time.Time) []loss {
	return []loss{
		{"Packages", h.Packages, "", "Installs of them fail" + starNotice(h)},
		{"Files", h.Files, ", " + size(h.Bytes), latelyText(h.Lately)},
		{"Notebooks", h.Notebooks, "", "Their pages answer 404"},
		{"Environments", h.Environments, "", "Environments can no longer be made from them"},
		{"Access tokens", h.Tokens, "", tokenNotice(h, now)},
	}
}

// withoutNothing leaves out what there is none of.
func withoutNothing(all []loss) []loss {
	return slices.DeleteFunc(all, func(l loss) bool { return l.Count == 0 })
}

// latelyText says how often something was downloaded in the last 30 days.
func latelyText(n int64) string {
	if n == 0 {
		return "No download in the last 30 days"
	}
	return plural(n, "download", "downloads") + " in the last 30 days"
}

func starNotice(h model.Holdings) string {
	if h.Stars == 0 {
		return ""
	}
	return ", and " + plural(h.Stars, "person has", "people have") + " a favorite here"
}

func tokenNotice(h model.Holdings, now time.Time) string {
	if h.TokenUsedAt.IsZero() {
		return "None was ever used"
	}
	return "One was used " + ago(h.TokenUsedAt, now)
}
