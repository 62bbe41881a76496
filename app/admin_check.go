package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"vivarium/app/registry"
)

const checkHelp = `Compares the database, the bytes and the indexes with each other, while the server runs:
damaged database pages, files whose bytes are missing or of another size, indexes that
say something else than the rows. --deep reads every byte and every archive as well.
--repair makes wrong indexes and records anew and sets damaged bytes aside, so that the
same upload puts them right. The exit status is 1 when something is left wrong.`

func newCheck() *cobra.Command {
	in := registry.CheckRequest{}
	cmd := &cobra.Command{Use: "check", Short: firstSentence(checkHelp), Long: checkHelp, Args: wants()}
	cmd.Flags().BoolVar(&in.Repair, "repair", false, "put right what can be")
	cmd.Flags().BoolVar(&in.Deep, "deep", false, "read every byte and every archive")
	asJSON := addJSON(cmd)
	cmd.RunE = doing("checking", func(cmd *cobra.Command, _ []string) error {
		return asOperator(cmd, func(ctx context.Context, op operator) error { return checkSite(ctx, cmd, op, in, *asJSON) })
	})
	return cmd
}

func checkSite(ctx context.Context, cmd *cobra.Command, op operator, in registry.CheckRequest, asJSON bool) error {
	bar := newProgress(cmd, "files", 0)
	flaws := []registry.Flaw{}
	in.Report, in.Looked = func(f registry.Flaw) { flaws = append(flaws, f) }, bar.of
	sums, err := op.CheckSite(ctx, op.actor, in)
	bar.end()
	if err != nil {
		return err
	}
	if asJSON {
		e := json.NewEncoder(cmd.OutOrStdout())
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		err = e.Encode(flaws)
	} else {
		err = listFlaws(cmd, flaws)
		if err == nil {
			err = say(cmd, "checked %d files, %d blobs and %d kept indexes; %d flaws, %d put right; %d blobs (%d bytes) are garbage for gc",
				sums.Files, sums.Blobs, sums.Indexes, sums.Flaws, sums.Repaired, sums.Garbage, sums.GarbageBytes)
		}
	}
	if left := sums.Flaws - sums.Repaired; err == nil && left > 0 {
		err = fmt.Errorf("%d things are not as they should be", left)
	}
	return err
}

// listFlaws prints flaws on stderr, a line each.
func listFlaws(cmd *cobra.Command, flaws []registry.Flaw) error {
	for _, f := range flaws {
		done := ""
		if f.Repaired {
			done = " Put right."
		}
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s%s\n", f.Name, oneLine(f.Problem), done); err != nil {
			return err
		}
	}
	return nil
}

const reindexHelp = `Makes the indexes of a channel, or of all, from nothing: the server does so when they
are asked for next, and goes on serving meanwhile. --read reads every archive again and
puts the records in the database right first. It is never needed for what the server
does by itself.`

func newReindex() *cobra.Command {
	in := registry.ReindexRequest{}
	cmd := &cobra.Command{Use: "reindex [CHANNEL]", Short: firstSentence(reindexHelp), Long: reindexHelp, Args: wants("[CHANNEL]")}
	cmd.Flags().BoolVar(&in.Read, "read", false, "read every archive again")
	cmd.RunE = doing("reindexing", func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			in.Channel = args[0]
		}
		return asOperator(cmd, func(ctx context.Context, op operator) error { return reindex(ctx, cmd, op, in) })
	})
	return cmd
}

func reindex(ctx context.Context, cmd *cobra.Command, op operator, in registry.ReindexRequest) error {
	bar := newProgress(cmd, "files", 0)
	in.Looked = bar.of
	sums, err := op.Reindex(ctx, op.actor, in)
	bar.end()
	if err != nil {
		return err
	}
	if err := listFlaws(cmd, sums.Unreadable); err != nil {
		return err
	}
	if err := say(cmd, "the indexes of %d channels are made anew; %d archives read, %d records changed", sums.Channels, sums.Files, sums.Changed); err != nil {
		return err
	}
	if n := len(sums.Unreadable); n > 0 {
		return fmt.Errorf("%d archives could not be read", n)
	}
	return nil
}
