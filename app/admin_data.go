package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vivarium/app/config"
)

const collectHelp = `Removes what nothing refers to and is older than --grace: bytes of deleted files, uploads
that were never finished, sessions that have expired. The server does the same by
itself a few times a day.`

func newCollect() *cobra.Command {
	cmd := &cobra.Command{Use: "gc", Short: firstSentence(collectHelp), Long: collectHelp, Args: wants()}
	grace := cmd.Flags().String("grace", "24h", "how old something must be")
	cmd.RunE = doing("collecting garbage", func(cmd *cobra.Command, _ []string) error {
		old, err := config.ParseDuration(*grace)
		if err != nil {
			return usagef("--grace: %w", err)
		}
		return asOperator(cmd, func(ctx context.Context, op operator) error { return collect(ctx, cmd, op, old) })
	})
	return cmd
}

func collect(ctx context.Context, cmd *cobra.Command, op operator, grace time.Duration) error {
	c, err := op.CollectGarbage(ctx, op.actor, grace)
	if err != nil {
		return err
	}
	return say(cmd, "removed %d blobs and %d temporary files (%d bytes), %d unfinished uploads, %d sessions", c.Blobs, c.Temporary, c.Bytes, c.Stages, c.Sessions)
}

const migrateHelp = `Brings the database up to this program's version, after making a copy of it beside it.
"app serve" does so when it starts; this does it alone, and not while a server runs
on the data folder. With --to it stops at a version; it never goes back.`

func newMigrate() *cobra.Command {
	cmd := &cobra.Command{Use: "migrate", Short: firstSentence(migrateHelp), Long: migrateHelp, Args: wants()}
	to := cmd.Flags().Int("to", 0, "the version at which to stop (default the newest)")
	cmd.RunE = doing("migrating the database", func(cmd *cobra.Command, _ []string) error {
		loaded, err := loadConfig(cmd)
		if err != nil {
			return err
		}
		p, err := openParts(cmd.Context(), loaded.Config, adminLogger(cmd, loaded))
		if err != nil {
			return err
		}
		defer p.close()
		return migrate(cmd, p, *to)
	})
	return cmd
}

// migrate brings the database up to a version, or with 0 to the newest.
func migrate(cmd *cobra.Command, p *parts, to int) error {
	ctx := cmd.Context()
	pending, err := p.store.Pending(ctx)
	if err != nil {
		return err
	}
	if pending > 0 {
		lock, err := lockFolder(p.config.DataDir)
		if err != nil {
			return err
		}
		defer lock.release()
	}
	if err := p.mayBegin(ctx); err != nil {
		return err
	}
	steps := 0
	if cmd.Flags().Changed("to") {
		steps, err = p.store.MigrateTo(ctx, to)
	} else {
		steps, err = p.store.Migrate(ctx)
	}
	if err != nil {
		return err
	}
	version, err := p.store.Version(ctx)
	if err != nil {
		return fmt.Errorf("read the version afterwards: %w", err)
	}
	return say(cmd, "the database has version %d after %d steps", version, steps)
}
