package model

import "testing"

func TestParseLevel(t *testing.T) {
	t.Parallel()
	for p := NoAccess; p <= Admin; p++ {
		if got, err := ParseLevel(p.String()); err != nil || got != p {
			t.Errorf("%s: got %s, %v", p, got, err)
		}
	}
	for _, word := range []string{"", "None", "owner", "0"} {
		if _, err := ParseLevel(word); CodeOf(err) != Invalid || FieldsOf(err)["permission"] == "" {
			t.Errorf("%q: %v", word, err)
		}
	}
	if _, err := ParsePermission("none"); CodeOf(err) != Invalid {
		t.Errorf("none as a permission: %v", err)
	}
}

func TestNarrower(t *testing.T) {
	t.Parallel()
	order := []Access{Private, Authenticated, Public}
	for i, a := range order {
		for j, b := range order {
			if got := a.Narrower(b); got != (i < j) {
				t.Errorf("%s narrower than %s: %t", a, b, got)
			}
		}
	}
}
