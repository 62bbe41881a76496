package main

import (
	"context"

	"github.com/spf13/cobra"

	"vivarium/app/model"
)

const exportHelp = `Writes a channel into a folder that any web server can serve: the conda packages under a
label with all their indexes, and the Python packages with a simple index below
simple/. Everything goes, private packages too, unless --public is given. What is
there already is left as it is, so a broken-off export is begun again by the same
command, and a later one brings the folder up to date. Files that have left the
channel stay in the folder, but no index there lists them.`

func newExport() *cobra.Command {
	e := exporter{}
	public := false
	cmd := &cobra.Command{Use: "export CHANNEL DIR", Short: firstSentence(exportHelp), Long: exportHelp, Args: wants("CHANNEL", "DIR")}
	cmd.Flags().StringVar(&e.label, "label", model.MainLabel, "the label whose files are written")
	cmd.Flags().BoolVar(&public, "public", false, "only what anyone may see")
	cmd.Flags().BoolVar(&e.link, "link", false, "make hard links instead of copies; nobody may write to them")
	cmd.RunE = doing("exporting", func(cmd *cobra.Command, args []string) error {
		return asOperator(cmd, func(ctx context.Context, op operator) error {
			e.operator, e.channel, e.dir = op, args[0], args[1]
			if public {
				e.actor = model.Actor{}
			}
			return e.run(ctx, cmd)
		})
	})
	return cmd
}

// run writes the files first and what lists them after, so that a folder which is
// served meanwhile lists nothing that is absent.
func (e *exporter) run(ctx context.Context, cmd *cobra.Command) error {
	total := 0
	for _, err := range e.ExportFiles(ctx, e.actor, e.channel, e.label) {
		if err != nil {
			return err
		}
		total++
	}
	if err := makeFolders(e.dir); err != nil {
		return err
	}
	e.bar = newProgress(cmd, "files", total)
	err := e.files(ctx)
	e.bar.end()
	if err != nil {
		return partWay(e.bar.count, total, "files", err)
	}
	if err := e.condaIndexes(ctx); err != nil {
		return err
	}
	if err := e.simpleIndex(ctx); err != nil {
		return err
	}
	return say(cmd, "exported %d files of %s to %s; %d were there already; wrote %d indexes", e.made, model.FoldLogin(e.channel), e.dir, e.there, e.indexes)
}
