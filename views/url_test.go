package views

import "testing"

func TestURLs(t *testing.T) {
	t.Parallel()
	tests := []struct{ got, want string }{
		{SignInURL(""), "/signin"},
		{SignInURL("/labs?q=a b"), "/signin?next=%2Flabs%3Fq%3Da+b"},
		{SearchURL(""), "/search"},
		{SearchURL(`"tide" & reef`), "/search?q=%22tide%22+%26+reef"},
		{AccountURL("labs"), "/labs"},
		{AvatarURL("../x", ""), "/avatar/..%2Fx"},
		{AvatarURL("brook", "0123456789abcdef0123"), "/avatar/brook?v=0123456789abcdef"},
		{PhotoURL("reef-lab"), "/reef-lab/settings/photo"},
		{TokensURL("labs"), "/labs/settings/access"},
		{RevokeTokenURL("labs", 12), "/labs/settings/access/12/revoke"},
		{PackageURL("labs", "salinity-core"), "/labs/salinity-core"},
		{PackageURL("labs", "Labels"), "/labs/packages/Labels"},
		{PackageURL("labs", "linux-64"), "/labs/packages/linux-64"},
		{PackageURL("labs", "notices.json"), "/labs/packages/notices.json"},
		{PackageFilesURL("labs", "a b"), "/labs/a%20b/files"},
		{PackageVersionsURL("labs", "simple"), "/labs/packages/simple/versions"},
		{PackageSettingsURL("labs", "x"), "/labs/x/settings"},
		{CondaURL("http://h:1", "labs"), "http://h:1/conda/labs"},
		{CondaTokenURL("http://h:1", "viv-T", "labs"), "http://h:1/t/viv-T/conda/labs"},
		{APIURL("http://h:1"), "http://h:1/api"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}
