package config

// crossCheck refuses values that are right each but wrong together.
func (s *sources) crossCheck(c *Config) error {
	if (c.TLS.Cert == "") != (c.TLS.Key == "") {
		set, missing := "tls.cert", "tls.key"
		if c.TLS.Cert == "" {
			set, missing = missing, set
		}
		return s.blame(set, "it is of no use without "+missing)
	}
	if c.Mail.Host == "" {
		for name, value := range map[string]string{"mail.username": c.Mail.Username, "mail.password": c.Mail.Password} {
			if value != "" {
				return s.blame(name, "it is of no use without mail.host")
			}
		}
	}
	limit := c.Tokens.MaxLifetime
	if limit == 0 || c.Tokens.Lifetime != 0 && c.Tokens.Lifetime <= limit {
		return nil
	}
	if s.origin(key{name: "tokens.lifetime"}) != "default" {
		return s.blame("tokens.lifetime", "it is longer than tokens.max_lifetime ("+FormatDuration(limit)+")")
	}
	c.Tokens.Lifetime = limit // the default gives way to a limit that was asked for
	return nil
}

func (s *sources) blame(name, problem string) error {
	return &Error{Key: name, Where: s.origin(key{name: name}), Problem: problem}
}
