package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// address is what a server listens on: host:port or :port.
type address struct{ p *string }

func (v address) show() string { return *v.p }

func (v address) set(s string) error {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return fmt.Errorf("%q is not an address: give host:port, or :port for all addresses of the machine", s)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q has no port from 0 to 65535", s)
	}
	*v.p = s
	return nil
}

// origin is the scheme and host of a site, or empty.
type origin struct{ p *string }

func (v origin) show() string { return *v.p }

func (v origin) set(s string) error {
	if s == "" {
		*v.p = ""
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return fmt.Errorf("%q is not an address with scheme, such as https://packages.example.org", s)
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return fmt.Errorf("%q has more than scheme and host: the site lives at the root of its host", s)
	}
	*v.p = u.Scheme + "://" + strings.ToLower(u.Host)
	return nil
}

// folder is a path that may not be empty.
type folder struct{ p *string }

func (v folder) show() string { return *v.p }

func (v folder) set(s string) error {
	if s == "" {
		return errors.New("it is empty: name a folder")
	}
	*v.p = s
	return nil
}

// file is the path of a file that is there, or empty.
type file struct{ p *string }

func (v file) show() string { return *v.p }

func (v file) set(s string) error {
	if s != "" {
		info, err := os.Stat(s)
		if err != nil {
			return fmt.Errorf("%q cannot be read: %w", s, cause(err))
		}
		if info.IsDir() {
			return fmt.Errorf("%q is a folder, not a file", s)
		}
	}
	*v.p = s
	return nil
}

// cause drops the operation and path from an error of os, which the message
// around it already has.
func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// networks is a list of CIDRs; a lone address stands for itself.
type networks struct{ p *[]netip.Prefix }

func (v networks) show() string { return joinList(*v.p, netip.Prefix.String) }

func (v networks) set(s string) error {
	var all []netip.Prefix
	for _, item := range splitList(s) {
		p, err := parseNetwork(item)
		if err != nil {
			return err
		}
		all = append(all, p)
	}
	*v.p = all
	return nil
}

func parseNetwork(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return p, fmt.Errorf("%q is not a network such as 10.0.0.0/8", s)
	}
	return p.Masked(), nil
}

// subdirNames is a list of names that could be conda subdirs.
type subdirNames struct{ p *[]string }

var subdirPattern = regexp.MustCompile(`^[a-z0-9]{1,15}-[a-z0-9]{1,16}$`)

func (v subdirNames) show() string {
	return joinList(*v.p, func(s string) string { return s })
}

func (v subdirNames) set(s string) error {
	names := splitList(s)
	for _, name := range names {
		if !subdirPattern.MatchString(name) {
			return fmt.Errorf("%q cannot be a subdir: it has the form system-machine, such as linux-64", name)
		}
	}
	*v.p = names
	return nil
}

// splitList reads a list as the environment has it: separated by commas or
// blanks.
func splitList(s string) []string {
	all := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
	if len(all) == 0 {
		return nil
	}
	return all
}

func joinList[T any](items []T, write func(T) string) string {
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = write(item)
	}
	return strings.Join(words, ",")
}

// sender is who mails come from, with a name or without; empty: nobody.
type sender struct{ p *string }

func (v sender) show() string { return *v.p }

func (v sender) set(s string) error {
	if s != "" {
		if _, err := mail.ParseAddress(s); err != nil {
			return fmt.Errorf("%q is not a sender such as Vivarium <packages@example.org>", s)
		}
	}
	*v.p = s
	return nil
}
