package views

import (
	"slices"
	"strings"

	"vivarium/app/model"
)

// accessLook is how an access level is shown: its word, icon and colour.
type accessLook struct{ Word, Icon, Class, Who string }

var accessLooks = map[model.Access]accessLook{
	model.Public:        {"Public", "globe", "badge", "Anyone, without an account"},
	model.Authenticated: {"Signed-in", "user-check", "badge badge--info", "Any account or token of this server"},
	model.Private:       {"Private", "lock", "badge badge--violet", "Its owners and their tokens"},
}

// AccessWord is the name of an access level on pages.
func AccessWord(a model.Access) string { return accessLooks[a].Word }

var typeWords = map[model.PackageType]string{model.Notebook: "notebook", model.Environment: "environment"}

// TypeWord is the name of a package type on pages.
func TypeWord(t model.PackageType) string {
	if word, ok := typeWords[t]; ok {
		return word
	}
	return string(t)
}

// TypeIcon is the symbol of a package type.
func TypeIcon(t model.PackageType) string {
	switch t {
	case model.Notebook:
		return "notebook"
	case model.Environment:
		return "env"
	}
	return "package"
}

func typesText(types []model.PackageType) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = TypeWord(t)
	}
	return strings.Join(words, " · ")
}

// mainFirst puts the label main before the others, which keep their order.
func mainFirst(labels []string) []string {
	sorted := slices.Clone(labels)
	slices.SortStableFunc(sorted, func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == model.MainLabel:
			return -1
		case b == model.MainLabel:
			return 1
		}
		return 0
	})
	return sorted
}

func labelClass(label string) string {
	if label == model.MainLabel {
		return "label label--main"
	}
	return "label"
}
