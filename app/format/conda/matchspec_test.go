package conda

import "testing"

func TestSplitSpec(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string][2]string{
		"numpy":                         {"numpy", ""},
		"NumPy >=1.26,<3":               {"numpy", ">=1.26,<3"},
		"  python\t3.12.*  *_cpython ":  {"python", "3.12.* *_cpython"},
		"numpy=1.2":                     {"numpy", "=1.2"},
		"numpy>=1.2":                    {"numpy", ">=1.2"},
		"numpy!=1.2":                    {"numpy", "!=1.2"},
		"numpy~=1.2":                    {"numpy", "~=1.2"},
		"reef-lab/label/dev::tide ==1":  {"tide", "==1"},
		"tide[version='>=1', build=py]": {"tide", "[version='>=1', build=py]"},
		"__glibc >=2.17":                {"__glibc", ">=2.17"},
		"":                              {"", ""},
		" >=1":                          {"", ">=1"},
		"naïve<1":                       {"naïve", "<1"},
	} {
		if name, accepts := SplitSpec(spec); name != want[0] || accepts != want[1] {
			t.Errorf("%q is %q and %q, want %q", spec, name, accepts, want)
		}
	}
}
