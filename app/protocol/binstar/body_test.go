package binstar

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestDepth(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]int{
		"": 0, "7": 0, "{}": 1, `[[1],{"a":[]}]`: 3, `"[[["`: 0, `{"[\"[": "\\"}`: 1, `["\\\"[", []]`: 2, "]]][": 0, `"unfinished [`: 0, `"\`: 0,
	} {
		if got := depth([]byte(raw)); got != want {
			t.Errorf("depth(%s) = %d, want %d", raw, got, want)
		}
	}
}

func TestDecodeWithoutABody(t *testing.T) {
	t.Parallel()
	for _, r := range []*http.Request{
		httptest.NewRequest(http.MethodDelete, "/", nil), httptest.NewRequest(http.MethodPost, "/", strings.NewReader("")),
		httptest.NewRequest(http.MethodPost, "/", struct{ *strings.Reader }{strings.NewReader(" \n")}), // chunked
		{Method: http.MethodPost, ContentLength: -1},
	} {
		body := commitRequest{DistID: "as it was"}
		if err := decode(r, &body); err != nil || body.DistID != "as it was" {
			t.Errorf("decode of no body = %v, %+v", err, body)
		}
	}
}

func TestDecodeTakesTheLastOfDuplicates(t *testing.T) {
	t.Parallel()
	var body commitRequest
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"dist_id": "first", "x": 1, "dist_id": "last"}`))
	if err := decode(r, &body); err != nil || body.DistID != "last" {
		t.Errorf("decode = %v, %+v", err, body)
	}
}

// FuzzBodies reads anything as each kind of body: what is wrong is Invalid.
func FuzzBodies(f *testing.F) {
	for _, raw := range []string{
		`{"public": true, "publish": false, "public_attrs": {"license": {"name": "MIT"}, "home": ["x"], "package_types": ["conda"]}}`, `{"public_attrs": 1}`,
		`{"requirements": [], "announce": false, "description": null, "summary": "s", "public_attrs": {"icon": "x"}}`, `null`, `[]`, `{"attrs": {}, "channels": null}`,
		`{"scopes": ["all"], "max-age": 1e400, "strength": "weak"}`, `{"max-age": 0.1}`, "{\"a\": \"\xff\"}",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		var errs []error
		try := func(into any, use func() error) {
			err := decode(httptest.NewRequest(http.MethodPost, "/", strings.NewReader(raw)), into)
			if err == nil {
				err = use()
			}
			errs = append(errs, err)
		}
		var p packageRequest
		try(&p, func() error { _, err := p.change(); return err })
		var rel attributes
		try(&rel, func() error {
			c, err := rel.releaseChange()
			if err == nil && c.Attrs != nil && !json.Valid(c.Attrs) {
				t.Fatalf("%q: attributes %q", raw, c.Attrs)
			}
			return err
		})
		var stage stageRequest
		try(&stage, func() error { _, err := stage.request(); return err })
		var token tokenRequest
		try(&token, func() error { _, err := token.wanted(); return err })
		for _, err := range errs {
			if err != nil && model.CodeOf(err) != model.Invalid {
				t.Fatalf("%q: %v (%s)", raw, err, model.CodeOf(err))
			}
		}
	})
}
