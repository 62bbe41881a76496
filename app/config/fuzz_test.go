package config

import (
	"errors"
	"strings"
	"testing"
)

func FuzzParseFile(f *testing.F) {
	for _, seed := range []string{
		"listen: :1\n", "limits: {upload_size: 5}\n", "trusted_proxies: [10.0.0.0/8]\n", "a: &x [1]\nlisten: *x\n", "log:\n  level: info\n---\n", "? [a]\n: b\n", "mail: &m\n  host: *m\n", "{}", "", "~",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		c := Default()
		found, err := parseFile("config.yaml", []byte(content), c.keys())
		var problem *Error
		if err != nil && (!errors.As(err, &problem) || strings.Contains(problem.Where, "\n")) {
			t.Errorf("%q: error = %v, want one that says where", content, err)
		}
		for _, k := range c.keys() {
			delete(found, k.name)
		}
		if len(found) > 0 {
			t.Errorf("%q: keys that are none: %v", content, found)
		}
	})
}
