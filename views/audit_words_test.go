package views

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestDeed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line       model.AuditLine
		want, note string
	}{
		{model.AuditLine{Action: "token.create", Account: "labs", Subject: "ci", Detail: "repos"}, "created the token [ci] of labs", "repos"},
		{model.AuditLine{Action: "group.add-member", Subject: "labs/readers", Detail: "casey"}, "added casey to the group [labs/readers] ", ""},
		{model.AuditLine{Action: "organization.rename", Subject: "labs", Detail: "to reef"}, "renamed the organization [labs] to reef", ""},
		{model.AuditLine{Action: "site.backup", Detail: "7 blobs"}, "made a backup [] ", "7 blobs"},
		{model.AuditLine{Action: "new.kind", Subject: "labs", Detail: "x"}, "new.kind [labs] ", "x"},
		{model.AuditLine{Action: "file.copy", Subject: "labs/~", Detail: "from *@"}, "made the copy [labs/~] ", "from *@"},
		{model.AuditLine{Action: "group.add-member", Subject: "labs/@", Detail: "*"}, "added * to the group [labs/@] ", ""},
	}
	for _, tt := range tests {
		before, subject, after, note := deed(tt.line)
		if got := before + " [" + subject + "] " + after; got != tt.want || note != tt.note {
			t.Errorf("%+v: got %q with %q, want %q with %q", tt.line, got, note, tt.want, tt.note)
		}
	}
}

var recorded = regexp.MustCompile(`"((?:account|channel|collection|file|group|invitation|label|notice|organization|package|release|request|session|site|token|user)\.[a-z-]+)"`)

// TestEveryDeedHasWords looks up all that the registry records.
func TestEveryDeedHasWords(t *testing.T) {
	t.Parallel()
	sources, err := filepath.Glob("../app/registry/*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		for _, m := range recorded.FindAllStringSubmatch(string(text), -1) {
			if seen[m[1]] = true; deeds[m[1]] == "" {
				t.Errorf("%s records %s, which has no words", source, m[1])
			}
		}
	}
	for action := range deeds {
		if !seen[action] {
			t.Errorf("nothing records %s", action)
		}
	}
}
