package pypi

import "testing"

func TestSplitRequirement(t *testing.T) {
	t.Parallel()
	for requirement, want := range map[string][2]string{
		"requests":                           {"requests", ""},
		"Zope.Interface >=5,<8":              {"zope-interface", ">=5,<8"},
		"requests[socks] (>=2.8.1)":          {"requests", "[socks] (>=2.8.1)"},
		"pytest>=8; extra == 'dev'":          {"pytest", ">=8; extra == 'dev'"},
		"foo @ https://f.example/x.whl":      {"foo", "@ https://f.example/x.whl"},
		"a_b;python_version<'3.11'":          {"a-b", ";python_version<'3.11'"},
		"\ttorch  ~=2.1 ; sys_platform=='x'": {"torch", "~=2.1 ; sys_platform=='x'"},
		"":                                   {"", ""},
		">=1":                                {"", ">=1"},
	} {
		if name, accepts := SplitRequirement(requirement); name != want[0] || accepts != want[1] {
			t.Errorf("%q is %q and %q, want %q", requirement, name, accepts, want)
		}
	}
}
