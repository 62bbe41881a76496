package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// clientPrograms are the programs of clients: whose they are, what their first words
// are, and which of their options are worth a line.
var clientPrograms = map[string]struct {
	client         string
	words, options []string
}{
	"anaconda": {
		"anaconda-client",
		[]string{"login", "logout", "whoami", "upload", "show", "search", "download", "remove", "move", "copy", "label", "channel", "groups", "auth", "config", "notebook", "package", "update", "notices", "notice"},
		[]string{
			"--list", "--add", "--remove", "--copy", "--lock", "--unlock", "--show", "--force", "--private", "--label", "--user", "--create", "--info", "--list-scopes",
			"--replace", "--update", "--skip-existing", "--register", "--mode", "--set", "--thumbnail", "--package-type", "--from-label", "--to-label", "--no-register", "--force-metadata-update",
		},
	},
	"pip":   {"pip", []string{"install", "download", "index"}, []string{"--pre", "--require-hashes", "--no-binary", "--extra-index-url"}},
	"twine": {"twine", []string{"upload"}, []string{"--skip-existing"}},
	"uv":    {"uv", []string{"pip", "publish", "lock", "sync", "add", "run"}, []string{"--check-url", "--exclude-newer", "--refresh", "--native-tls", "--locked", "--frozen"}},
}

// clientScripts are what our scripts do with a client's library.
var clientScripts = map[string]struct{ client, command string }{
	"install.py": {"py-rattler", "solve and install"},
	"upload.py":  {"py-rattler-build", "upload"},
}

// clientCommand says which client a program with arguments is, and what it is told to
// do without what differs from run to run; empty for what is no client.
func clientCommand(program string, args []string) (client, command string) {
	if program == "python" && len(args) > 0 {
		return scriptCommand(filepath.Base(args[0]), args[1:])
	}
	p, ok := clientPrograms[program]
	first := slices.IndexFunc(args, func(a string) bool { return slices.Contains(p.words, a) })
	if !ok || first < 0 {
		return "", ""
	}
	said := []string{args[first]}
	if next := first + 1; program == "uv" && args[first] == "pip" && next < len(args) {
		said = append(said, args[next])
	}
	if args[first] == "auth" || args[first] == "label" || args[first] == "channel" || args[first] == "groups" {
		said = append(said, subcommand(args[first+1:])...)
	}
	return p.client, program + " " + strings.Join(append(said, optionsOf(args[first:], p.options)...), " ")
}

// subcommand is the word that groups take after them.
func subcommand(args []string) []string {
	words := []string{"add", "show", "members", "add_member", "remove_member", "packages", "add_package", "remove_package"}
	if len(args) > 0 && slices.Contains(words, args[0]) {
		return args[:1]
	}
	return nil
}

func scriptCommand(script string, args []string) (client, command string) {
	s := clientScripts[script]
	said := []string{s.command}
	if script == "upload.py" {
		server := "anaconda"
		if i := slices.Index(args, "--server"); i >= 0 {
			server = args[i+1]
		}
		said = append(said, server)
	}
	return s.client, strings.Join(append(said, optionsOf(args, []string{"--no-shards", "--no-zst", "--force", "--skip-existing", "--label"})...), " ")
}

// optionsOf are those of args that are worth a line, sorted.
func optionsOf(args, worth []string) []string {
	var found []string
	for _, a := range args {
		name, _, _ := strings.Cut(a, "=")
		if slices.Contains(worth, name) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestClientCommand(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"anaconda -t secret upload --private x.conda":         "anaconda-client: anaconda upload --private",
		"anaconda --version":                                  ": ",
		"anaconda groups add_member labs/x brook":             "anaconda-client: anaconda groups add_member",
		"anaconda label --list -o labs":                       "anaconda-client: anaconda label --list",
		"uv pip install --index-url u tiny":                   "uv: uv pip install",
		"pip install --pre --pre tiny":                        "pip: pip install --pre",
		"python /a/install.py --no-shards --channel c p s":    "py-rattler: solve and install --no-shards",
		"python /a/upload.py --server=x --server quetz f":     "py-rattler-build: upload quetz",
		"python /a/upload.py --url u --force f":               "py-rattler-build: upload anaconda --force",
		"python -c pass":                                      ": ",
		"app admin list-users":                                ": ",
		"twine upload --skip-existing --repository-url=u f w": "twine: twine upload --skip-existing",
	} {
		args := strings.Fields(line)
		client, command := clientCommand(args[0], args[1:])
		if got := client + ": " + command; got != want {
			t.Errorf("%s = %q, want %q", line, got, want)
		}
	}
}
