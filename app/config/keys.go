package config

import (
	"strings"
	"time"
)

const longest = 100 * 365 * day

// key is one line of the configuration's table.
type key struct {
	name  string
	value value
	// unbuilt names the part of Vivarium that this key belongs to and that does
	// not exist yet; only the default is accepted.
	unbuilt string
	secret  bool
	list    bool
}

// env returns the environment variable of the key.
func (k key) env() string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(k.name, ".", "_"))
}

// keys returns the table of every key, bound to the fields of c, in the order of
// config.yaml.example.
func (c *Config) keys() []key {
	return []key{
		{name: "listen", value: address{&c.Listen}},
		{name: "public_url", value: origin{&c.PublicURL}},
		{name: "data_dir", value: folder{&c.DataDir}},
		{name: "database.url", value: text{&c.Database.URL}, unbuilt: "another database than SQLite", secret: true},
		{name: "storage.url", value: text{&c.Storage.URL}, unbuilt: "another storage than files", secret: true},
		{name: "signup", value: word{&c.Signup, []string{"open", "closed"}}},
		{name: "terms_file", value: file{&c.TermsFile}},
		{name: "default_access", value: word{&c.DefaultAccess, []string{"public", "authenticated", "private"}}},
		{name: "anonymous", value: truth{&c.Anonymous}},
		{name: "gravatar", value: truth{&c.Gravatar}},
		{name: "mail.host", value: text{&c.Mail.Host}},
		{name: "mail.port", value: number{&c.Mail.Port, 1, 65535}},
		{name: "mail.username", value: text{&c.Mail.Username}},
		{name: "mail.password", value: text{&c.Mail.Password}, secret: true},
		{name: "mail.from", value: sender{&c.Mail.From}},
		{name: "mail.tls", value: word{&c.Mail.TLS, []string{"starttls", "tls", "none"}}},
		{name: "tls.cert", value: file{&c.TLS.Cert}},
		{name: "tls.key", value: file{&c.TLS.Key}},
		{name: "trusted_proxies", value: networks{&c.TrustedProxies}, list: true},
		{name: "limits.upload_size", value: quantity{&c.Limits.UploadSize}},
		{name: "limits.requests_per_minute", value: number{&c.Limits.RequestsPerMinute, 0, 10_000_000}},
		{name: "limits.sign_in_attempts", value: number{&c.Limits.SignInAttempts, 0, 1_000_000}},
		{name: "read_only", value: truth{&c.ReadOnly}},
		{name: "testing.clock_offset", value: span{&c.Testing.ClockOffset, -longest, longest}},
		{name: "log.level", value: level{&c.Log.Level}},
		{name: "log.format", value: word{&c.Log.Format, []string{"text", "json"}}},
		{name: "password.min_length", value: number{&c.Password.MinLength, 7, 256}},
		{name: "password.reset_lifetime", value: span{&c.Password.ResetLifetime, time.Minute, day}},
		{name: "tokens.lifetime", value: span{&c.Tokens.Lifetime, 0, longest}},
		{name: "tokens.max_lifetime", value: span{&c.Tokens.MaxLifetime, 0, longest}},
		{name: "index_max_age", value: span{&c.IndexMaxAge, 0, 365 * day}},
		{name: "extra_subdirs", value: subdirNames{&c.ExtraSubdirs}, list: true},
		{name: "shutdown_timeout", value: span{&c.ShutdownTimeout, 0, day}},
		{name: "metrics", value: truth{&c.Metrics}, unbuilt: metrics},
		{name: "metrics_token", value: text{&c.MetricsToken}, unbuilt: metrics, secret: true},
	}
}

// metrics is a part that several keys wait for.
const metrics = "metrics"
