package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"vivarium/app/config"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const adminHelp = `Looks after users, organizations, tokens and the data. The commands work on the
data folder itself, also while the server runs, and are in force when they
return. Each leaves a line in the audit log, as done by the operator.`

func newAdmin() *cobra.Command {
	cmd := &cobra.Command{Use: "admin", Short: "Look after users, organizations, tokens and data", Long: adminHelp}
	cmd.AddCommand(userCommands()...)
	cmd.AddCommand(newCreateUser(), newListUsers(), newSetPassword(), newResetLink(), newDeleteUser(), newRenameUser())
	cmd.AddCommand(newCreateOrg(), newListOrgs())
	cmd.AddCommand(newCreateToken(), newListTokens(), newRevokeToken())
	cmd.AddCommand(newConfig(), newExplain(), newMigrate(), newCollect(), newImport(), newImportSite(), newImportChannel(), newExport(), newBackup(), newRestore(), newCheck(), newReindex())
	group(cmd)
	return cmd
}

// operator is the person at the machine, with the registry at hand.
type operator struct {
	*registry.Registry
	actor  model.Actor
	config config.Config
}

// asOperator opens the data folder for the time of do. There must be one; a
// database that is older than this program is left to `serve` and `migrate`.
func asOperator(cmd *cobra.Command, do func(ctx context.Context, op operator) error) error {
	loaded, err := loadConfig(cmd)
	if err == nil {
		err = requireDatabase(loaded.DataDir)
	}
	if err != nil {
		return err
	}
	return withParts(cmd, loaded, do)
}

// asFirst is asOperator for the commands with which a site may begin: they make the
// data folder when it is missing, and say so.
func asFirst(cmd *cobra.Command, do func(ctx context.Context, op operator) error) error {
	loaded, err := loadConfig(cmd)
	if err != nil {
		return err
	}
	if has, err := hasDatabase(loaded.DataDir); err == nil && !has {
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "a new site begins in the data folder %s\n", loaded.DataDir); err != nil {
			return err
		}
	}
	return withParts(cmd, loaded, do)
}

func withParts(cmd *cobra.Command, loaded config.Loaded, do func(ctx context.Context, op operator) error) error {
	ctx := cmd.Context()
	p, err := openParts(ctx, loaded.Config, adminLogger(cmd, loaded))
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.prepare(ctx); err != nil {
		return err
	}
	return do(ctx, operator{p.registry, model.LocalOperator(), p.config})
}

// prepare makes the schema of a new database and refuses an older one.
func (p *parts) prepare(ctx context.Context) error {
	pending, err := p.store.Pending(ctx)
	if err != nil || pending == 0 {
		return err
	}
	version, err := p.store.Version(ctx)
	if err != nil {
		return err
	}
	if version > 0 {
		return model.Errorf(model.Conflict, "The database is older than this program. Run `app admin migrate`, or start `app serve`.")
	}
	if err := p.mayBegin(ctx); err != nil {
		return err
	}
	_, err = p.store.Migrate(ctx)
	return err
}

// adminLogger leaves out what the command says itself, unless more was asked for.
func adminLogger(cmd *cobra.Command, loaded config.Loaded) *slog.Logger {
	settings := loaded.Log
	if loaded.Source("log.level") == "default" {
		settings.Level = slog.LevelWarn
	}
	return newLogger(settings, cmd.ErrOrStderr())
}
