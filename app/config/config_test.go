package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"vivarium/app/config"
)

const example = "../../config.yaml.example"

// load reads the configuration as the program does when it is called with args.
func load(t *testing.T, args ...string) (config.Loaded, error) {
	t.Helper()
	flags := pflag.NewFlagSet("app", pflag.ContinueOnError)
	config.AddFlags(flags)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return config.Load(flags)
}

// write makes a configuration file and returns its path.
func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExampleHoldsEveryKeyWithItsDefault(t *testing.T) {
	t.Parallel()
	got, err := load(t, "--config", example)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Config, config.Default()) {
		t.Errorf("example = %+v, want %+v", got.Config, config.Default())
	}
	for _, s := range got.Settings {
		if !strings.HasPrefix(s.Source, example) {
			t.Errorf("%s comes from %s, want the example to hold it", s.Key, s.Source)
		}
	}
}

func TestDefaultsWithoutAnything(t *testing.T) {
	t.Parallel()
	got, err := load(t)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Config, config.Default()) {
		t.Errorf("got %+v, want %+v", got.Config, config.Default())
	}
	if got.File != "" || got.Source("listen") != "default" || got.Source("nothing") != "" {
		t.Errorf("file %q, listen from %q", got.File, got.Source("listen"))
	}
}

func TestPrecedence(t *testing.T) {
	file := write(t, "listen: :1\ndata_dir: file\nsignup: closed\n")
	secret := write(t, "environment-file\n")
	steps := []struct {
		name, value, from string
		prepare           func()
		args              []string
	}{
		{"the file", "file", file + ", line 2", func() {}, nil},
		{"a file named by the environment", "environment-file", "VIVARIUM_DATA_DIR_FILE", func() { t.Setenv("VIVARIUM_DATA_DIR_FILE", secret) }, nil},
		{"the environment", "environment", "VIVARIUM_DATA_DIR", func() { t.Setenv("VIVARIUM_DATA_DIR", "environment") }, nil},
		{"a flag", "flag", "--data-dir", func() {}, []string{"--data-dir", "flag"}},
	}
	for _, step := range steps {
		step.prepare()
		got, err := load(t, append(step.args, "--config", file)...)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got.DataDir != step.value || got.Source("data_dir") != step.from {
			t.Errorf("%s: data_dir = %q from %q, want %q from %q", step.name, got.DataDir, got.Source("data_dir"), step.value, step.from)
		}
		if got.Signup != "closed" || got.Listen != ":1" {
			t.Errorf("%s: the rest of the file is not in force: %+v", step.name, got.Config)
		}
	}
}

func TestFileIsFoundInTheCurrentFolder(t *testing.T) {
	t.Chdir(filepath.Dir(write(t, "listen: :4711\n")))
	got, err := load(t)
	if err != nil || got.Listen != ":4711" || got.File != "config.yaml" {
		t.Errorf("listen = %q from file %q, %v", got.Listen, got.File, err)
	}
}

func TestFileIsNamedByTheEnvironment(t *testing.T) {
	t.Setenv("VIVARIUM_CONFIG", write(t, "listen: :4712\n"))
	got, err := load(t)
	if err != nil || got.Listen != ":4712" {
		t.Errorf("listen = %q, %v", got.Listen, err)
	}
}

func TestEmptyVariablesCountAsUnset(t *testing.T) {
	t.Setenv("VIVARIUM_SIGNUP", "")
	t.Setenv("VIVARIUM_MAIL_PASSWORD_FILE", "")
	got, err := load(t)
	if err != nil || got.Signup != "open" || got.Source("signup") != "default" {
		t.Errorf("signup = %q from %q, %v", got.Signup, got.Source("signup"), err)
	}
}

func TestVariablesOfEveryShape(t *testing.T) {
	for name, value := range map[string]string{
		"VIVARIUM_LIMITS_REQUESTS_PER_MINUTE": "7", "VIVARIUM_TRUSTED_PROXIES": "10.0.0.0/8, 127.0.0.1", "VIVARIUM_READ_ONLY": "yes",
		"VIVARIUM_PORT": "tcp://10.0.0.1:8080", "VIVARIUM_SERVICE_HOST": "10.0.0.1", "VIVARIUM_PORT_8080_TCP_PROTO": "tcp",
	} {
		t.Setenv(name, value)
	}
	got, err := load(t)
	if err != nil {
		t.Fatal(err)
	}
	if got.Limits.RequestsPerMinute != 7 || len(got.TrustedProxies) != 2 || !got.ReadOnly {
		t.Errorf("got %+v", got.Config)
	}
}

func TestSecretsAreHidden(t *testing.T) {
	t.Parallel()
	_, err := load(t, "--config", write(t, "mail:\n  password: swordfish\n"))
	if err == nil || strings.Contains(err.Error(), "swordfish") { // it is of no use without a host
		t.Errorf("error = %v, want one that does not show the secret", err)
	}
}

func TestLifetimeGivesWayToTheLimit(t *testing.T) {
	t.Parallel()
	got, err := load(t, "--config", write(t, "tokens: {max_lifetime: 30d}"))
	if err != nil || config.FormatDuration(got.Tokens.Lifetime) != "30d" {
		t.Errorf("lifetime = %v, %v, want the limit", got.Tokens.Lifetime, err)
	}
}

func TestEverythingInForce(t *testing.T) {
	t.Parallel()
	pem := write(t, "not looked at")
	got, err := load(t, "--config", write(t, `
listen: "[::1]:0"
public_url: https://Packages.Example.org:8443/
limits: {upload_size: 500MiB, sign_in_attempts: 0}
tls: {cert: `+pem+`, key: `+pem+`}
trusted_proxies: [10.0.0.0/8, "::1"]
extra_subdirs: [linux-loong64]
log: {level: debug, format: json}
testing: {clock_offset: -1d12h}
index_max_age:
`))
	if err != nil {
		t.Fatal(err)
	}
	c := got.Config
	if c.PublicURL != "https://packages.example.org:8443" || c.Limits.UploadSize != 500*config.MiB || c.Limits.SignInAttempts != 0 {
		t.Errorf("got %+v", c)
	}
	if c.TrustedProxies[1].String() != "::1/128" || c.ExtraSubdirs[0] != "linux-loong64" || c.Testing.ClockOffset.Hours() != -36 {
		t.Errorf("got %+v", c)
	}
}

func TestErrorNamesItsType(t *testing.T) {
	t.Parallel()
	_, err := load(t, "--config", "/does/not/exist.yaml")
	var e *config.Error
	if !errors.As(err, &e) || e.Where != "/does/not/exist.yaml" {
		t.Errorf("error = %v", err)
	}
}
