package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vivarium/app/model"
	"vivarium/app/moving"
	"vivarium/app/moving/sitedump"
)

const importSiteHelp = `Takes over the folder that the original's "anaconda-server-admin export-site" wrote: in it
one folder for each account, and in that one for each package, each with meta.json.
Users and organizations that are missing are made, then packages with files, labels
and who may see them, then groups with members and packages, and collaborators.

No password is in a dump: users choose one by "I forgot my password", or get a link
from app admin reset-link. A user of whom the dump says no address is made before by
create-user. An organization belongs to its owners as the dump names them, or else to
--owner. A name that is reserved here gets another one by --rename OLD=NEW.

The command can be broken off and given again at any time: what is here with the same
bytes is passed over. What was written or labelled here by hand stays. Ends with a
proof sheet for each account; the exit status is 1 when something is missing.`

func newImportSite() *cobra.Command {
	var in moveFlags
	var van moving.Van
	cmd := &cobra.Command{Use: "import-site DIR", Short: "Takes over what the original's export-site wrote", Long: importSiteHelp, Args: wants("DIR")}
	cmd.Flags().StringVar(&van.Owner, "owner", "", "who owns organizations of which no owner is here")
	cmd.Flags().StringToStringVar(&van.Renamed, "rename", nil, "`OLD=NEW`: what an account is called here (may be given several times)")
	cmd.Flags().Lookup("rename").DefValue = ""
	in.add(cmd)
	cmd.RunE = doing("importing", func(cmd *cobra.Command, args []string) error {
		if err := requireFolder(args[0]); err != nil {
			return err
		}
		return asFirst(cmd, func(ctx context.Context, op operator) error {
			accounts, err := sitedump.Read(os.DirFS(args[0]), filepath.ToSlash(args[0]))
			if err != nil {
				return err
			}
			sheets, err := in.moveSite(ctx, cmd, op, van, accounts)
			return in.report(cmd, err, sheets...)
		})
	})
	return cmd
}

func (f *moveFlags) moveSite(ctx context.Context, cmd *cobra.Command, op operator, van moving.Van, accounts []moving.Account) ([]*moving.Sheet, error) {
	total, renamed := 0, map[string]string{}
	for _, a := range accounts {
		total += len(a.Channel.Packages)
	}
	for there, here := range van.Renamed {
		renamed[model.FoldLogin(there)] = model.FoldLogin(here)
	}
	bar := newProgress(cmd, "packages", total)
	defer bar.end()
	van.Registry, van.Actor, van.Parallel, van.Moved, van.Renamed = op.Registry, op.actor, f.parallel, bar.add, renamed
	return van.MoveSite(ctx, accounts)
}
