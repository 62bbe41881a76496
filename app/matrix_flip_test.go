package main

import (
	"fmt"
	"slices"

	"vivarium/app/model"
	"vivarium/app/scaletest"
)

// flip is one entry of the route table that says something else.
type flip struct {
	what string
	row  model.Route
}

// flipsOf are all the other things that a row could say.
func flipsOf(row model.Route) []flip {
	var all []flip
	add := func(what string, change func(r *model.Route)) {
		other := row
		change(&other)
		all = append(all, flip{row.Pattern + ": " + what, other})
	}
	for needs := model.NoAccess; needs <= model.Admin; needs++ {
		if needs != row.Needs {
			add(fmt.Sprintf("needs %s for %s", needs, row.Needs), func(r *model.Route) { r.Needs = needs })
		}
	}
	for _, on := range []model.Target{model.OnNothing, model.OnSelf, model.OnAccount, model.OnPackage, model.OnSite} {
		if on != row.On {
			add(fmt.Sprintf("on %q for %q", on, row.On), func(r *model.Route) { r.On = on })
		}
	}
	for i, scope := range row.Scopes {
		add("without "+string(scope), func(r *model.Route) { r.Scopes = slices.Delete(slices.Clone(r.Scopes), i, i+1) })
	}
	for _, i := range model.Scopes {
		if len(i.Includes) == 0 && !slices.Equal(row.Scopes, []model.Scope{i.Scope}) {
			add("for "+string(i.Scope)+" alone", func(r *model.Route) { r.Scopes = []model.Scope{i.Scope} })
		}
	}
	add("the other way open", func(r *model.Route) { r.Open = !r.Open })
	return all
}

// flips serves the site by tables in which an entry of the row says something
// else. Each must be noticed: no site comes of it, or what comes out is not what
// the changed row says, or not what came out before.
func (m *matrix) flips() {
	for _, f := range flipsOf(m.row) {
		if scaletest.Chosen(m.T, 5, f.what) && !m.notices(f) {
			m.wrong("%s: nobody would notice", f.what)
		}
	}
}

func (m *matrix) notices(f flip) bool {
	table := slices.Clone(m.table)
	table[slices.IndexFunc(table, func(r model.Route) bool { return r.Surface == f.row.Surface && r.Pattern == f.row.Pattern })] = f.row
	s, err := m.open(m.T, table)
	if err != nil {
		return true
	}
	other := &matrix{T: m.T, world: m.world, row: f.row, table: table, site: s}
	defer other.drop()
	for i, e := range examplesOf(m.row) {
		for _, tg := range m.targets(e) {
			for _, a := range m.everybody() {
				answer := other.send(e, a, tg, usual)
				right := e.unlike != "" || keeps(expect(f.row, e, a, tg), statusOf(answer))
				if !right || m.outcome(e, answer) != m.known[question{i, tg.name, a.name}] {
					return true
				}
			}
		}
	}
	return false
}
