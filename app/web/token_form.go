package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// forever is the value of the choice not to let a token expire.
const forever = "never"

// newToken is what a form asked for, and what is wrong with it.
type newToken struct {
	registry.NewToken
	problem error
}

// readTokenForm returns what was typed and the token it asks for. Ticked scopes
// count before the preset, so that they need no script to be chosen.
func readTokenForm(r *http.Request) (views.TokenForm, newToken) {
	form := views.TokenForm{Name: r.PostFormValue("name"), Preset: r.PostFormValue("preset"), Scopes: r.PostForm["scope"]}
	in := newToken{NewToken: registry.NewToken{Name: form.Name, Scopes: form.Scopes}}
	if len(in.Scopes) == 0 {
		in.Scopes = presetScopes(form.Preset)
	} else {
		form.Preset = views.CustomPreset
	}
	if len(in.Scopes) == 0 {
		in.problem = model.FieldErrorf("scopes", "Tick at least one scope, or choose what the token is for.")
	}
	switch days := r.PostFormValue("expires"); days {
	case "":
	case forever:
		in.Forever = true
	default:
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 || n > 36500 {
			in.problem = model.FieldErrorf("expires", "Choose one of the given times.")
		}
		in.Lifetime = time.Duration(n) * 24 * time.Hour
	}
	return form, in
}

func presetScopes(value string) []string {
	i := slices.IndexFunc(views.Presets, func(p views.Preset) bool { return p.Value == value })
	if i < 0 {
		return nil
	}
	return views.Presets[i].Scopes
}

// lifetimes lists the choices of how long a token lives, as far as the site
// allows them. Chosen is the value that stands there; empty for the default.
func (ui *Surface) lifetimes(chosen string) []views.Option {
	now := ui.Registry.Clock.Now()
	preset, limit := ui.Registry.TokenLifetime, ui.Registry.TokenMaxLifetime
	days := []int{7, 30, 90, 365}
	if n := int(preset / (24 * time.Hour)); n > 0 && !slices.Contains(days, n) {
		days = append(days, n)
		slices.Sort(days)
	}
	var list []views.Option
	for _, n := range days {
		life := time.Duration(n) * 24 * time.Hour
		if limit > 0 && life > limit {
			continue
		}
		o := views.Option{Value: strconv.Itoa(n), Name: views.LifetimeName(n, now.Add(life))}
		o.Selected = o.Value == chosen || chosen == "" && life == preset
		list = append(list, o)
	}
	if limit == 0 {
		list = append(list, views.Option{Value: forever, Name: "Never", Selected: chosen == forever || chosen == "" && preset == 0})
	}
	return list
}
