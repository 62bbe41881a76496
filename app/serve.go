package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"vivarium/app/config"
	"vivarium/app/httpd"
	"vivarium/app/jobs"
	"vivarium/app/registry"
)

const serveHelp = `Runs the server until SIGINT or SIGTERM, then lets requests under way finish, up to
shutdown_timeout. Without any configuration it listens on :8080 and keeps
everything in ./data, which it makes. The database is brought up to date first. A
second server on the same data folder is refused; admin commands are not.`

func newServe() *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Run the server", Long: serveHelp, Args: wants(),
		RunE: doing("starting the server", func(cmd *cobra.Command, _ []string) error {
			loaded, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			return serve(cmd, loaded)
		}),
	}
}

func serve(cmd *cobra.Command, loaded config.Loaded) error {
	ctx, log := cmd.Context(), newLogger(loaded.Log, cmd.ErrOrStderr())
	warn(log, loaded.Config)
	paceCollections(ctx)
	if err := makeFolder(loaded.DataDir); err != nil {
		return err
	}
	lock, err := lockFolder(loaded.DataDir)
	if err != nil {
		return err
	}
	defer lock.release()
	p, err := openParts(ctx, loaded.Config, log)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.mayBegin(ctx); err != nil {
		return err
	}
	if _, err := p.store.Migrate(ctx); err != nil {
		return err
	}
	if err := p.registry.SweepBackups(loaded.DataDir); err != nil {
		log.Warn("what a backup has left stays", "error", err)
	}
	server, err := p.listen()
	if err != nil {
		return err
	}
	if err := announce(ctx, cmd, p, loaded, server.Address()); err != nil {
		_ = server.Close() // nothing was served
		return err
	}
	return p.serve(ctx, server)
}

// warn says what a server in service should not be set to.
func warn(log *slog.Logger, c config.Config) {
	if offset := c.Testing.ClockOffset; offset != 0 {
		log.Warn("the clock is moved by testing.clock_offset", "offset", config.FormatDuration(offset))
	}
	if c.Mail.Host != "" && c.PublicURL == "" {
		log.Warn("links in mails are made from the Host of requests: set public_url")
	}
}

func (p *parts) listen() (*httpd.Server, error) {
	handler, err := p.handler(registry.Routes())
	if err != nil {
		return nil, err
	}
	return httpd.Listen(p.config.Listen, p.config.TLS.Cert, p.config.TLS.Key, handler, p.log, p.config.ShutdownTimeout)
}

// serve runs the server and the background work. The work ends after the last
// request, so that nothing of it is lost.
func (p *parts) serve(ctx context.Context, server *httpd.Server) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		jobs.Run(working, p.registry, p.log)
	}()
	err := server.Serve(ctx)
	stop()
	<-done
	if err != nil {
		return fmt.Errorf("answer requests: %w", err)
	}
	return nil
}
