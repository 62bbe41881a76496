package config_test

import (
	"strings"
	"testing"
)

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, content, want string }{
		{"unknown key", "listen: :1\nlissten: :2\n", "lissten (FILE, line 2): there is no such key"},
		{"unknown key in a section", "limits:\n  upload: 1\n", "limits.upload (FILE, line 2): there is no such key"},
		{"key without its section", "\nupload_size: 1\n", "upload_size (FILE, line 2): there is no such key; did you mean limits.upload_size?"},
		{"key in another case", "Listen: :1\n", "Listen (FILE, line 1): there is no such key"},
		{"key below a value", "listen:\n  port: 1\n", "listen (FILE, line 1): one value is expected here"},
		{"value for a section", "limits: 5\n", "limits (FILE, line 1): keys with values are expected here"},
		{"list for one value", "listen: [a, b]\n", "listen (FILE, line 1): one value is expected here"},
		{"list of lists", "extra_subdirs: [[linux-64]]\n", "extra_subdirs (FILE, line 1): a list of plain values"},
		{"twice", "listen: :1\nlisten: :2\n", "listen (FILE, line 2): it was set before, on line 1"},
		{"twice in two spellings", "log.level: info\nlog:\n  level: warn\n", "log.level (FILE, line 3): it was set before, on line 1"},
		{"not YAML", "listen: [\n", "FILE, line 1: not YAML"},
		{"tabs", "limits:\n\tupload_size: 1\n", "FILE, line 2: not YAML"},
		{"a list", "- listen\n", "FILE, line 1: keys with values are expected here"},
		{"two documents", "listen: :1\n---\nlisten: :2\n", "FILE: there is more than one YAML document"},
		{"no port", "listen: localhost\n", `listen (FILE, line 1): "localhost" is not an address`},
		{"port out of range", "listen: :70000\n", `listen (FILE, line 1): ":70000" has no port`},
		{"port as a word", "listen: :http\n", `listen (FILE, line 1): ":http" has no port`},
		{"public_url without scheme", "public_url: example.org\n", "public_url (FILE, line 1): "},
		{"public_url with a path", "public_url: https://example.org/x\n", "public_url (FILE, line 1): "},
		{"public_url with a password", "public_url: https://a:b@example.org\n", "public_url (FILE, line 1): "},
		{"empty folder", `data_dir: ""`, "data_dir (FILE, line 1): it is empty"},
		{"signup", "signup: maybe\n", `signup (FILE, line 1): "maybe" is not one of open, closed`},
		{"access", "default_access: none\n", "default_access (FILE, line 1): "},
		{"truth", "anonymous: perhaps\n", `anonymous (FILE, line 1): "perhaps" is neither true nor false`},
		{"missing file", "terms_file: /does/not/exist\n", "terms_file (FILE, line 1): "},
		{"folder as a file", "terms_file: /\n", `terms_file (FILE, line 1): "/" is a folder`},
		{"half of tls", "tls:\n  cert: /dev/null\n", "tls.cert (FILE, line 2): it is of no use without tls.key"},
		{"other half of tls", "tls:\n  key: /dev/null\n", "tls.key (FILE, line 2): it is of no use without tls.cert"},
		{"network", "trusted_proxies: [10.0.0.0/33]\n", "trusted_proxies (FILE, line 1): "},
		{"size", "limits: {upload_size: big}\n", `limits.upload_size (FILE, line 1): "big" is not a size`},
		{"size zero", "limits: {upload_size: 0}\n", "limits.upload_size (FILE, line 1): "},
		{"negative limit", "limits: {requests_per_minute: -1}\n", "limits.requests_per_minute (FILE, line 1): -1 is out of range"},
		{"fractional limit", "limits: {sign_in_attempts: 1.5}\n", `limits.sign_in_attempts (FILE, line 1): "1.5" is not a whole number`},
		{"level", "log: {level: loud}\n", "log.level (FILE, line 1): "},
		{"format", "log: {format: xml}\n", "log.format (FILE, line 1): "},
		{"short passwords", "password: {min_length: 6}\n", "password.min_length (FILE, line 1): 6 is out of range"},
		{"duration without unit", "shutdown_timeout: 30\n", `shutdown_timeout (FILE, line 1): "30" is not a duration`},
		{"negative duration", "index_max_age: -1s\n", "index_max_age (FILE, line 1): "},
		{"lifetime over the limit", "tokens:\n  lifetime: 31d\n  max_lifetime: 30d\n", "tokens.lifetime (FILE, line 2): it is longer than tokens.max_lifetime (30d)"},
		{"endless lifetime over the limit", "tokens:\n  lifetime: 0s\n  max_lifetime: 30d\n", "tokens.lifetime (FILE, line 2): "},
		{"subdir", "extra_subdirs: [../x]\n", "extra_subdirs (FILE, line 1): "},
		{"PostgreSQL", "database:\n  url: postgres://u:p@h/d\n", "database.url (FILE, line 2): another database than SQLite is not built yet"},
		{"S3", "storage:\n  url: s3://b\n", "storage.url (FILE, line 2): another storage than files is not built yet"},
		{"mail port", "mail:\n  port: 70000\n", "mail.port (FILE, line 2): 70000 is out of range"},
		{"mail sender", "mail:\n  from: nobody\n", `mail.from (FILE, line 2): "nobody" is not a sender`},
		{"mail encryption", "mail:\n  tls: maybe\n", `mail.tls (FILE, line 2): "maybe" is not one of starttls, tls, none`},
		{"mail name without a server", "mail:\n  username: a\n", "mail.username (FILE, line 2): it is of no use without mail.host"},
		{"reset link", "password: {reset_lifetime: 25h}\n", "password.reset_lifetime (FILE, line 1): "},
		{"metrics", "metrics: true\n", "metrics (FILE, line 1): metrics is not built yet"},
		{"metrics token", "metrics_token: x\n", "metrics_token (FILE, line 1): metrics is not built yet"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, test.content)
			_, err := load(t, "--config", path)
			if err == nil {
				t.Fatalf("%q was accepted", test.content)
			}
			got := strings.ReplaceAll(err.Error(), path, "FILE")
			if !strings.HasPrefix(got, test.want) || strings.Contains(got, "\n") {
				t.Errorf("error = %q, want one line that begins with %q", got, test.want)
			}
		})
	}
}

func TestRefusedFlags(t *testing.T) {
	t.Parallel()
	_, err := load(t, "--listen", "nowhere")
	if err == nil || !strings.HasPrefix(err.Error(), "listen (--listen): ") {
		t.Errorf("error = %v", err)
	}
}

func TestRefusedEnvironment(t *testing.T) {
	tests := []struct{ name, variable, value, want string }{
		{"unknown", "VIVARIUM_LISSTEN", ":1", "VIVARIUM_LISSTEN: no key has this environment variable"},
		{"bad value", "VIVARIUM_LIMITS_UPLOAD_SIZE", "much", `limits.upload_size (VIVARIUM_LIMITS_UPLOAD_SIZE): "much" is not a size`},
		{"no such file", "VIVARIUM_LISTEN_FILE", "/does/not/exist", "listen (VIVARIUM_LISTEN_FILE): /does/not/exist cannot be read: no such file"},
		{"not built", "VIVARIUM_METRICS", "true", "metrics (VIVARIUM_METRICS): metrics is not built yet"},
		{"no such configuration", "VIVARIUM_CONFIG", "/does/not/exist", "/does/not/exist: the configuration file cannot be read"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv(test.variable, test.value)
			_, err := load(t)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error = %v, want %q", err, test.want)
			}
		})
	}
}
