package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"vivarium/app/config"
	"vivarium/app/model"
)

// announce says where the server is found, and how to make an administrator when
// there is none: the second line is a command as it can be pasted.
func announce(ctx context.Context, cmd *cobra.Command, p *parts, loaded config.Loaded, listening net.Addr) error {
	url := siteURL(loaded.Config, listening.String())
	has, err := p.registry.HasAdministrator(ctx)
	if err != nil {
		return err
	}
	if has {
		_, err = fmt.Fprintf(cmd.ErrOrStderr(), "Vivarium is ready at %s\n", url)
		return err
	}
	name, err := freeName(ctx, p)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.ErrOrStderr(), "Vivarium is ready at %s and has no administrator yet. Make one in another terminal:\n%s\n", url, bootstrap(loaded, name))
	return err
}

// siteURL returns the address to open: the public one, else one of this machine.
func siteURL(c config.Config, listening string) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	scheme := "http"
	if c.TLS.Cert != "" {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(listening)
	if a, badAddr := netip.ParseAddr(host); host == "" || err == nil && badAddr == nil && a.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// freeName returns a login for the first administrator that nobody has.
func freeName(ctx context.Context, p *parts) (string, error) {
	const base, most = "keeper", 9
	for n := 1; n <= most; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s%d", base, n)
		}
		_, err := p.registry.Account(ctx, model.LocalOperator(), name)
		if err != nil && model.CodeOf(err) == model.NotFound {
			return name, nil
		}
		if err != nil {
			return "", err
		}
	}
	return "", errors.New("find a name for the administrator")
}

// bootstrap is the command that makes the first administrator: the program as it
// was started, on the same configuration and data.
func bootstrap(loaded config.Loaded, name string) string {
	words := []string{program()}
	if loaded.Named {
		words = append(words, "--"+config.FlagConfig, quote(loaded.File))
	}
	// What the environment says may have been said for this one command.
	if from := loaded.Source("data_dir"); from != "default" && !strings.HasPrefix(from, loaded.File+", ") {
		words = append(words, "--"+config.FlagDataDir, quote(loaded.DataDir))
	}
	words = append(words, "admin", "create-user", name, "--email", name+"@example.org", "--admin", "--generate-password")
	return strings.Join(words, " ")
}

// goRunPattern matches where `go run` puts what it builds: a temporary folder the
// first time, its cache after that.
var goRunPattern = regexp.MustCompile(`/go-build[0-9]*/.*/exe/[^/]+$|/[0-9a-f]{2}/[0-9a-f]{64}-d/[^/]+$`)

// program returns the program as it was started.
func program() string {
	path, err := os.Executable()
	if err == nil && goRunPattern.MatchString(filepath.ToSlash(path)) {
		return "go run ./app"
	}
	return quote(os.Args[0])
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+=,-]+$`)

// quote writes s as one word of a shell.
func quote(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
