package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vivarium/app/model"
	"vivarium/app/moving"
)

// moveFlags are of the commands that take channels of other servers over.
type moveFlags struct {
	parallel int
	json     bool
}

func (f *moveFlags) add(cmd *cobra.Command) {
	const packagesAtOnce = 4
	cmd.Flags().IntVar(&f.parallel, "parallel", packagesAtOnce, "how many packages are on their way at once")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the proof sheets as a list")
}

// move brings one channel and shows how far it is.
func (f *moveFlags) move(ctx context.Context, cmd *cobra.Command, op operator, from moving.Channel, to string) (*moving.Sheet, error) {
	bar := newProgress(cmd, "packages of "+to, len(from.Packages))
	defer bar.end()
	van := moving.Van{Registry: op.Registry, Actor: op.actor, Parallel: f.parallel, Moved: bar.add}
	return van.Move(ctx, from, to)
}

// report prints the proof sheets, also of a move that broke off, and fails when
// something is missing.
func (f *moveFlags) report(cmd *cobra.Command, broke error, sheets ...*moving.Sheet) error {
	problems := 0
	for _, s := range sheets {
		if s == nil {
			return broke
		}
		problems += len(s.Problems)
	}
	if err := f.print(cmd.OutOrStdout(), sheets); err != nil || broke != nil {
		return errors.Join(broke, err)
	}
	if problems > 0 {
		return fmt.Errorf("problems on the proof sheet: %d. What they name is not here as it is there", problems)
	}
	return nil
}

func (f *moveFlags) print(out io.Writer, sheets []*moving.Sheet) error {
	if f.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(sheets)
	}
	for _, s := range sheets {
		if err := printSheet(out, s); err != nil {
			return err
		}
	}
	return nil
}

// printSheet writes a proof sheet for people.
func printSheet(out io.Writer, s *moving.Sheet) error {
	text := fmt.Appendf(nil, "%s, from %s\n", s.Name, s.From)
	line := func(what, format string, args ...any) {
		text = fmt.Appendf(text, "  %-9s "+format+"\n", append([]any{what}, args...)...)
	}
	if s.AccountMade {
		line("account", "made")
	}
	line("packages", "%d there, %d here; %d made", s.Packages.There, s.Packages.Here, s.Packages.Made)
	line("files", "%d there, %d here; %d copied (%d bytes), %d were here already", s.Files.There, s.Files.Here, s.Files.Copied, s.Files.Bytes, s.Files.Present)
	line("digests", "%d equal by SHA-256, %d by MD5, %d of which the source says none", s.Digests.SHA256, s.Digests.MD5, s.Digests.Unsaid)
	for _, name := range s.LabelNames() {
		line("label", "%s on %d files", name, s.Labels[name])
	}
	for _, name := range s.Locked {
		line("locked", "%s", name)
	}
	if s.Groups > 0 {
		line("groups", "%d", s.Groups)
	}
	for _, list := range []struct {
		what    string
		remarks []moving.Remark
	}{{"skipped", s.Skipped}, {"problem", s.Problems}} {
		for _, r := range list.remarks {
			line(list.what, "%s: %s", model.Plain(r.Name), oneLine(r.Reason))
		}
	}
	line("problems", "%d", len(s.Problems))
	_, err := out.Write(text)
	return err
}
