package main

import (
	"net"
	"net/url"

	"vivarium/app/config"
	"vivarium/app/mail"
)

// newMailer returns what sends mail, or nil when no server for it is set.
func newMailer(c config.Config) (*mail.Sender, error) {
	if c.Mail.Host == "" {
		return nil, nil
	}
	return mail.New(mail.Options{
		Host: c.Mail.Host, Port: c.Mail.Port, Username: c.Mail.Username, Password: c.Mail.Password, From: senderOf(c), TLS: c.Mail.TLS,
	})
}

// senderOf is who mails come from: as it is set, else the site's own host.
func senderOf(c config.Config) string {
	if c.Mail.From != "" {
		return c.Mail.From
	}
	host := c.Mail.Host
	if u, err := url.Parse(c.PublicURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	if net.ParseIP(host) != nil {
		host = "localhost"
	}
	return "Vivarium <vivarium@" + host + ">"
}
