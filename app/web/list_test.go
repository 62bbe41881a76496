package web

import (
	"errors"
	"slices"
	"testing"

	"vivarium/app/model"
	"vivarium/views"
)

func TestFiltersOfAList(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		query     string
		anonymous bool
		only      model.PackageType
		groups    []string
		chips     []string
	}{
		{"a member", "", false, "", []string{"Type", "Access", "Platform"}, nil},
		{"a visitor is not asked about access", "access=private&type=conda", true, "", []string{"Type", "Platform"}, []string{"Type: conda"}},
		{"notebooks have no platform", "", false, model.Notebook, []string{"Type", "Access"}, nil},
		{"a platform that is not offered", "platform=linux-ppc64le&type=ipynb", false, "", []string{"Type", "Access", "Platform"}, []string{"Type: notebook", "Platform: linux-ppc64le"}},
	}
	for _, test := range tests {
		l := list{query: readTestList(t, test.query), types: viewAll.types}
		l.filter.Type = test.only
		groups, chips := l.filters(test.anonymous)
		var names, inForce []string
		for _, g := range groups {
			names = append(names, g.Name)
		}
		for _, c := range chips {
			inForce = append(inForce, c.Name+": "+c.Value)
		}
		if !slices.Equal(names, test.groups) || !slices.Equal(inForce, test.chips) {
			t.Errorf("%s: got %q with %q in force, want %q with %q", test.name, names, inForce, test.groups, test.chips)
		}
	}
}

func TestChoicesKeepTheRestOfTheQuery(t *testing.T) {
	t.Parallel()
	l := list{query: readTestList(t, "type=conda&q=reef&sort=name&page=2"), types: viewAll.types}
	groups, chips := l.filters(false)
	want := []views.Choice{{Name: "All", URL: "/labs?q=reef&sort=name"}, {Name: "conda", URL: "/labs?q=reef&sort=name&type=conda", Current: true}}
	if got := groups[0].Choices[:2]; !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := chips[0].URL; got != "/labs?q=reef&sort=name" {
		t.Errorf("taking the filter off leads to %q", got)
	}
	if got := l.clearURL(); got != "/labs?q=reef&sort=name" {
		t.Errorf("clearing leads to %q", got)
	}
	if got, want := l.query.sort(orderings...).Keep, []views.Hidden{{Name: "q", Value: "reef"}, {Name: "type", Value: "conda"}}; !slices.Equal(got, want) {
		t.Errorf("sorting keeps %+v, want %+v", got, want)
	}
}

func TestOrganizationProblems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		err  error
		want map[string]string
	}{
		{"none", nil, nil},
		{"its login stands in the field name", model.FieldErrorf("username", "Too short."), map[string]string{"name": "Too short."}},
		{"both", errors.Join(model.FieldErrorf("username", "Too short."), model.FieldErrorf("email", "No address.")), map[string]string{"name": "Too short.", "email": "No address."}},
		{"taken", model.Errorf(model.Conflict, "labs exists"), map[string]string{"name": "This name is taken. Choose another one."}},
		{"something else", model.Errorf(model.Forbidden, "No."), nil},
	}
	for _, test := range tests {
		got := organizationProblems(test.err)
		if len(got) != len(test.want) || got["name"] != test.want["name"] || got["email"] != test.want["email"] {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestMembershipsByOrganization(t *testing.T) {
	t.Parallel()
	in := func(org, group string) model.Membership { return model.Membership{Organization: org, Group: group} }
	got := byOrganization([]model.Membership{in("labs", "field"), in("labs", model.OwnersGroup), in("tide", "readers")})
	if len(got) != 2 || len(got[0].Groups) != 2 || !got[0].Owner || got[1].Organization != "tide" || got[1].Owner {
		t.Errorf("got %+v", got)
	}
	if got := byOrganization(nil); got != nil {
		t.Errorf("nobody's groups are %+v", got)
	}
}
