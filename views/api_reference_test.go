package views

import (
	"fmt"
	"testing"
)

func TestAPIReferencePage(t *testing.T) {
	t.Parallel()
	p := APIReferenceProps{Layout: testLayout("API reference"), Base: "https://pkgs.reef.example", Forms: []APIForm{{"token", "`Authorization: token T`, as ever."}}}
	p.Groups = []APIGroup{{ID: "files", Name: "Files", Text: "Artifacts.", Calls: []APICall{
		{ID: "get-scopes", Method: "GET", Path: "/api/scopes", Summary: "All scopes", Text: "All scopes.", Request: "curl 'https://pkgs.reef.example/api/scopes'"},
		{
			ID: "delete-dist", Method: "DELETE", Path: "/api/dist/{owner}", Summary: "Delete a <file>", Text: "With `force` too.", Scopes: []string{"api:write"},
			Parts:   []APIPart{{"owner", "path", "Login, `name` or so."}},
			Request: "curl -X DELETE \\\n  'https://pkgs.reef.example/api/dist/reef-lab'", Example: "{\n  \"a\": \"<b>\"\n}", Answers: []APIAnswer{{"200", "OK"}, {"404", "It does not exist."}},
		},
	}}}
	checkGolden(t, "docs/api", APIReferencePage(p))
}

func TestSpans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain": "[{plain false}]", "`a` and `b`.": "[{a true} { and  false} {b true} {. false}]", "": "[]", "one ` alone": "[{one  false} { alone true}]",
	} {
		if got := fmt.Sprint(spans(text)); got != want {
			t.Errorf("spans(%q) = %s, want %s", text, got, want)
		}
	}
}
