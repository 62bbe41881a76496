package views

import (
	"github.com/a-h/templ"

	"vivarium/app/model"
)

// AddField is the text input of a form that adds one name to a list.
type AddField struct {
	ID, Label string
	Type      string // text when empty
	Value     string
	Problem   string
	// Focus says that it takes the focus.
	Focus bool
	// More are attributes of the input besides these.
	More templ.Attributes
}

func (f AddField) kind() string { return Field{Type: f.Type}.kind() }

var permissionChoices = []model.Permission{model.Read, model.Write, model.Admin}

// permissionOptions are the choices of a select, with one chosen.
func permissionOptions(chosen model.Permission, choices ...model.Permission) []Option {
	var list []Option
	for _, p := range choices {
		list = append(list, Option{Value: p.String(), Name: PermissionWord(p), Selected: p == chosen})
	}
	return list
}

// groupOptions are groups to choose from, with one chosen.
func groupOptions(groups []model.Group, chosen string) []Option {
	var list []Option
	for _, g := range groups {
		list = append(list, Option{Value: g.Name, Name: g.Name + " (" + PermissionWord(g.Permission) + ")", Selected: g.Name == chosen})
	}
	return list
}

// levelWord is the name of a permission where space is short.
func levelWord(p model.Permission) string {
	switch p {
	case model.Read:
		return "Read"
	case model.Write:
		return "Write"
	case model.Admin:
		return "Admin"
	}
	return "None"
}

func levelClass(p model.Permission) string {
	switch p {
	case model.Write:
		return "lvl lvl--write"
	case model.Admin:
		return "lvl lvl--admin"
	}
	return "lvl"
}

// permissionVerb says what a permission lets people do with packages.
func permissionVerb(p model.Permission) string {
	switch p {
	case model.Read:
		return "see and install"
	case model.Write:
		return "see, install, upload and change"
	case model.Admin:
		return "do everything with"
	}
	return "not see"
}

// ConfirmProps asks before something is lost.
type ConfirmProps struct {
	Crumbs  []Crumb
	Heading string // the question
	Text    string // what follows from it
	Action  string
	Hidden  []Hidden // sent along
	Button  string
	KeepURL string
	Problem string // why it was refused
}
