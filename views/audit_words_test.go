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
		{model.AuditLine{Action: "notice.create", Subject: "labs", Detail: "4f2c published info until x: Hi"}, "published a notice in [labs] ", "4f2c published info until x: Hi"},
		{model.AuditLine{Action: "notice.create", Subject: "labs", Detail: "4f2c draft info until x: Hi"}, "kept a draft of a notice in [labs] ", "4f2c draft info until x: Hi"},
		{model.AuditLine{Action: "notice.update", Subject: "labs", Detail: "4f2c archived info until x: Hi"}, "changed a notice in [labs] ", "4f2c archived info until x: Hi"},
		{model.AuditLine{Action: "notice.delete", Subject: "labs", Detail: "4f2c draft info until x: Hi"}, "deleted a notice in [labs] ", "4f2c draft info until x: Hi"},
		{model.AuditLine{Action: "package.update", Subject: "labs/x", Detail: "access public to authenticated"}, "changed the package [labs/x] ", "access Public to Signed-in"},
		{model.AuditLine{Action: "package.update", Subject: "labs/x", Detail: "not published"}, "changed the package [labs/x] ", "not published"},
		{model.AuditLine{Action: "package.create", Subject: "labs/x", Detail: "private"}, "created the package [labs/x] ", "Private"},
		{model.AuditLine{Action: "package.add-collaborator", Subject: "labs/x", Detail: "read write"}, "made a collaborator of [labs/x] ", "read Read-Write"},
		{model.AuditLine{Action: "group.create", Subject: "labs/x", Detail: "admin"}, "created the group [labs/x] ", "Administration"},
		{model.AuditLine{Action: "group.set-level", Subject: "labs/x", Detail: "reefscan read"}, "set a level of the group [labs/x] ", "reefscan Read-Only"},
		{model.AuditLine{Action: "channel.settings", Subject: "labs", Detail: `closed true, immutable false, default access "authenticated"`}, "changed the settings of [labs] ", "closed true, immutable false, default access Signed-in"},
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
