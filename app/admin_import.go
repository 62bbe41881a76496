package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const importHelp = `Takes a folder of conda, Python and R packages into a channel. Folders below it are read too,
and links are followed. The subdir of a conda package is what the archive says.
Other files are passed over. What the channel has already with the same bytes is
left as it is, so a broken-off import is begun again by the same command. A file
that cannot be taken is listed at the end, and the exit status is 1 then.`

// importSummary is how an import ended.
type importSummary struct {
	Name       string          `json:"name"`
	Imported   int             `json:"imported"`
	Present    int             `json:"present"`
	PassedOver int             `json:"passed_over"`
	Problems   []importProblem `json:"problems"`
}

// importProblem is a file that was not taken.
type importProblem struct {
	Name  string `json:"name"`
	Error string `json:"error"`
}

func newImport() *cobra.Command {
	in := registry.ImportRequest{}
	cmd := &cobra.Command{Use: "import DIR --channel C", Short: firstSentence(importHelp), Long: importHelp, Args: wants("DIR")}
	cmd.Flags().StringVar(&in.Channel, "channel", "", "the user or organization that gets the files")
	cmd.Flags().StringSliceVar(&in.Labels, "label", nil, "label for what is new (main; may be given several times)")
	asJSON := cmd.Flags().Bool("json", false, "print the outcome as an object")
	cmd.RunE = doing("importing", func(cmd *cobra.Command, args []string) error {
		if in.Channel == "" {
			return usagef("--channel is missing")
		}
		return asOperator(cmd, func(ctx context.Context, op operator) error {
			sum, err := importFolder(ctx, cmd, op, args[0], in)
			if err != nil {
				return err
			}
			return sum.report(cmd, *asJSON)
		})
	})
	return cmd
}

func importFolder(ctx context.Context, cmd *cobra.Command, op operator, dir string, in registry.ImportRequest) (importSummary, error) {
	sum := importSummary{Name: model.FoldLogin(in.Channel), Problems: []importProblem{}}
	if err := requireFolder(dir); err != nil {
		return sum, err
	}
	total := sum.look(dir)
	bar := newProgress(cmd, "files", total)
	defer bar.end()
	in.Files, in.Report = packagesBelow(dir), func(f registry.Imported) {
		sum.add(f)
		bar.add()
	}
	err := op.Import(ctx, op.actor, in)
	return sum, partWay(bar.count, total, "files", err)
}

// look counts the files that can be imported, and those that are passed over. What
// cannot be looked at is a problem.
func (s *importSummary) look(dir string) (total int) {
	walkFiles(dir, func(path string, _ fs.FileInfo) bool {
		if registry.Importable(filepath.Base(path)) {
			total++
		} else {
			s.PassedOver++
		}
		return true
	}, s.refuse)
	return total
}

func (s *importSummary) add(f registry.Imported) {
	switch {
	case f.Err != nil:
		s.refuse(f.Path, f.Err)
	case f.Made:
		s.Imported++
	default:
		s.Present++
	}
}

func (s *importSummary) refuse(path string, err error) {
	s.Problems = append(s.Problems, importProblem{path, oneLine(err.Error())})
}

// report prints counts and problems, and fails when there are any.
func (s *importSummary) report(cmd *cobra.Command, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(cmd.OutOrStdout())
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			return err
		}
	} else {
		for _, p := range s.Problems {
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", p.Name, p.Error)
		}
		if err := say(cmd, "imported %d files into %s; %d were there already, %d passed over, %d problems", s.Imported, s.Name, s.Present, s.PassedOver, len(s.Problems)); err != nil {
			return err
		}
	}
	if n := len(s.Problems); n > 0 {
		return fmt.Errorf("%d of %d files could not be imported", n, s.Imported+s.Present+n)
	}
	return nil
}

// packagesBelow yields the files below dir that can be imported.
func packagesBelow(dir string) iter.Seq[registry.ImportFile] {
	return func(yield func(registry.ImportFile) bool) {
		walkFiles(dir, func(path string, info fs.FileInfo) bool {
			if !registry.Importable(filepath.Base(path)) {
				return true
			}
			f := registry.ImportFile{Path: path, Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(path) }}
			if folder := filepath.Base(filepath.Dir(path)); model.WellFormedSubdir(folder) {
				f.Subdir = folder
			}
			return yield(f)
		}, func(string, error) {}) // look has said it
	}
}
