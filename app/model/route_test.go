package model

import "testing"

func TestRouteCheck(t *testing.T) {
	t.Parallel()
	scope := []Scope{ScopeAPIRead}
	for _, tt := range []struct {
		what  string
		route Route
		fine  bool
	}{
		{"an open door", Route{Surface: APISurface, Open: true}, true},
		{"for anyone", Route{Surface: PageSurface}, true},
		{"for the signed in", Route{Surface: APISurface, Needs: Read, On: OnSelf, Scopes: scope}, true},
		{"on an account", Route{Surface: PageSurface, Needs: Admin, On: OnAccount}, true},
		{"on a package", Route{Surface: CondaSurface, Needs: Read, On: OnPackage, Scopes: scope}, true},
		{"for administrators", Route{Surface: PageSurface, Needs: Admin, On: OnSite}, true},
		{"a scope for what anyone gets", Route{Surface: APISurface, Scopes: scope}, true},

		{"a permission on nothing", Route{Surface: PageSurface, Needs: Read}, false},
		{"more than read on oneself", Route{Surface: APISurface, Needs: Admin, On: OnSelf}, false},
		{"nothing on a package", Route{Surface: APISurface, On: OnPackage}, false},
		{"more than admin", Route{Surface: APISurface, Needs: Admin + 1, On: OnAccount}, false},
		{"reading the site", Route{Surface: PageSurface, Needs: Read, On: OnSite}, false},
		{"another target", Route{Surface: PageSurface, Needs: Read, On: "moon"}, false},
		{"an open door with a lock", Route{Surface: APISurface, Open: true, Scopes: scope}, false},
		{"an open door to a package", Route{Surface: APISurface, Open: true, Needs: Read, On: OnPackage}, false},
		{"an open page", Route{Surface: PageSurface, Open: true}, false},
		{"a scope on a page", Route{Surface: PageSurface, Needs: Read, On: OnSelf, Scopes: scope}, false},
	} {
		if err := tt.route.Check(); (err == nil) != tt.fine {
			t.Errorf("%s: %v", tt.what, err)
		}
	}
}
