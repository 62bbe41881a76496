package views

import (
	"net/netip"
	"net/url"

	"vivarium/app/model"
)

// tokenUse is what one client is given to work with a token: commands, or lines
// of a file.
type tokenUse struct {
	Client string // in front of the heading, or empty
	File   string // drawn as code, or empty
	Text   string // the rest of the heading
	ID     string
	Label  string // what the copy button copies
	Lines  []string
}

// uses lists what can be done with a token, for the clients that its scopes let
// in.
func (t NewToken) uses(base, login string) []tokenUse {
	var all []tokenUse
	has := t.ScopeSet()
	if has.Has(model.ScopeCondaDownload) {
		all = append(all, t.condaUses(base, login)...)
	}
	if has.Has(model.ScopePyPIDownload) {
		all = append(all, t.pythonUses(base, login)...)
	}
	if has.HasAny(model.ScopeCondaDownload, model.ScopePyPIDownload) {
		all = append(all, tokenUse{
			File: "~/.netrc", Text: ", keeps the token out of addresses of conda and pip", ID: "new-netrc", Label: "netrc text",
			Lines: []string{"machine " + hostOf(base), "  login __token__", "  password " + t.Secret},
		})
	}
	if has.Has(model.ScopePyPIUpload) {
		all = append(all, t.uploadUses(base, login)...)
	}
	if has.HasAny(model.ScopeAPIRead, model.ScopeAPIWrite) {
		all = append(all, tokenUse{Client: "anaconda-client", ID: "new-anaconda", Label: "anaconda commands", Lines: t.anacondaLines(base, login)})
	}
	return all
}

func (t NewToken) condaUses(base, login string) []tokenUse {
	channel := CondaTokenURL(base, t.Secret, login)
	return []tokenUse{
		{Client: "conda", Text: ", once per machine", ID: "new-conda", Label: "conda command", Lines: []string{"conda config --add channels " + channel}},
		{File: "~/.condarc", Text: ", the same in the file, which mamba reads too", ID: "new-condarc", Label: "condarc text", Lines: []string{"channels:", "  - " + channel, "  - nodefaults"}},
		{Client: "mamba", Text: ", for one command", ID: "new-mamba", Label: "mamba command", Lines: []string{"mamba install --channel " + channel + " yourpackage"}},
		{Client: "pixi and rattler", Text: ", once per machine", ID: "new-pixi", Label: "pixi commands", Lines: []string{
			"pixi auth login " + hostOf(base) + " --token " + t.Secret, "pixi workspace channel add " + CondaURL(base, login),
		}},
	}
}

func (t NewToken) pythonUses(base, login string) []tokenUse {
	index := PythonIndexURL(base+path("t", t.Secret), login, "")
	return []tokenUse{
		{Client: "pip", Text: ", once per machine", ID: "new-pip", Label: "pip commands", Lines: pipLines(base, index)},
		{Client: "uv", Text: ", asks here first and then at its default index", ID: "new-uv", Label: "uv command", Lines: []string{"export UV_INDEX=" + index}},
	}
}

func (t NewToken) uploadUses(base, login string) []tokenUse {
	address := PythonUploadURL(base, login)
	return []tokenUse{
		{Client: "twine", ID: "new-twine", Label: "twine commands", Lines: []string{
			"export TWINE_REPOSITORY_URL=" + address, "export TWINE_USERNAME=__token__", "export TWINE_PASSWORD=" + t.Secret, "twine upload dist/*",
		}},
		{Client: "uv publish", ID: "new-uv-publish", Label: "uv publish commands", Lines: []string{
			"export UV_PUBLISH_URL=" + address, "export UV_PUBLISH_TOKEN=" + t.Secret, "uv publish",
		}},
	}
}

// anacondaLines upload to login's channel with the token, without a sign-in.
func (t NewToken) anacondaLines(base, login string) []string {
	lines := []string{"anaconda config --set url " + APIURL(base), "export ANACONDA_API_TOKEN=" + t.Secret}
	if !t.ScopeSet().Has(model.ScopeAPIWrite) {
		return append(lines, "anaconda show "+login)
	}
	return append(lines, "anaconda upload --user "+login+" yourpackage-1.0-0.conda")
}

// hostOf is the host of a base address, under which clients keep credentials.
func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	return u.Hostname()
}

// isLoopback reports whether pip takes a host for this machine.
func isLoopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
