package binstar

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestDescribed holds the descriptions against the table of routes: nothing is
// served that the document does not tell of.
func TestDescribed(t *testing.T) {
	t.Parallel()
	all := calls()
	for _, row := range registry.Routes() {
		if row.Surface != model.APISurface && row.Surface != model.StoreSurface {
			continue
		}
		if len(all[row.Pattern]) == 0 {
			t.Errorf("%s has no description: add one to a map of calls in describe_*.go", row.Pattern)
		}
	}
	doc, err := Describe(registry.Routes(), "1.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range doc.Operations {
		for _, p := range o.Parameters {
			if p.Description == "" || p.In == "path" && p.Example == "" {
				t.Errorf("%s: the parameter %s has no description or example: see pathParts", o.ID, p.Name)
			}
		}
	}
}

func TestDescriptionsReadWell(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for pattern, list := range calls() {
		for _, call := range list {
			at := pattern + call.Tail
			if call.Summary == "" || strings.HasSuffix(call.Summary, ".") || strings.TrimSpace(call.Summary) != call.Summary {
				t.Errorf("%s: the summary %q is not a line without a full stop", at, call.Summary)
			}
			if call.Text != "" && !strings.HasSuffix(call.Text, ".") && !strings.HasSuffix(call.Text, "same.") {
				t.Errorf("%s: the text %q is no sentence", at, call.Text)
			}
			if before, ok := seen[call.Tag+call.Summary]; ok && strings.TrimSuffix(pattern, "/{$}") != strings.TrimSuffix(before, "/{$}") {
				t.Errorf("%s and %s have the same summary %q", before, at, call.Summary)
			}
			seen[call.Tag+call.Summary] = pattern
			if call.Example != "" {
				if err := decodes(call.Example, call.Body); err != nil {
					t.Errorf("%s: the example: %v", at, err)
				}
			}
		}
	}
}

// decodes reads an example as the handler does, but knows every key.
func decodes(example string, body any) error {
	if _, ok := body.(openapi.Schema); ok {
		return json.Unmarshal([]byte(example), new(map[string]any))
	}
	d := json.NewDecoder(bytes.NewReader([]byte(example)))
	d.DisallowUnknownFields()
	return d.Decode(reflect.New(reflect.TypeOf(body)).Interface())
}
