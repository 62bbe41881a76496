package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vivarium/app/config"
)

const healthcheckHelp = `Asks the running server of the same configuration whether it is ready. Exit status 0 says
yes; anything else, with a reason, no.`

const healthTimeout = 5 * time.Second

func newHealthcheck() *cobra.Command {
	return &cobra.Command{
		Use: "healthcheck", Short: "Ask the running server whether it is ready", Long: healthcheckHelp, Args: wants(),
		RunE: doing("checking the server's health", func(cmd *cobra.Command, _ []string) error {
			loaded, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), healthTimeout)
			defer cancel()
			return checkHealth(ctx, healthURL(loaded.Config))
		}),
	}
}

// healthURL returns where a server of configuration c can be asked from this
// machine.
func healthURL(c config.Config) string {
	scheme := "http"
	if c.TLS.Cert != "" {
		scheme = "https"
	}
	host, port, _ := net.SplitHostPort(c.Listen) // config checked it
	if a, err := netip.ParseAddr(host); host == "" || err == nil && a.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port) + "/health/ready"
}

// checkHealth fails unless url answers 200. It is the machine's own address, for
// which no certificate is made out, and no secret is sent.
func checkHealth(ctx context.Context, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("no answer from %s: %w; say with --listen or --config where the server listens", url, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	const longest = 1 << 10
	text, err := io.ReadAll(io.LimitReader(answer.Body, longest))
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: %s", answer.Status, strings.TrimSpace(string(text)))
}
